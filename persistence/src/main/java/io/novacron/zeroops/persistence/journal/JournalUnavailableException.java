package io.novacron.zeroops.persistence.journal;

/** The database does not answer as it should; what was asked can be asked again. */
public final class JournalUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
