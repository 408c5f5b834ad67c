package io.novacron.zeroops.simulations.bench;

import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.simulations.invariant.Evidence;
import io.novacron.zeroops.simulations.invariant.JournalInvariants;
import io.novacron.zeroops.simulations.invariant.JournalReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How long it takes to check all invariants on a journal that a node wrote under full load, after it has stopped. */
public final class VerifyBench {
    private static final Duration HALF_LOAD = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final BenchDatabase place;

    public VerifyBench(InstantSource clock, BenchDatabase place) {
        this.clock = clock;
        this.place = place;
    }

    /**
     * What was measured.
     *
     * @param decisions that were opened
     * @param usPerDecision time to check, by their number: whether it grows with them shows whether a long journal can be checked
     */
    public record Report(
            long decisions, long rows, long events, double verifyS, double usPerDecision, long checks, long violated) {}

    /**
     * Measures.
     *
     * @param folder an empty one, on the disk that is meant
     * @param load how long decisions are made
     */
    public Report run(Path folder, Duration load, int concurrency) throws Exception {
        new DecisionsBench(clock, place).run(folder, load, HALF_LOAD, concurrency);
        try (JournalDatabase database = place.open(folder)) {
            Instant start = clock.instant();
            JournalReport found =
                    JournalInvariants.check(database, settings -> BenchNode.rules(), Evidence.NONE, done -> {});
            double seconds = Duration.between(start, clock.instant()).toNanos() / 1e9;
            return new Report(
                    found.decisions(),
                    found.rows(),
                    found.events(),
                    seconds,
                    seconds * 1e6 / found.decisions(),
                    found.checked(),
                    found.violated());
        }
    }
}
