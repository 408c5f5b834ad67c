package io.novacron.zeroops.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The forecaster's parts on examples computed by hand. */
final class PartsTest {

    @Test
    void aQuantileIsLinearWithinItsBin() {
        DecayingQuantiles quantiles = new DecayingQuantiles(0, 10, 10, 1000);
        for (int i = 0; i < 10; i++) {
            quantiles.add(0, i + 0.5, 1);
        }
        assertThat(quantiles.quantile(0.5)).isCloseTo(5, within(1e-12));
        assertThat(quantiles.quantile(0.95)).isCloseTo(9.5, within(1e-12));
    }

    @Test
    void afterAHalfLifeAnOldValueCountsHalf() {
        DecayingQuantiles quantiles = new DecayingQuantiles(0, 2, 2, 1000);
        quantiles.add(0, 0.5, 1);
        quantiles.add(1000, 1.5, 1);
        // weights 1/2 and 1: a third of all is in the first bin
        assertThat(quantiles.quantile(1.0 / 3)).isCloseTo(1, within(1e-12));
    }

    @Test
    void weightsSurviveRescalingAndYears() {
        DecayingQuantiles quantiles = new DecayingQuantiles(0, 2, 2, 1000);
        for (long i = 0; i < 100_000; i++) {
            quantiles.add(i * 500, i % 2 + 0.5, 1);
        }
        quantiles.add(Long.MAX_VALUE / 2, 1.5, 1);
        assertThat(quantiles.quantile(0.5)).isBetween(1.0, 2.0);
    }

    @Test
    void theSlidingMaximumForgetsAfterItsWindow() {
        SlidingMax max = new SlidingMax(64_000);
        assertThat(max.add(0, 5)).isEqualTo(5);
        assertThat(max.add(64_000, 1)).isEqualTo(5);
        assertThat(max.add(65_000, 2)).isEqualTo(2);
        assertThat(max.add(1_000_000, 1)).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new SlidingMax(0));
    }

    @Test
    void theBetterExpertLeads() {
        Experts experts = new Experts(2, false);
        double[] said = {1, 2};
        assertThat(experts.combine(said)).isCloseTo(1.5, within(1e-12));
        for (int i = 0; i < 100; i++) {
            experts.score(said, 0, 1, 0.99);
        }
        assertThat(experts.combine(said)).isCloseTo(1, within(0.01));
        assertThat(experts.combine(new double[] {Double.NaN, 2})).isCloseTo(2, within(1e-12));
    }

    @Test
    void aCorrectedExpertLosesItsBias() {
        Experts experts = new Experts(1, true);
        double[] said = {1};
        for (int i = 0; i < 1000; i++) {
            experts.score(said, 0, 1.4, 0.99);
        }
        assertThat(experts.combine(said)).isCloseTo(1.4, within(0.001));
    }

    @Test
    void growthIsThatOfYesterday() {
        Season season = new Season();
        for (int slot = 0; slot <= Season.SLOTS_A_DAY; slot++) {
            season.observe(slot * Season.SLOT_MS + 150_000, slot < 100 ? 10 : 20);
        }
        long now = Season.SLOTS_A_DAY * Season.SLOT_MS + 99 * Season.SLOT_MS + 150_000;
        assertThat(season.growth(now, Season.SLOT_MS, 1, 0)).isCloseTo(Math.log(2), within(1e-12));
        assertThat(season.growth(now, Season.SLOT_MS / 2, 1, 0)).isCloseTo(Math.log(1.5), within(1e-12));
        assertThat(season.growth(now, Season.SLOT_MS, 7, 0)).isNaN();
    }

    @Test
    void oneJumpDoesNotWidenTheScaleForLong() {
        Volatility volatility = new Volatility(90_000, 10_800_000);
        long now = 0;
        for (int i = 0; i < 2_000; i++) {
            volatility.add(now += 1_500, i % 2 == 0 ? 0.08 : -0.08);
        }
        double calm = volatility.scale(0);
        for (int i = 0; i < 60; i++) {
            volatility.add(now += 1_500, Math.log(6));
        }
        assertThat(volatility.scale(0)).isBetween(calm, 1.6 * calm);
        for (int i = 0; i < 1_200; i++) {
            volatility.add(now += 1_500, Math.log(2)); // a storm, in which such errors are the rule
        }
        assertThat(volatility.scale(0)).isGreaterThan(2.5 * calm);
    }

    @Test
    void countNoiseIsAFloorOfTheScale() {
        Volatility volatility = new Volatility(60_000, 3_600_000);
        for (int i = 0; i < 100_000; i++) {
            volatility.add(i * 15_000L, 0);
        }
        double calm = Math.hypot(0.05, 1.4826 * 0.005); // a median is kept above nothing, so that it can grow again
        assertThat(volatility.scale(0)).isCloseTo(calm, within(1e-6));
        // 24 counted: noise of 1/5
        assertThat(volatility.scale(1 / 25.0)).isCloseTo(Math.hypot(calm, 0.2), within(1e-6));
    }
}
