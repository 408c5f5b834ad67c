package io.novacron.zeroops.simulations.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.novacron.zeroops.agents.provisioning.SpotSettings;
import io.novacron.zeroops.simulations.evaluation.ReportPage;
import io.novacron.zeroops.simulations.evaluation.ReportTable;
import io.novacron.zeroops.simulations.provisioning.SpotReport.CapacityClass;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpotEvaluationTest {
    private static final int TICKS = 6 * 24 * 3;

    @TempDir
    Path folder = Path.of(".");

    @Test
    void capacityThatIsAlwaysThereCostsSpot() throws IOException {
        CapacityClass all = evaluated(tick -> true, tick -> true);
        var jobs = all.jobs().get(1);
        assertThat(jobs.missed()).isZero();
        assertThat(jobs.interruptions()).isZero();
        assertThat(jobs.savedPct()).isCloseTo(70, within(1e-6));
        assertThat(jobs.jobs()).isEqualTo(11);
        // Each pays its changeover and its ten hours.
        assertThat(jobs.costUsd()).isCloseTo(11 * (10 + 5 / 60.0) * 0.3, within(1e-6));
        assertThat(all.service().get(1).savedPct()).isCloseTo(70, within(1e-6));
        assertThat(all.service().get(1).availabilityPct()).isEqualTo(100);
    }

    @Test
    void withoutSpotEverythingRunsOnDemandInTime() throws IOException {
        CapacityClass none = evaluated(tick -> false, tick -> false);
        assertThat(none.jobs().get(1).missed()).isZero();
        assertThat(none.jobs().get(1).spotHoursPct()).isZero();
        assertThat(none.jobs().get(2).missed()).isEqualTo(none.jobs().get(2).jobs());
        assertThat(none.service().get(1).availabilityPct()).isEqualTo(100);
        assertThat(none.service().get(1).savedPct()).isCloseTo(0, within(1e-9));
        assertThat(none.service().get(2).availabilityPct()).isZero();
    }

    /** Whatever the market does, no deadline is missed, and a service whose boots fit into the notice has no gap. */
    @Test
    void noMarketMissesADeadline() throws IOException {
        for (long seed = 0; seed < 10; seed++) {
            boolean[][] up = churn(seed);
            CapacityClass found = evaluated(tick -> up[0][tick], tick -> up[1][tick]);
            assertThat(found.jobs().get(1).missed()).as("seed %d", seed).isZero();
            assertThat(found.jobs().get(1).costUsd())
                    .isLessThanOrEqualTo(found.jobs().get(0).costUsd());
            assertThat(found.service().get(1).availabilityPct()).isEqualTo(100);
        }
    }

    private static boolean[][] churn(long seed) {
        var random = new Random(seed);
        boolean[][] up = new boolean[2][TICKS];
        for (boolean[] pool : up) {
            boolean is = true;
            for (int tick = 0; tick < TICKS; tick++) {
                is = random.nextInt(12) == 0 ? !is : is;
                pool[tick] = is;
            }
        }
        return up;
    }

    @Test
    void twoPoolsKeepWhatOneLoses() throws IOException {
        CapacityClass found = evaluated(tick -> tick % 12 < 6, tick -> tick % 12 >= 6);
        assertThat(found.service().get(1).spotHoursPct()).isCloseTo(50, within(1.0));
        assertThat(found.service().get(2).availabilityPct()).isLessThan(50);
        assertThat(found.availablePct()).containsExactly(50.0, 50.0);
    }

    @Test
    void isShownInEveryForm() throws IOException {
        Path file = market(tick -> true, tick -> true);
        var view = SpotEvaluation.of(options(file, Map.of("v100/1", 1.0), Map.of("", 0.3)));
        assertThat(ReportTable.of(view)).contains("Jobs with deadlines on v100/1", "no deadline missed");
        assertThat(ReportPage.of(view, "./zeroops evaluate spot")).doesNotContain("{{");
    }

    @Test
    void saysWhichPriceIsMissingAndWhatIsTooShort() throws IOException {
        Path file = market(tick -> true, tick -> true);
        assertThatThrownBy(() -> SpotEvaluation.of(options(file, Map.of("k80/1", 1.0), Map.of("", 0.3))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no on-demand price for class v100/1 in a; give --on-demand USD");
        assertThatThrownBy(() -> SpotEvaluation.of(options(file, Map.of("", 1.0), Map.of())))
                .hasMessageContaining("no spot price for class v100/1");
        Path brief = Files.writeString(
                folder.resolve("brief.csv"),
                "timestamp,zone,available\n2022-01-01T00:00:00Z,a,1\n2022-01-01T00:10:00Z,a,1\n");
        assertThatThrownBy(() -> SpotEvaluation.of(options(brief, Map.of("", 1.0), Map.of("", 0.3))))
                .hasMessageContaining("no class has a stretch without gaps of 14 h");
        assertThatThrownBy(() -> options(file, Map.of("", -1.0), Map.of())).hasMessageContaining("price -1.0");
        assertThatThrownBy(() -> new SpotOptions(
                        file,
                        Map.of(),
                        Map.of(),
                        SpotSettings.DEFAULTS,
                        Duration.ofHours(10),
                        Duration.ofHours(10),
                        Duration.ofHours(1),
                        1))
                .hasMessageContaining("cannot be met by a job");
    }

    private CapacityClass evaluated(IntPredicate a, IntPredicate b) throws IOException {
        var options = options(market(a, b), Map.of("", 1.0), Map.of("", 0.3));
        return ((SpotReport) SpotEvaluation.of(options).figures()).classes().get(0);
    }

    private static SpotOptions options(Path file, Map<String, Double> onDemand, Map<String, Double> spot) {
        return new SpotOptions(
                file,
                onDemand,
                spot,
                SpotSettings.DEFAULTS,
                Duration.ofHours(10),
                Duration.ofHours(14),
                Duration.ofMinutes(330),
                4);
    }

    private Path market(IntPredicate a, IntPredicate b) throws IOException {
        var text = new StringBuilder("timestamp,zone,gpu,count,available\n");
        Instant start = Instant.parse("2022-01-01T00:00:00Z");
        for (int tick = 0; tick < TICKS; tick++) {
            Instant at = start.plus(Duration.ofMinutes(10L * tick));
            text.append(at).append(",a,v100,1,").append(a.test(tick) ? 1 : 0).append('\n');
            text.append(at).append(",b,v100,1,").append(b.test(tick) ? 1 : 0).append('\n');
        }
        return Files.writeString(folder.resolve("market.csv"), text);
    }
}
