package io.novacron.zeroops.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.simulations.evaluation.JournalSink;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultCampaignTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everythingHoldsAndEnds(long seed) {
        var outcome = new FaultCampaign(seed, 50, JournalSink.NONE).run();
        System.out.println(outcome);
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.pending()).isEmpty();
        assertThat(outcome.decisions()).isGreaterThanOrEqualTo(50);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 6);
    }
}
