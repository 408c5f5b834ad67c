package io.novacron.zeroops.simulations.invariant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Counts checks, and keeps what failed. */
final class Verdicts {
    /** Kept in words; the rest is counted. */
    private static final int KEPT_MAX = 100;

    private final List<String> problems = new ArrayList<>();
    private long checked;
    private long violated;

    void check(boolean holds, Instant at, Supplier<String> problem) {
        checked++;
        if (!holds) {
            violated++;
            if (problems.size() < KEPT_MAX) {
                problems.add(at + ": " + problem.get());
            }
        }
    }

    /** One check that found this. */
    void none(List<String> found, Instant at, String where) {
        check(found.isEmpty(), at, () -> where + ": " + String.join("; ", found));
    }

    long checked() {
        return checked;
    }

    long violated() {
        return violated;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
