package io.novacron.zeroops.simulations.invariant;

import java.util.HashMap;
import java.util.Map;

/**
 * When all that a reviewer remembers is looked at, rather than what its last event touched. To do so after each event costs
 * events times size, which a simulation can afford and a journal of many decisions cannot; to do so after as many events as a
 * part of the size costs each event the same, however much is remembered.
 */
public final class Audits {
    /** Holds and the like looked at per event, on average: who remembers no more is looked at after each. */
    static final int SHARE = 16;

    private final int share;
    private final Map<String, Long> since = new HashMap<>(); // events, by the reviewer's address; never iterated

    private Audits(int share) {
        this.share = share;
    }

    /** After each event. */
    public static Audits always() {
        return new Audits(Integer.MAX_VALUE);
    }

    /** After each event of who remembers little. */
    static Audits bySize() {
        return new Audits(SHARE);
    }

    /** At the end only. */
    public static Audits atEnd() {
        return new Audits(0);
    }

    /**
     * After each event.
     *
     * @param size of what the reviewer remembers
     */
    boolean isDue(String reviewer, long size) {
        long events = since.merge(reviewer, 1L, Long::sum);
        boolean isDue = share > 0 && events * share >= size;
        if (isDue) {
            since.put(reviewer, 0L);
        }
        return isDue;
    }
}
