package io.novacron.zeroops.simulations.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.ReactiveTarget;
import org.junit.jupiter.api.Test;

class ReactiveFrontTest {
    /** The target 0.40 violates 4 % and costs 60, 0.90 violates 9 % and costs 10. */
    private final ReactiveFront front = ReactiveFront.of(target -> figures(10 * target, 100 - 100 * target));

    @Test
    void runsElevenTargets() {
        assertThat(ReactiveFront.TARGETS)
                .containsExactly(0.40, 0.45, 0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90);
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
                .isEqualTo(0.90);
        assertThat(front.bestAtOrBelow(3.9)).isEmpty();
    }

    @Test
    void theShareIsOfWhatCanBeSaved() {
        assertThat(front.oracleShare(figures(6, 25), figures(0, 20))).isCloseTo(0.75, within(1e-12)); // of 40
        assertThat(front.oracleShare(figures(6, 50), figures(0, 20))).isCloseTo(-0.5, within(1e-12));
        assertThat(front.oracleShare(figures(3, 25), figures(0, 20))).isNull();
        assertThat(front.oracleShare(figures(9, 5), figures(0, 10))).isNull();
    }

    private static PolicyFigures figures(double violationPct, double costUsd) {
        double exact = Math.rint(violationPct * 1e6) / 1e6;
        return new PolicyFigures(null, null, exact, 0, 0, 0, 0, 0, Math.rint(costUsd * 1e6) / 1e6, 0, 0, 0, 0);
    }
}
