package io.novacron.zeroops.persistence.journal;

/** What a write means for the index of entities that wait for something: whoever restarts must wake those. */
public enum Owing {
    /** It waits for an effect or a deadline, and did not before. */
    BEGINS,
    /** It waits for nothing any more. */
    ENDS,
    UNCHANGED
}
