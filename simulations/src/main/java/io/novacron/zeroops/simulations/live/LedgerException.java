package io.novacron.zeroops.simulations.live;

/** The ledger refused, or could not write or read. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LedgerException(String message) {
        super(message);
    }

    public LedgerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What is behind it: a database says that a write failed, and its cause why. */
    String reason() {
        Throwable first = this;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return String.valueOf(first.getMessage());
    }
}
