package io.novacron.zeroops.simulations.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.simulations.trace.Load;
import io.novacron.zeroops.simulations.trace.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loads without end. */
class LoadsTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final ScalerPolicy POLICY = LiveFixture.policy("web");
    private static final IncidentPlan NONE = new IncidentPlan(1, 0, true, 3);

    @Test
    void aTraceStartsAgainWhenItEnds() {
        var trace = new Trace(MONDAY, new long[] {0, 1_000, 5_000}, new double[] {1, 2, 3}, 6_000, List.of());
        Load load = new RepeatingLoad(trace);
        for (long at = 0; at < 60_000; at += 500) {
            assertThat(load.ratePerSAt(at)).isEqualTo(trace.ratePerSAt(at % 6_000));
        }
        long year = Duration.ofDays(365).toMillis();
        assertThat(load.ratePerSAt(year + 1_500)).isEqualTo(trace.ratePerSAt((year + 1_500) % 6_000));
        assertThat(load.startMillis(4)).isEqualTo(7_000);
        assertThat(load.stepEndMillis(2)).isEqualTo(load.startMillis(3));
    }

    private static double mean(Load load, Duration from, Duration length) {
        double sum = 0;
        long step = Duration.ofMinutes(1).toMillis();
        long steps = length.toMillis() / step;
        for (long i = 0; i < steps; i++) {
            sum += load.ratePerSAt(from.toMillis() + i * step);
        }
        return sum / steps;
    }

    @Test
    void aGeneratedDayHasAPeakAndANightAndWeekendsAreLower() {
        Load load = new GeneratedLoad(POLICY, MONDAY, 5, NONE);
        double night = Double.MAX_VALUE;
        double peak = 0;
        for (int hour = 0; hour < 24; hour++) {
            double mean = mean(load, Duration.ofHours(hour), Duration.ofHours(1));
            night = Math.min(night, mean);
            peak = Math.max(peak, mean);
        }
        assertThat(peak).isBetween(0.23 * 1_000, 0.42 * 1_000); // of what all instances serve
        assertThat(night / peak).isBetween(0.3, 0.4);
        double tuesday = mean(load, Duration.ofDays(1), Duration.ofDays(1));
        double saturday = mean(load, Duration.ofDays(5), Duration.ofDays(1));
        double nextTuesday = mean(load, Duration.ofDays(8), Duration.ofDays(1));
        assertThat(saturday / tuesday).isBetween(0.65, 0.75);
        assertThat(nextTuesday / tuesday).isBetween(0.98, 1.02);
    }

    @Test
    void workloadsDifferAndTheSameSeedIsTheSameLoad() {
        Load one = new GeneratedLoad(POLICY, MONDAY, Chance.seed(1, "web"), NONE);
        Load same = new GeneratedLoad(POLICY, MONDAY, Chance.seed(1, "web"), NONE);
        Load other = new GeneratedLoad(POLICY, MONDAY, Chance.seed(1, "api"), NONE);
        assertThat(one.ratePerS(1_000_000)).isEqualTo(same.ratePerS(1_000_000));
        assertThat(one.ratePerS(1_000_000)).isNotEqualTo(other.ratePerS(1_000_000));
    }

    /** The last step of all can be asked for: 340 years on. */
    @Test
    void aGeneratedLoadHasStepsForCenturies() {
        Load load = new GeneratedLoad(POLICY, MONDAY, 5, NONE);
        int last = load.steps() - 1;
        assertThat(load.ratePerS(last)).isPositive();
        assertThat(load.stepAt(load.startMillis(last))).isEqualTo(last);
        assertThat(Duration.ofMillis(load.endMillis())).isGreaterThan(Duration.ofDays(340 * 365));
    }

    @Test
    void incidentsStayInTheirSlotAndCrowdsAreTwoToFourTimesTheLoad() {
        long every = LiveSettings.INCIDENT_EVERY_MIN.toMillis();
        var plan = new IncidentPlan(3, every, true, 3);
        int crowds = 0;
        for (long slot = 0; slot < 1_000; slot++) {
            IncidentPlan.Planned planned = plan.of(slot).orElseThrow();
            assertThat(planned.startMillis()).isBetween(slot * every, planned.endMillis() - 1);
            assertThat(planned.endMillis()).isLessThanOrEqualTo((slot + 1) * every);
            if (planned.kind() == Incident.Kind.FLASH_CROWD) {
                crowds++;
                long middle = (planned.startMillis() + planned.endMillis()) / 2;
                assertThat(plan.crowdFactor(middle)).isEqualTo(planned.factor()).isBetween(2.0, 4.0);
            }
            assertThat(plan.crowdFactor(planned.startMillis() - 1)).isEqualTo(1);
        }
        assertThat(crowds).isBetween(500, 700);
        assertThat(new IncidentPlan(3, every, false, 3).of(0).map(IncidentPlan.Planned::kind))
                .isNotEqualTo(Incident.Kind.FLASH_CROWD);
    }
}
