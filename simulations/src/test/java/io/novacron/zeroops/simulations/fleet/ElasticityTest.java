package io.novacron.zeroops.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ElasticityTest {
    /**
     * By hand, samples every 15 s from 0 to 120 s: nine samples, eight intervals, 120 s.
     *
     * <pre>
     *   t        0   15   30   45   60   75   90  105  120
     *   demand   2    2    4    4    4    4    3    3    3
     *   supply   2    2    2    4    4    5    4    4    3
     *   sgn d         0    +    0    0    0    -    0    0
     *   sgn s         0    0    +    0    +    -    0    -
     *   apart              x    x         x              x     4 of 8 intervals: 50 %
     * </pre>
     *
     * Supply changes 4 times, demand 2 times: (4 - 2) / 120 s is 60 an hour.
     */
    @Test
    void isWhatOneCountsByHand() {
        var elasticity = new Elasticity(0);
        elasticity.add(20_000, 2, 2);
        elasticity.add(40_000, 4, 2);
        elasticity.add(70_000, 4, 4);
        elasticity.add(80_000, 4, 5);
        elasticity.add(110_000, 3, 4);
        elasticity.add(120_001, 3, 3);
        assertThat(elasticity.instabilityPct()).isEqualTo(50);
        assertThat(elasticity.jitterPerHour()).isCloseTo(60, within(1e-9));
    }

    @Test
    void aSupplyThatFollowsAtOnceIsStableAndOneThatNeverMovesHasNegativeJitter() {
        var following = new Elasticity(0);
        var still = new Elasticity(0);
        for (int step = 0; step < 241; step++) {
            following.add((step + 1) * 15_000L, step, step);
            still.add((step + 1) * 15_000L, step, 7);
        }
        assertThat(following.instabilityPct()).isZero();
        assertThat(following.jitterPerHour()).isZero();
        assertThat(still.instabilityPct()).isEqualTo(100);
        assertThat(still.jitterPerHour()).isCloseTo(-240, within(1e-9)); // once in 15 s
    }

    @Test
    void whatLastsTooShortToBeSampledDoesNotCount() {
        var elasticity = new Elasticity(0);
        elasticity.add(1_000, 5, 5);
        elasticity.add(14_999, 9, 1); // between two samples
        elasticity.add(60_000, 5, 5);
        assertThat(elasticity.instabilityPct()).isZero();
        assertThat(new Elasticity(0).instabilityPct()).isZero();
        assertThat(new Elasticity(0).jitterPerHour()).isZero();
    }

    /** Against a sum over samples, one by one. */
    @Test
    void equalsTheSumOverSamplesAndKeepsItsBounds() {
        for (int seed = 1; seed <= 50; seed++) {
            var random = new SplittableRandom(seed);
            var elasticity = new Elasticity(0);
            var demand = new int[4_001];
            var supply = new int[demand.length]; // by quarter of a sampling period
            int from = 0;
            while (from < demand.length) {
                int to = Math.min(demand.length, from + 1 + random.nextInt(20));
                int d = random.nextInt(4);
                int s = random.nextInt(4);
                Arrays.fill(demand, from, to, d);
                Arrays.fill(supply, from, to, s);
                elasticity.add(to * Elasticity.SAMPLED_MILLIS / 4, d, s);
                from = to;
            }
            int apart = 0;
            int changes = 0;
            for (int t = 4; t < demand.length; t += 4) {
                int d = Integer.signum(demand[t] - demand[t - 4]);
                int s = Integer.signum(supply[t] - supply[t - 4]);
                apart += Math.min(1, Math.abs(s - d));
                changes += Math.abs(s) - Math.abs(d);
            }
            double intervals = (demand.length - 1) / 4.0;
            assertThat(elasticity.instabilityPct())
                    .as("seed " + seed)
                    .isCloseTo(100 * apart / intervals, within(1e-9))
                    .isBetween(0.0, 100.0);
            assertThat(elasticity.jitterPerHour())
                    .as("seed " + seed)
                    .isCloseTo(changes / intervals * 240, within(1e-9))
                    .isBetween(-240.0, 240.0);
        }
    }
}
