package io.novacron.zeroops.simulations.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.novacron.zeroops.agents.provisioning.CommitmentPolicy;
import io.novacron.zeroops.simulations.evaluation.ReportPage;
import io.novacron.zeroops.simulations.evaluation.ReportTable;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacityEvaluationTest {
    private static final CommitmentPolicy COMMITMENTS = new CommitmentPolicy(0.3, Duration.ofDays(365), 0.8, 4);

    @TempDir
    Path folder = Path.of(".");

    @Test
    void aDailyLoadIsPlannedForFarLessThanItsPeak() throws IOException {
        var random = new Random(7);
        double[] noise = random.doubles(24 * 84, 0.95, 1.05).toArray();
        Path file = series(24 * 84, hour -> (100 + 80 * Math.sin(2 * Math.PI * hour / 24)) * noise[hour]);

        var view = CapacityEvaluation.of(options(file));
        var report = (CapacityReport) view.figures();

        var ours = report.plans().get(0);
        assertThat(ours.savedPct()).isGreaterThan(30);
        assertThat(ours.shortPct()).isLessThan(10);
        var clairvoyant = report.plans().get(4);
        assertThat(clairvoyant.shortPct()).isZero();
        assertThat(clairvoyant.costUsd()).isLessThan(ours.costUsd());
        assertThat(report.plans().get(3).savedPct()).isCloseTo(0, within(1e-9));
        var committed = report.commitments().get(0);
        assertThat(committed.savedPct()).isPositive();
        assertThat(committed.usedPct()).isGreaterThan(70); // more than 1 - discount
        assertThat(report.commitments().get(4).costUsd()).isLessThanOrEqualTo(committed.costUsd());
        assertThat(ReportTable.of(view)).contains("Commitments under the plan of zeroops");
        assertThat(ReportPage.of(view, "./zeroops evaluate capacity")).doesNotContain("{{");
    }

    /** What comes after an hour changes no plan for it. */
    @Test
    void plansDoNotKnowTheFuture() throws IOException {
        Path file = series(24 * 60, hour -> 100 + hour % 24);
        double before = plannedFirstWeek(file);
        Path other = series(24 * 60, hour -> hour < 24 * 35 ? 100 + hour % 24 : 1_000);
        assertThat(plannedFirstWeek(other)).isEqualTo(before);
    }

    /** The plan of the hours of the first measured week, from the plot. */
    private static double plannedFirstWeek(Path file) {
        var planned = CapacityEvaluation.of(options(file))
                .plots()
                .get(0)
                .series()
                .get(1)
                .values();
        return planned.subList(0, 167).stream().mapToDouble(Double::doubleValue).sum();
    }

    @Test
    void ofFinerRowsTheHighestCounts() throws IOException {
        var text = new StringBuilder("time,load\n");
        for (int row = 0; row < 4 * 3; row++) {
            text.append(Instant.EPOCH.plusSeconds(900L * row))
                    .append(',')
                    .append(row % 4)
                    .append('\n');
        }
        HourlyLoad load = HourlyLoad.read(Files.writeString(folder.resolve("fine.csv"), text), "load");
        assertThat(load.between(0, load.hours())).containsExactly(3, 3, 3);
    }

    @Test
    void saysWhatCannotBePlanned() throws IOException {
        Path brief = series(24 * 20, hour -> 1);
        assertThatThrownBy(() -> CapacityEvaluation.of(options(brief)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("lasts 20 days; with a warm-up of 28 days at least 42 are needed");
        Path zero = series(24 * 60, hour -> 0);
        assertThatThrownBy(() -> CapacityEvaluation.of(options(zero))).hasMessageContaining("is 0 in all");
        Path daily = Files.writeString(folder.resolve("daily.csv"), "day,load\n2022-01-01,1\n2022-01-02,1\n");
        assertThatThrownBy(() -> CapacityEvaluation.of(options(daily))).hasMessageContaining("1440 min apart");
        Path negative = Files.writeString(folder.resolve("negative.csv"), "time,load\n0,1\n60,-1\n");
        assertThatThrownBy(() -> CapacityEvaluation.of(options(negative))).hasMessageContaining("line 3: '-1'");
        assertThatThrownBy(() -> new CapacityOptions(brief, "load", 0.5, Duration.ofDays(28), 1, COMMITMENTS))
                .hasMessageContaining("quantile 0.5");
        assertThatThrownBy(() -> new CapacityOptions(brief, "load", 0.9, Duration.ofDays(1), 1, COMMITMENTS))
                .hasMessageContaining("warm-up PT24H");
        assertThatThrownBy(() -> new CapacityOptions(brief, "load", 0.9, Duration.ofDays(28), Double.NaN, COMMITMENTS))
                .hasMessageContaining("price NaN");
    }

    private static CapacityOptions options(Path file) {
        return new CapacityOptions(file, "load", 0.95, Duration.ofDays(28), 1, COMMITMENTS);
    }

    private Path series(int hours, IntToDoubleFunction load) throws IOException {
        var text = new StringBuilder("time,load\n");
        for (int hour = 0; hour < hours; hour++) {
            text.append(Instant.EPOCH.plus(Duration.ofHours(hour)))
                    .append(',')
                    .append(load.applyAsDouble(hour))
                    .append('\n');
        }
        return Files.writeString(folder.resolve("series.csv"), text);
    }
}
