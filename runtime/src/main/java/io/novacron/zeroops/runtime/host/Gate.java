package io.novacron.zeroops.runtime.host;

import io.novacron.zeroops.agents.core.Reply;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds the writes in flight: a shell that may not write refuses what it was asked, with a code that says "not now", and
 * its sender tries again. So neither a flood nor a journal that cannot be written fills any queue, or stops an actor.
 */
public final class Gate {
    /** Below what the journal queues. */
    public static final int WRITES_MAX = 4_096;

    private final int writesMax;
    private final Supplier<Optional<String>> problem;
    private final AtomicInteger writes = new AtomicInteger();

    /**
     * A gate.
     *
     * @param writesMax at least 1
     * @param problem why the journal cannot be written now; empty if it can
     */
    public Gate(int writesMax, Supplier<Optional<String>> problem) {
        if (writesMax < 1) {
            throw new IllegalArgumentException("writesMax=" + writesMax + ": use 1 or more");
        }
        this.writesMax = writesMax;
        this.problem = problem;
    }

    /** Whoever is let in must {@link #leave()}; the refusal of whoever is not. */
    Optional<Reply> enter() {
        if (problem.get().isPresent()) {
            return Optional.of(Reply.notNow("journal_unavailable"));
        }
        if (writes.incrementAndGet() > writesMax) {
            writes.decrementAndGet();
            return Optional.of(Reply.notNow("overloaded"));
        }
        return Optional.empty();
    }

    void leave() {
        writes.decrementAndGet();
    }

    /** How many writes are in flight. */
    public int writes() {
        return writes.get();
    }
}
