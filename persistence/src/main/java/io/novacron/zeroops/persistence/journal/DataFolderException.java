package io.novacron.zeroops.persistence.journal;

/** A data folder cannot be used; the message says which, why, and what to do. */
public final class DataFolderException extends UnusableDatabaseException {
    private static final long serialVersionUID = 1L;

    public DataFolderException(String message) {
        super(message);
    }

    public DataFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
