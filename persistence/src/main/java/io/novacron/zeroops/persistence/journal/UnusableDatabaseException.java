package io.novacron.zeroops.persistence.journal;

/** A database cannot be used as it is; the message says which, why, and what to do. */
public class UnusableDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableDatabaseException(String message) {
        super(message);
    }

    public UnusableDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
