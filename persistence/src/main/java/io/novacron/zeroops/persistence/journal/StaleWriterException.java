package io.novacron.zeroops.persistence.journal;

/** Another life of the entity has written this row, or only another node may: whoever wrote now must stop, and recover. */
public final class StaleWriterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleWriterException(JournalRow row) {
        super(row.entity() + ": row " + row.sequence() + " is another writer's");
    }
}
