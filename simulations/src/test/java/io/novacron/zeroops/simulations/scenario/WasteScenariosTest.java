package io.novacron.zeroops.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.simulations.evaluation.CostSpikeFigures;
import io.novacron.zeroops.simulations.evaluation.JournalSink;
import io.novacron.zeroops.simulations.evaluation.MonthFigures;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The scenarios about what nobody uses, each at its smallest: what they show, and that their figures can be had from what they write. */
class WasteScenariosTest {
    private static final Surroundings AROUND =
            new Surroundings(TimelineSink.NONE, JournalSink.NONE, (what, share) -> {}, InstantSource.system());

    private static CostSpikeFigures spike(CostSpikeOptions options) {
        return (CostSpikeFigures)
                new SimulatedScenarios().costSpike(options, AROUND).view().figures();
    }

    @Test
    void whatNobodyUsesIsStoppedDeletedAfterItsGraceAndCanBeHadBack() {
        var figures = spike(new CostSpikeOptions(Seeds.of(3), 8, Duration.ofMinutes(5), Duration.ofHours(6)));
        assertThat(figures.stopped()).isEqualTo(8);
        assertThat(figures.snapshotted()).isEqualTo(8);
        assertThat(figures.deleted()).isEqualTo(8);
        assertThat(figures.deletedBeforeGrace()).isZero();
        assertThat(figures.stoppedWithinS()).isBetween(1.0, 300.0);
        assertThat(figures.undone()).isEqualTo(8);
        assertThat(figures.back()).isEqualTo(8);
        assertThat(figures.falseStops()).isZero();
        assertThat(figures.wrongDeletions()).isZero();
        assertThat(figures.invariantsViolated()).isZero();
        assertThat(figures.waste())
                .extracting(CostSpikeFigures.Waste::policy)
                .containsExactly("no automation", "idleness alone", "zeroops");
        assertThat(figures.waste().get(2).usd())
                .isLessThan(figures.waste().get(1).usd() / 10);
    }

    @Test
    void aRiseThatIsTooSmallIsNoAnomaly() {
        var figures = spike(new CostSpikeOptions(Seeds.of(3), 1, Duration.ofMinutes(5), Duration.ofHours(1)));
        assertThat(figures.signalS()).isNull(); // 0.20 $/h more: below the floor of a dollar
        assertThat(figures.stoppedWithinS()).isNull();
    }

    @Test
    void aMonthsCostIsThatOfItsTimelineAndItsVms() {
        Map<String, Double> costs = new HashMap<>();
        var around = new Surroundings(
                row -> costs.merge(row.policy(), row.pricePerH() * row.durationS() / 3600, Double::sum),
                JournalSink.NONE,
                (what, share) -> {},
                InstantSource.system());
        var figures = (MonthFigures) new SimulatedScenarios()
                .month(new MonthOptions(Seeds.of(5), MonthOptions.DAYS_MIN), around)
                .view()
                .figures();
        for (String policy : new String[] {"zeroops", "static", "oracle"}) {
            double workloads = figures.variants().stream()
                    .mapToDouble(v ->
                            Objects.requireNonNull(v.policies().get(policy)).costUsd())
                    .sum();
            double timeline = Objects.requireNonNull(costs.get(policy));
            assertThat(timeline / workloads)
                    .as(policy)
                    .isBetween(0.98, 1.02); // begun seconds and minutes are billed whole
            assertThat(Objects.requireNonNull(figures.policies().get(policy)).costUsd())
                    .as(policy)
                    .isGreaterThan(workloads);
        }
        assertThat(figures.zombiesStopped()).isEqualTo(20);
        assertThat(figures.abandonedStopped()).isPositive();
        assertThat(figures.falseStops()).isZero();
        assertThat(figures.wrongDeletions()).isZero();
        assertThat(figures.invariantsViolated()).isZero();
        assertThat(figures.oracleShare()).isBetween(0.5, 1.0);
        double taken = figures.waste().stream()
                .mapToDouble(MonthFigures.Waste::removedUsd)
                .sum();
        double staticUsd =
                Objects.requireNonNull(figures.policies().get("static")).costUsd();
        double ours = Objects.requireNonNull(figures.policies().get("zeroops")).costUsd();
        assertThat(taken)
                .isBetween(
                        (staticUsd - ours) * 0.999,
                        (staticUsd - ours) * 1.05); // VMs that boot are not billed as others run
    }
}
