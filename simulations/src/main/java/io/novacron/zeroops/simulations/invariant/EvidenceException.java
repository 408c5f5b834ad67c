package io.novacron.zeroops.simulations.invariant;

/** A file of evidence cannot be read, or is none; the message names the file and the line, and is shown as it is. */
public final class EvidenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EvidenceException(String message) {
        super(message);
    }

    EvidenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
