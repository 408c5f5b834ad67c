package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.novacron.zeroops.simulations.scenario.SimulatedScenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvaluateScalingTest {
    @TempDir
    Path folder = Path.of(".");

    /** Two days of five minutes in a unit of its own: 0.3 to 0.7 of whatever it is, with its highest on the first day. */
    private Path series(double unit) throws IOException {
        var random = new Random(1);
        var text = new StringBuilder("t_seconds,level\n");
        for (int row = 0; row < 2 * 288; row++) {
            double value =
                    row == 100 ? 0.8 : 0.5 + 0.2 * Math.sin(2 * Math.PI * row / 288) + 0.01 * random.nextGaussian();
            text.append(row * 300).append(',').append(unit * value).append('\n');
        }
        return write("level.csv", text);
    }

    private Path write(String name, CharSequence text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static CommandLineRun evaluate(Path file, String options) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, InstantSource.system());
        int code = new CommandLineInterface(SimulatedScenarios::new, terminal)
                .run(("evaluate scaling " + file + " " + options).split(" +"));
        return new CommandLineRun(code, out.toString(), err.toString());
    }

    private static JsonNode json(CommandLineRun run) throws IOException {
        assertThat(run.code()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void comparesAllPoliciesOnALoadOfAnyUnit() throws Exception {
        JsonNode report = json(evaluate(series(1), "--column level --json"));
        assertThat(report.path("notes").get(0).asText())
                .isEqualTo(
                        "capacity: an instance serves 0.0200000 level of a row within the SLO, so that the peak of the"
                                + " first 7 days needs 40 instances; --capacity gives another");
        JsonNode policies = report.path("policies");
        assertThat(policies.path("static").path("peak_instances").asInt()).isEqualTo(40);
        assertThat(policies.path("static").path("instability_pct").asDouble()).isPositive();
        for (String policy : List.of("zeroops", "reactive", "static", "oracle")) {
            for (String figure : List.of("theta_u", "theta_o", "under_provisioned_pct", "over_provisioned_pct")) {
                assertThat(policies.path(policy).path(figure).isNumber())
                        .as(policy + " " + figure)
                        .isTrue();
            }
            assertThat(policies.path(policy).path("instability_pct").asDouble()).isBetween(0.0, 100.0);
            assertThat(policies.path(policy).path("jitter_per_h").isNumber()).isTrue();
        }
        assertThat(policies.path("oracle").path("cost_usd").asDouble())
                .isLessThan(policies.path("zeroops").path("cost_usd").asDouble());
        assertThat(report.path("violations_vs_reactive_same_cost").isNumber()).isTrue();
        assertThat(report.path("oracle_share").asDouble()).isLessThan(1);
        assertThat(report.path("invariants_violated").asInt()).isZero();
    }

    /** What is counted in other units is scaled for alike. */
    @Test
    void theUnitDoesNotMatter() throws Exception {
        JsonNode one = json(evaluate(series(1), "--column level --json --duration 12h"));
        JsonNode million = json(evaluate(series(1 << 20), "--column level --json --duration 12h"));
        JsonNode given = json(evaluate(series(1 << 20), "--column level --json --duration 12h --capacity 20971.52"));
        JsonNode ours = one.path("policies").path("zeroops");
        for (JsonNode other : List.of(million, given)) {
            JsonNode theirs = other.path("policies").path("zeroops");
            assertThat(theirs.path("slo_violation_pct").asDouble())
                    .isCloseTo(ours.path("slo_violation_pct").asDouble(), within(1e-6));
            assertThat(theirs.path("cost_usd").asDouble())
                    .isCloseTo(ours.path("cost_usd").asDouble(), within(0.01));
        }
    }

    @Test
    void thePageAndTheFilesComeWithTheReport() throws Exception {
        Path page = folder.resolve("page.html");
        Path timeline = folder.resolve("t.csv");
        Path journal = folder.resolve("j.jsonl");
        CommandLineRun run = evaluate(
                series(1),
                "--column level --duration 6h --seeds 1,2 --html " + page + " --timeline " + timeline + " --journal "
                        + journal);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("upsilon %", "jitter /h", "of those of reactive at the same cost", "capacity: ");
        assertThat(Files.readString(page)).contains("evaluate scaling", "SLO-safe capacity", "level", "uPlot");
        assertThat(Files.readString(timeline)).contains("\nscaling/seed-1,zeroops,0,", "\nscaling/seed-2,oracle,0,");
        assertThat(Files.readString(journal)).contains("scaler.ScalingProposed/1");
    }

    /** More weight on performance costs more and violates less. */
    @Test
    void theWeightMovesCostAndViolations() throws Exception {
        double cost = 0;
        double violations = 100;
        for (String weight : List.of("0", "0.3", "0.6", "0.8", "0.95")) {
            JsonNode ours = json(evaluate(series(1), "--column level --json --performance-weight " + weight))
                    .path("policies")
                    .path("zeroops");
            assertThat(ours.path("cost_usd").asDouble()).as(weight).isGreaterThan(cost);
            assertThat(ours.path("slo_violation_pct").asDouble()).as(weight).isLessThan(violations);
            cost = ours.path("cost_usd").asDouble();
            violations = ours.path("slo_violation_pct").asDouble();
        }
    }

    @Test
    void theSameSeedGivesTheSameJournal() throws Exception {
        JsonNode one = json(evaluate(series(1), "--column level --json --duration 12h --seed 7"));
        JsonNode again = json(evaluate(series(1), "--column level --json --duration 12h --seed 7"));
        JsonNode other = json(evaluate(series(1), "--column level --json --duration 12h --seed 8"));
        assertThat(again.path("journal_sha256")).isEqualTo(one.path("journal_sha256"));
        assertThat(other.path("journal_sha256")).isNotEqualTo(one.path("journal_sha256"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--column none | line 1: no column 'none'; columns: t_seconds, level",
                "--column level --capacity 0 | capacity 0.0 is out of range; give what one instance serves",
                "--column level --capacity NaN | capacity NaN is out of range",
                "--column level --min-instances 0 | minimum of 0 instances is out of range",
                "--column level --performance-weight 1.1 | performance weight 1.1 is out of range; use 0",
                "--column level --price 0 | price 0.0 is out of range",
                "--column level --duration 1s | duration PT1S is out of range",
                "--column level --capacity 1e-9 | its peak needs 8.000e+08 instances",
                "--json | --column",
            })
    void whatIsAskedWronglyIsNamed(String options, String message) throws Exception {
        assertRefused(evaluate(series(1), options), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,1;300,NaN | line 3: 'NaN' in column 'v' is not a finite number of at least 0; correct it",
                "0,1;300,-4 | line 3: '-4' in column 'v' is not a finite number",
                "0,1;300,1;300,2 | line 4: duplicate time '300'",
                "0,1;600,1;300,2 | line 4: time '300' in column 't' is before that of the row before; sort",
                "0,0;300,0;600,0 | column 'v' is 0.0 all through the first 7 days",
            })
    void whatIsWrongWithAFileIsNamed(String rows, String message) throws Exception {
        Path file = write("bad.csv", "t,v\n" + rows.replace(";", "\n") + "\n");
        assertRefused(evaluate(file, "--column v"), message);
    }

    private static void assertRefused(CommandLineRun run, String message) {
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains(message).doesNotContain("Exception");
        assertThat(run.out()).isEmpty();
    }
}
