package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class RisingTrendTest {
    private static RisingTrend after(int seconds, int everySeconds, IntToDoubleFunction load) {
        var trend = new RisingTrend();
        for (int second = 0; second <= seconds; second += everySeconds) {
            trend.add(second * 1_000L, load.applyAsDouble(second));
        }
        return trend;
    }

    @Test
    void aCleanRampHasItsSlope() {
        double perMilli = after(60, 1, second -> 100 + 2 * second).perMilli();
        assertThat(perMilli * 1_000).isBetween(1.99, 2.01);
    }

    @Test
    void aFallAndAFlatLoadHaveNone() {
        assertThat(after(60, 1, second -> 500 - second).perMilli()).isZero();
        assertThat(after(60, 1, second -> 500).perMilli()).isZero();
    }

    /** Whenever it is asked after a step: one of the two differences is nothing. */
    @Test
    void aStepIsNoRamp() {
        for (int since = 0; since < 40; since++) {
            int step = 60 - since;
            double perMilli =
                    after(60, 1, second -> second < step ? 900 : 5_400).perMilli();
            assertThat(perMilli).as("%s s after the step", since).isZero();
        }
    }

    @Test
    void noiseIsSeldomTakenForARamp() {
        var random = new SplittableRandom(1);
        var trend = new RisingTrend();
        int taken = 0;
        for (int second = 0; second < 20_000; second++) {
            trend.add(second * 1_000L, 900 + 30 * random.nextGaussian());
            taken += trend.perMilli() > 0 ? 1 : 0;
        }
        assertThat(taken).isBetween(1, 400); // two in a hundred at most
    }

    @Test
    void aNoisyRampIsSeenWithinAQuarterOfAMinute() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            var trend = new RisingTrend();
            int seen = 0;
            for (int second = -60; second <= 25; second++) {
                double load = 900 + 15 * Math.max(0, second);
                trend.add((second + 60) * 1_000L, load + 30 * random.nextGaussian());
                seen += second > 10 && trend.perMilli() > 0 ? 1 : 0;
            }
            assertThat(seen).as("seed %s", seed).isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void coarseTelemetryTellsNothing() {
        assertThat(after(600, 15, second -> 100 + 2 * second).perMilli()).isZero();
    }

    @Test
    void telemetryThatIsFinerThanOfUseIsThinned() {
        var trend = new RisingTrend();
        for (int milli = 0; milli <= 60_000; milli += 10) {
            trend.add(milli, 100 + 0.002 * milli);
        }
        assertThat(trend.perMilli()).isBetween(0.0019, 0.0021);
    }
}
