package io.novacron.zeroops.simulations.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.ReactiveTarget;
import org.junit.jupiter.api.Test;

class ReactiveFrontTest {
    /** The target 0.40 violates 4 % and costs 60, 1.00 violates 10 % and costs 0. */
    private final ReactiveFront front = ReactiveFront.of(target -> figures(10 * target, 100 - 100 * target));

    @Test
    void runsThirteenTargets() {
        assertThat(ReactiveFront.TARGETS)
                .containsExactly(0.40, 0.45, 0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 1.00);
        assertThat(front.targets()).extracting(ReactiveTarget::target).isEqualTo(ReactiveFront.TARGETS);
    }

    @Test
    void theBestIsTheCheapestWithNoMoreViolations() {
        assertThat(front.bestAtOrBelow(6.0))
                .get()
                .extracting(ReactiveTarget::target)
                .isEqualTo(0.60);
        assertThat(front.bestAtOrBelow(6.4))
                .get()
                .extracting(ReactiveTarget::target)
                .isEqualTo(0.60);
        assertThat(front.bestAtOrBelow(100))
                .get()
                .extracting(ReactiveTarget::target)
                .isEqualTo(1.00);
        assertThat(front.bestAtOrBelow(3.9)).isEmpty();
    }

    @Test
    void theShareIsOfWhatCanBeSaved() {
        assertThat(front.oracleShare(figures(6, 25), figures(0, 20))).isCloseTo(0.75, within(1e-12)); // of 40
        assertThat(front.oracleShare(figures(6, 50), figures(0, 20))).isCloseTo(-0.5, within(1e-12));
        assertThat(front.oracleShare(figures(3, 25), figures(0, 20))).isNull();
        assertThat(front.oracleShare(figures(9, 5), figures(0, 10))).isNull();
    }

    /** Between the targets 0.85 (8.5 %, $15) and 0.90 (9 %, $10) the same cost of $12 buys 8.8 %. */
    @Test
    void violationsAreComparedAtTheSameCost() {
        assertThat(front.violationsAtSameCost(figures(2.2, 12))).isCloseTo(0.25, within(1e-12));
        assertThat(front.violationsAtSameCost(figures(2.2, 10))).isCloseTo(2.2 / 9, within(1e-12));
        assertThat(front.violationsAtSameCost(figures(20, -1))).isCloseTo(2, within(1e-12)); // the cheapest, at 10 %
        assertThat(front.violationsAtSameCost(figures(1, 61))).isNull(); // none costs as much
        assertThat(front.violationsAtSameCost(figures(0, 60))).isZero();
    }

    /** A target that costs more than another and has more violations is none that anyone would choose. */
    @Test
    void targetsThatAreWorseInBothDoNotCount() {
        var dented =
                ReactiveFront.of(target -> target == 0.85 ? figures(20, 15) : figures(10 * target, 100 - 100 * target));
        assertThat(dented.violationsAtSameCost(figures(4.25, 15))).isCloseTo(0.5, within(1e-12)); // 8.5 %, as before
        var flawless = ReactiveFront.of(target -> figures(0, 100 - 100 * target));
        assertThat(flawless.violationsAtSameCost(figures(1, 5))).isNull();
    }

    private static PolicyFigures figures(double violationPct, double costUsd) {
        double exact = Math.rint(violationPct * 1e6) / 1e6;
        return new PolicyFigures(null, null, exact, 0, 0, 0, 0, 0, 0, 0, Math.rint(costUsd * 1e6) / 1e6, 0, 0, 0, 0);
    }
}
