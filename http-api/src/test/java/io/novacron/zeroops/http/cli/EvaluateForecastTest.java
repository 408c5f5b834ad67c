package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvaluateForecastTest {
    private static final int ROWS = 10 * 288;

    @TempDir
    Path folder = Path.of(".");

    /** Ten days of five minutes: a day's curve with noise of 10, which nobody can forecast. */
    private Path series(int missingFrom, int missingTo) throws IOException {
        var random = new Random(1);
        var text = new StringBuilder("t_seconds,load\n");
        for (int row = 0; row < ROWS; row++) {
            double value = 200 + 100 * Math.sin(2 * Math.PI * row / 288) + 10 * random.nextGaussian();
            if (row < missingFrom || row >= missingTo) {
                text.append(row * 300).append(',').append(Math.max(0, value)).append('\n');
            }
        }
        return write("series.csv", text);
    }

    private Path write(String name, CharSequence text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static CommandLineRun evaluate(Path file, String options) {
        return CommandLineRun.of(("evaluate forecast " + file + " " + options).split(" +"));
    }

    private static JsonNode json(CommandLineRun run) throws IOException {
        assertThat(run.code()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void saysHowGoodItIsBesideItsRivals() throws Exception {
        JsonNode report = json(evaluate(series(0, 0), "--column load --json"));
        // the last forecast is made three steps before the end, the first when seven days are over
        assertThat(report.path("n").asInt()).isEqualTo(3 * 288 - 2);
        assertThat(report.path("step_s").asDouble()).isEqualTo(300);
        double wape = report.path("wape").asDouble();
        assertThat(wape).isBetween(0.038, 0.052);
        assertThat(report.path("accuracy").asDouble()).isCloseTo(1 - wape, within(1e-12));
        assertThat(report.path("baselines").path("last_value").asDouble()).isGreaterThan(wape);
        assertThat(report.path("baselines").path("seasonal_naive").asDouble()).isBetween(0.05, 0.065);
        assertThat(report.path("baselines").path("holt_winters").asDouble()).isLessThan(0.06);
        assertThat(report.path("relative_to_best").asDouble()).isLessThan(1.02);
        assertThat(report.path("coverage_90").asDouble()).isBetween(0.86, 0.94);
        assertThat(report.path("weights").size()).isPositive();
    }

    @Test
    void whatIsMissingIsNotScored() throws Exception {
        JsonNode report = json(evaluate(series(8 * 288, 8 * 288 + 100), "--column load --json"));
        assertThat(report.path("n").asInt()).isEqualTo(3 * 288 - 2 - 100 - 3);
        assertThat(report.path("not_scored").asInt()).isEqualTo(3);
        assertThat(report.path("notes").toString()).contains("100 steps of 300.0 s missing");
        assertThat(report.path("wape").asDouble()).isLessThan(0.055);
    }

    @Test
    void thePageHasPlotsAndTheCommand() throws Exception {
        Path page = folder.resolve("page.html");
        CommandLineRun run = evaluate(series(0, 0), "--column load --html " + page);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("accuracy (1 - WAPE)", "seasonal naive", "90 % interval");
        assertThat(Files.readString(page))
                .contains("evaluate forecast", "The last 576 forecasts", "90 % upper", "uPlot");
    }

    @Test
    void hoursAndDaysAheadAreStepsOfAnHour() throws Exception {
        JsonNode report = json(evaluate(series(0, 0), "--column load --horizon 1d --json"));
        assertThat(report.path("step_s").asDouble()).isEqualTo(3600);
        assertThat(report.path("n").asInt()).isEqualTo(3 * 24 - 24 + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--column none | line 1: no column 'none'; columns: t_seconds, load",
                "--column load --horizon 7m | --horizon 7m: a row of the file lasts 5m; give a whole number of them",
                "--column load --horizon 1m | --horizon 1m: a row of the file lasts 5m",
                "--column load --horizon 40d | use 1m to 28d",
                "--column load --horizon soon | 'soon' is no duration",
                "--column load --warm-up 10d | too short",
                "--horizon 15m | --column",
            })
    void whatIsAskedWronglyIsNamed(String options, String message) throws Exception {
        assertRefused(evaluate(series(0, 0), options), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,1;300,NaN | line 3: 'NaN' in column 'v' is not a finite number of at least 0; correct it",
                "0,1;300,-4 | line 3: '-4' in column 'v' is not a finite number",
                "0,1;300,1;300,2 | line 4: duplicate time '300'",
                "0,1;600,1;300,2 | line 4: time '300' in column 't' is before that of the row before; sort",
                "0,1;300,2 | lasts 10m, too short",
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
