package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateSpendTest {
    @TempDir
    Path folder = Path.of(".");

    private static List<String> rows(int days) {
        List<String> rows = new ArrayList<>(List.of("date,cost,label"));
        for (int day = 0; day < days; day++) {
            int spend = (day % 7 < 5 ? 100 : 70) * (day == 80 ? 3 : 1) + day % 3;
            rows.add(LocalDate.parse("2026-01-01").plusDays(day) + "," + spend + "," + (day == 80 ? 1 : 0));
        }
        return rows;
    }

    private CommandLineRun run(List<String> rows, String... more) throws IOException {
        Path file = Files.write(folder.resolve("bill.csv"), rows);
        List<String> args = new ArrayList<>(List.of("evaluate", "spend", file.toString()));
        args.addAll(List.of(more));
        return CommandLineRun.of(args.toArray(new String[0]));
    }

    @Test
    void jsonAndPageSayHowWellItWas() throws IOException {
        Path page = folder.resolve("spend.html");
        CommandLineRun run = run(rows(200), "--labels", "label", "--json", "--html", page.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("forecasts").fieldNames())
                .toIterable()
                .containsExactly("zeroops", "seasonal_naive", "last_value", "drift");
        assertThat(report.at("/forecasts/zeroops/total_error_pct").asDouble()).isLessThan(5);
        assertThat(report.at("/labelled/found").asInt()).isEqualTo(1);
        assertThat(report.at("/labelled/median_delay_steps").asInt()).isZero();
        assertThat(report.get("anomalies")).hasSize(1);
        assertThat(report.at("/anomalies/0/at").asText()).isEqualTo("2026-03-22T00:00:00Z");
        report.get("injected").forEach(size -> assertThat(size.get("found").asDouble())
                .isGreaterThan(0.9 * size.get("anomalies").asInt()));
        assertThat(Files.readString(page)).contains("spend: cost of bill.csv", "evaluate spend", "daily WAPE");
    }

    @Test
    void whatCannotBeReadIsSaidWithLineAndRemedy() throws IOException {
        refuses(19, "2026-01-19,NaN,0", "line 20", "leave the whole row out");
        refuses(19, "2026-01-19,-4,0", "line 20", "refunds left out");
        refuses(19, "2026-01-18,100,0", "line 20", "duplicate time", "sum the rows of one");
        refuses(19, "2026-01-11,100,0", "line 20", "sort the rows by time");
        refuses(19, "2026-01-18T11:00:00Z,100,0", "line 20", "11 h after the row before", "sum hours to days");
    }

    private void refuses(int row, String text, String... said) throws IOException {
        List<String> rows = rows(120);
        rows.set(row, text);
        CommandLineRun run = run(rows);
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains(said);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void whatIsTooShortOrHasTooLongAHoleIsRefused() throws IOException {
        assertThat(run(rows(80)).err()).contains("has 80 days", "91 or more");
        List<String> rows = rows(200);
        rows.subList(100, 140).clear();
        assertThat(run(rows).err()).contains("line 101", "41 days after the row before");
        assertThat(run(rows(120), "--column", "price").err()).contains("no column 'price'");
        assertThat(run(rows(120), "--days", "0").err()).contains("--days 0", "1 to 90");
    }

    @Test
    void onARealBillItIsNoWorseThanTheSimpleMethods() throws IOException {
        Path file = Path.of(
                Optional.ofNullable(System.getenv("ZEROOPS_DATA")).orElse("../../shared/data"),
                "binder-daily-cost",
                "daily_cost.csv");
        Assumptions.assumeTrue(Files.exists(file), file + " is not there");
        CommandLineRun run =
                CommandLineRun.of("evaluate", "spend", file.toString(), "--column", "project_binder-prod", "--json");
        JsonNode forecasts = new ObjectMapper().readTree(run.out()).get("forecasts");
        double ours = forecasts.at("/zeroops/daily_wape_pct").asDouble();
        double sum = forecasts.at("/zeroops/total_error_pct").asDouble();
        forecasts.fieldNames().forEachRemaining(name -> {
            assertThat(ours)
                    .isLessThanOrEqualTo(
                            forecasts.get(name).get("daily_wape_pct").asDouble());
            assertThat(sum)
                    .isLessThanOrEqualTo(
                            forecasts.get(name).get("total_error_pct").asDouble());
        });
        assertThat(forecasts.at("/zeroops/total_coverage_pct").asDouble()).isBetween(85.0, 95.0);
    }
}
