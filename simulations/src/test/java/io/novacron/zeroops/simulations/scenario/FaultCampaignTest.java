package io.novacron.zeroops.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.simulations.evaluation.JournalSink;
import io.novacron.zeroops.simulations.fault.CrashPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultCampaignTest {
    private static final int DECISIONS = 50;
    private static final int COVERING_SEEDS = 300;

    private static FaultCampaign.Outcome run(long seed) {
        return new FaultCampaign(seed, DECISIONS, JournalSink.NONE).run();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everythingHoldsAndEnds(long seed) {
        var outcome = run(seed);
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.violations()).isZero();
        assertThat(outcome.pending()).isEmpty();
        assertThat(outcome.decisions()).isGreaterThanOrEqualTo(DECISIONS);
        assertThat(outcome.checked()).isGreaterThan(outcome.journalEvents());
    }

    @Test
    void theSameSeedGivesTheSameJournalAndAnotherAnother() {
        Set<String> digests = new TreeSet<>();
        for (long seed = 1; seed <= 10; seed++) {
            var first = run(seed);
            assertThat(run(seed)).isEqualTo(first);
            digests.add(first.sha256());
        }
        assertThat(digests).hasSize(10);
    }

    @Test
    void everyFaultHappensAndEveryCrashPointIsHit() {
        Set<String> faults = new TreeSet<>();
        List<String> missed = new ArrayList<>(CrashPoints.all());
        for (long seed = 1; seed <= COVERING_SEEDS; seed++) {
            var outcome = run(seed);
            assertThat(outcome.problems()).as("seed %d", seed).isEmpty();
            faults.addAll(outcome.faults().keySet());
            missed.removeAll(outcome.crashes().keySet());
        }
        assertThat(faults)
                .containsExactlyInAnyOrder(
                        "crash",
                        "describe_unknown",
                        "late_effect",
                        "message_cut_off",
                        "message_duplicated",
                        "message_late",
                        "message_lost",
                        "node_crash",
                        "node_isolation",
                        "node_pause",
                        "notification_failed",
                        "provider_busy",
                        "provider_refusal",
                        "stale_writer_refused",
                        "unknown_outcome");
        assertThat(missed).isEmpty();
    }
}
