package io.novacron.zeroops.persistence.journal;

/** Rows that somebody asks for were archived, and removed from the journal: says which, and what helps. */
public final class ArchivedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ArchivedException(String message) {
        super(message);
    }

    /** For one who reads an entity's rows in order, and finds some missing. */
    static ArchivedException between(String entity, long after, long found) {
        return new ArchivedException("rows " + (after + 1) + " to " + (found - 1) + " of " + entity
                + " were archived and removed, and no snapshot stands for them that this build can read; put them back with"
                + " ./zeroops journal archive restore");
    }
}
