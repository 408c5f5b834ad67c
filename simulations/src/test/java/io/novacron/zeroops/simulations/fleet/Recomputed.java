package io.novacron.zeroops.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import java.util.List;

/** The figures that come from a timeline alone, in percent where they are. */
record Recomputed(
        double violations, double under, double over, double thetaU, double thetaO, double hours, double cost) {
    static Recomputed of(List<TimelineSink.Row> rows) {
        double seconds = 0;
        double requests = 0;
        double violations = 0;
        double under = 0;
        double over = 0;
        double thetaU = 0;
        double thetaO = 0;
        double hours = 0;
        double cost = 0;
        for (TimelineSink.Row row : rows) {
            assertThat(row.startS()).isCloseTo(seconds, within(1e-6));
            double s = row.durationS();
            int excess = row.readyInstances() - row.requiredInstances();
            seconds += s;
            requests += row.requests();
            violations += row.violations();
            under += excess < 0 ? s : 0;
            over += excess > 0 ? s : 0;
            thetaU += s * Math.max(0, -excess) / row.requiredInstances();
            thetaO += s * Math.max(0, excess) / row.requiredInstances();
            hours += s * row.billedInstances() / 3600;
            cost += s * row.pricePerH() / 3600;
        }
        double percent = 100 / seconds;
        return new Recomputed(
                100 * violations / requests,
                percent * under,
                percent * over,
                percent * thetaU,
                percent * thetaO,
                hours,
                cost);
    }

    void assertMatches(PolicyFigures figures) {
        assertThat(figures.sloViolationPct()).isCloseTo(violations, within(1e-9));
        assertThat(figures.underProvisionedPct()).isCloseTo(under, within(1e-9));
        assertThat(figures.overProvisionedPct()).isCloseTo(over, within(1e-9));
        assertThat(figures.thetaU()).isCloseTo(thetaU, within(1e-9));
        assertThat(figures.thetaO()).isCloseTo(thetaO, within(1e-9));
        assertThat(figures.instanceHours()).isCloseTo(hours, within(1e-9));
        assertThat(figures.costUsd()).isCloseTo(cost, within(1e-9));
    }
}
