package io.novacron.zeroops.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
    private static final double LEVEL = 1_000;
    private static final int BLOCK = 168;

    private record Waiting(double error, double scale, boolean covered) {}

    /**
     * Errors are alike all the time, so that the interval need not change: what becomes of coverage in any week of hours is
     * chance, and not the echo of what was steered a week ago.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 24, 168})
    void coverageStaysHoweverLateOutcomesAre(int delay) {
        var interval = new Interval(Math.max(6, delay), 336, 2_352, delay);
        var random = new SplittableRandom(1);
        Deque<Waiting> waiting = new ArrayDeque<>();
        int covered = 0;
        double least = 1;
        double most = 0;
        for (int i = 1; i <= 120 * BLOCK; i++) {
            double error = 50 * random.nextGaussian();
            boolean isIn = LEVEL + error >= interval.lower(LEVEL, LEVEL, Interval.STEERED)
                    && LEVEL + error <= interval.upper(LEVEL, LEVEL, Interval.STEERED);
            waiting.add(new Waiting(error, interval.scale(LEVEL), isIn));
            if (waiting.size() > delay) {
                Waiting due = waiting.remove();
                interval.learn(due.error(), due.scale(), due.covered());
            }
            covered += isIn ? 1 : 0;
            if (i % BLOCK == 0) {
                if (i > 30 * BLOCK) {
                    least = Math.min(least, (double) covered / BLOCK);
                    most = Math.max(most, (double) covered / BLOCK);
                }
                covered = 0;
            }
        }
        assertThat(least).isGreaterThan(0.8); // by chance a week of hours is off by 0.023
        assertThat(most).isLessThan(0.98);
    }
}
