package io.novacron.zeroops.persistence.journal;

/** An archive cannot be made or used as asked: says why, and what helps. */
public final class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ArchiveException(String message) {
        super(message);
    }
}
