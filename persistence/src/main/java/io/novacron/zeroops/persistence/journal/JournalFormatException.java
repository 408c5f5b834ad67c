package io.novacron.zeroops.persistence.journal;

/** Stored bytes that this build cannot read: they are damaged, or a newer build wrote them. */
public final class JournalFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
