package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class NewsvendorTest {

    /** By hand: 10 % too little for a load of 110 is 0.4 of the way to saturation, squared 0.16, of 110 requests at 5 each. */
    @Test
    void costsWhatOneCountsByHand() {
        assertThat(Newsvendor.cost(100, 90, 5)).isEqualTo(100);
        assertThat(Newsvendor.cost(100, 110, 5)).isCloseTo(100 + 5 * 110 * 0.16, within(1e-9));
        assertThat(Newsvendor.cost(100, 125, 5)).isCloseTo(100 + 5 * 125, within(1e-9));
        assertThat(Newsvendor.cost(100, 400, 5)).isCloseTo(100 + 5 * 400, within(1e-9)); // none can miss it twice
        assertThat(Newsvendor.cost(0, 10, 5)).isEqualTo(50);
    }

    @Test
    void whatIsCertainIsWhatIsChosen() {
        assertThat(Newsvendor.capacity(q -> 70, 7.5)).isEqualTo(70);
        assertThat(Newsvendor.capacity(q -> 0, 7.5)).isZero();
    }

    /** Where only cost counts, nothing is bought for a load that may come. */
    @Test
    void withoutAPriceOnShortageTheLowestIsChosen() {
        assertThat(Newsvendor.capacity(q -> 100 + 50 * q, 0)).isCloseTo(102.5, within(1e-9));
    }

    /** A load that is known to within 2 % is covered less often than one that varies by half: what exceeds it is little. */
    @Test
    void aLoadThatVariesMoreIsCoveredMoreOften() {
        double narrow = (Newsvendor.capacity(q -> 100 + 2 * q, 7.5) - 100) / 2;
        double wide = (Newsvendor.capacity(q -> 100 + 50 * q, 7.5) - 100) / 50;
        assertThat(narrow).isLessThan(0.8);
        assertThat(wide).isGreaterThan(narrow + 0.1).isLessThan(1);
    }

    /** Exactly, for any distribution: the candidates do not depend on the price. */
    @Test
    void moreWeightIsNeverLessCapacityAndAlwaysWithinTheLoad() {
        for (int seed = 1; seed <= 300; seed++) {
            var random = new SplittableRandom(seed);
            double base = random.nextDouble() * 1_000;
            double spread = random.nextDouble() * 3;
            double power = 0.5 + 8 * random.nextDouble();
            DoubleUnaryOperator load = q -> base * (1 + spread * Math.pow(q, power));
            double before = 0;
            for (double weight = 0; weight <= 1; weight += 0.05) {
                double shortage =
                        DemandSettings.DEFAULT.withPerformanceWeight(weight).shortage();
                double capacity = Newsvendor.capacity(load, shortage);
                assertThat(capacity)
                        .as("seed %d weight %.2f", seed, weight)
                        .isGreaterThanOrEqualTo(before)
                        .isBetween(load.applyAsDouble(0.05), load.applyAsDouble(0.999));
                before = capacity;
            }
        }
    }

    @Test
    void weightsAreAPriceOfShortage() {
        assertThat(DemandSettings.DEFAULT.shortage()).isCloseTo(7.5, within(1e-9));
        assertThat(DemandSettings.DEFAULT.withPerformanceWeight(0.5).shortage()).isEqualTo(5);
        assertThat(DemandSettings.DEFAULT.withPerformanceWeight(0).shortage()).isZero();
        assertThat(DemandSettings.DEFAULT.withPerformanceWeight(1).shortage()).isEqualTo(1_000);
    }
}
