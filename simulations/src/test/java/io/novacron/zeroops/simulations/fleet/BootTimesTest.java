package io.novacron.zeroops.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootTimesTest {
    private static final int N = 20_001;

    @Test
    void medianAndPercentileAreAsSaid() {
        long[] sorted = sorted(BootTimes.ofSeed(1));
        assertThat(sorted[N / 2] / 1e3).isCloseTo(25, within(0.1));
        assertThat(sorted[N * 99 / 100] / 1e3).isCloseTo(35, within(0.3));
        assertThat(sorted[N / 100] / 1e3).isCloseTo(25.0 * 25 / 35, within(0.3)); // symmetric in the logarithm
    }

    @Test
    void theBootOfARunIsItsSeedsAlone() {
        BootTimes times = BootTimes.ofSeed(1);
        assertThat(times.millis(5)).isEqualTo(BootTimes.ofSeed(1).millis(5));
        assertThat(sorted(times)).isNotEqualTo(sorted(BootTimes.ofSeed(2)));
        assertThat(IntStream.range(0, 100)
                        .filter(k -> times.millis(k) == BootTimes.ofSeed(2).millis(k + 1)))
                .hasSizeLessThan(3);
    }

    @Test
    void failuresComeAsOftenAsSaidAndLeaveTheTimesAlone() {
        BootTimes failing = new BootTimes(1, 25, 35, 0.1);
        long failed = IntStream.range(0, N).filter(failing::fails).count();
        assertThat((double) failed / N).isCloseTo(0.1, within(0.01));
        assertThat(sorted(failing)).isEqualTo(sorted(BootTimes.ofSeed(1)));
        assertThat(IntStream.range(0, N).anyMatch(BootTimes.ofSeed(1)::fails)).isFalse();
        assertThat(IntStream.range(0, N).allMatch(new BootTimes(1, 25, 35, 1)::fails))
                .isTrue();
    }

    @Test
    void withoutSpreadAllTakeTheMedian() {
        assertThat(sorted(new BootTimes(9, 12.5, 12.5, 0))).containsOnly(12_500);
    }

    @Test
    void refusesWhatIsNoDistribution() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BootTimes(1, 0, 35, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new BootTimes(1, 25, 24, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new BootTimes(1, 25, 35, 1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BootTimes(1, 25, 35, Double.NaN));
    }

    private static long[] sorted(BootTimes times) {
        return IntStream.range(0, N).mapToLong(times::millis).sorted().toArray();
    }
}
