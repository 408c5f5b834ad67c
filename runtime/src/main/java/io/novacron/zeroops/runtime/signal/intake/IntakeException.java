package io.novacron.zeroops.runtime.signal.intake;

/** A request of which nothing is taken; the message is for whoever sent it. */
public final class IntakeException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the sender had better do. */
    public enum Reason {
        /** It cannot be read, now or later: do not send it again. */
        MALFORMED,
        /** Send less at once. */
        TOO_LARGE,
        /** Send it again, later. */
        OVERLOADED;

        /** From 0, in their order. */
        @SuppressWarnings("EnumOrdinal") // it numbers places in arrays, and nothing outside this process
        int index() {
            return ordinal();
        }
    }

    private final Reason reason;

    IntakeException(Reason reason, String message) {
        super(message, null, false, false); // the sender's fault: its trace tells nothing
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    static IntakeException malformed(String message) {
        return new IntakeException(Reason.MALFORMED, message);
    }

    static IntakeException tooLarge(String message) {
        return new IntakeException(Reason.TOO_LARGE, message);
    }
}
