package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code evaluate fleet}, {@code spot} and {@code capacity}, as they are typed. */
class EvaluateProvisioningTest {
    @TempDir
    Path folder = Path.of(".");

    private Path prices = Path.of(".");
    private Path fleet = Path.of(".");
    private Path market = Path.of(".");

    @BeforeEach
    void files() throws IOException {
        prices = write(
                "prices.csv",
                """
                instance_type,on_demand_usd_per_h,vcpu,ram_gib
                small,0.1,1,4
                large,0.9,16,64
                """);
        fleet = write("fleet.csv", fleet());
        market = write("market.csv", market());
    }

    private static String fleet() {
        var text = new StringBuilder("vm");
        for (int step = 0; step < 100; step++) {
            text.append(String.format(Locale.ROOT, ",t%03d", step));
        }
        return text.append("\na")
                .append(",20".repeat(100))
                .append("\nb")
                .append(",0".repeat(100))
                .append('\n')
                .toString();
    }

    private static String market() {
        var text = new StringBuilder("timestamp,zone,available\n");
        for (int tick = 0; tick < 300; tick++) {
            Instant at = Instant.parse("2022-01-01T00:00:00Z").plus(Duration.ofMinutes(10L * tick));
            text.append(at).append(",a,").append(tick % 20 < 15 ? 1 : 0).append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fleet", "spot", "capacity"})
    void helpSaysWhatIsReadAndHasExamples(String evaluation) {
        var run = CommandLineRun.of("evaluate", evaluation, "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("CSV", "Examples:", "./zeroops evaluate " + evaluation, "docs/provisioning.md");
    }

    @Test
    void evaluatesAFleet() throws IOException {
        Path page = folder.resolve("fleet.html");
        var run = CommandLineRun.of(
                "evaluate",
                "fleet",
                fleet.toString(),
                "--prices",
                prices.toString(),
                "--history",
                "4h",
                "--hold",
                "4h",
                "--idle-watch",
                "1h",
                "--json",
                "--html",
                page.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.path("vms").asInt()).isEqualTo(2);
        assertThat(report.path("sizing").get(1).path("vcpu_saved_pct").asDouble())
                .isGreaterThan(80);
        assertThat(report.path("idle").get(0).path("found").asInt()).isEqualTo(1);
        assertThat(Files.readString(page)).contains("./zeroops evaluate fleet", "<dt>as provisioned</dt>");
    }

    @Test
    void evaluatesASpotMarket() throws IOException {
        var run = CommandLineRun.of(
                "evaluate",
                "spot",
                market.toString(),
                "--on-demand",
                "1",
                "--spot",
                "all=0.3",
                "--job",
                "5h",
                "--deadline",
                "8h",
                "--json");
        assertThat(run.err()).isEmpty();
        JsonNode jobs =
                new ObjectMapper().readTree(run.out()).path("classes").get(0).path("jobs");
        assertThat(jobs.get(1).path("policy").asText()).isEqualTo("zeroops");
        assertThat(jobs.get(1).path("missed").asInt()).isZero();
        assertThat(jobs.get(1).path("saved_pct").asDouble()).isGreaterThan(30);
    }

    @Test
    void evaluatesCapacity() throws IOException {
        var text = new StringBuilder("time,load\n");
        for (int hour = 0; hour < 24 * 40; hour++) {
            text.append(Instant.EPOCH.plus(Duration.ofHours(hour)))
                    .append(',')
                    .append(10 + hour % 24)
                    .append('\n');
        }
        Path series = write("series.csv", text.toString());
        var run = CommandLineRun.of(
                "evaluate", "capacity", series.toString(), "--column", "load", "--warm-up", "14d", "--json");
        assertThat(run.err()).isEmpty();
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.path("hours").asInt()).isEqualTo(24 * (40 - 21));
        assertThat(report.path("plans").get(0).path("saved_pct").asDouble()).isPositive();
        assertThat(report.path("commitments").get(0).path("saved_vs_peak_pct").isNumber())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fleet none --prices PRICES | none: does not exist",
                "fleet FLEET | --prices",
                "fleet FLEET --prices MARKET | unknown column 'timestamp'; a price list has",
                "fleet FLEET --prices PRICES | lasts 8.3 h, which leaves nothing to measure after a history of 168.0 h",
                "fleet FLEET --prices PRICES --percentile 0 | percentile 0.0 is out of range",
                "fleet FLEET --prices PRICES --headroom -1 | headroom -1.0 is out of range",
                "fleet FLEET --prices PRICES --history 1m | history PT1M is out of range",
                "fleet FLEET --prices PRICES --host-min-vcpu 99 --history 4h | no type of at least 99.0 vCPU",
                "fleet FLEET --prices PRICES --arch arm64 | no type of architecture",
                "spot MARKET | no on-demand price for class all in a; give --on-demand USD",
                "spot MARKET --on-demand x | --on-demand 'x' is no price",
                "spot MARKET --on-demand 1 --spot 0 | price 0.0 is out of range",
                "spot MARKET --on-demand 1 --spot 0.3 --deadline 1h | cannot be met by a job",
                "spot MARKET --on-demand 1 --spot 0.3 --availability 1 | availability 1.0 is out of range",
                "spot PRICES | no column 'timestamp' or 'date'",
                "capacity MARKET --column load | no column 'load'",
                "capacity MARKET --column available | lasts 2 days; with a warm-up of 28 days",
                "capacity MARKET --column available --discount 2 | discount 2.0 is out of range"
            })
    void saysWhatIsWrong(String options, String message) {
        String line = options.replace("PRICES", prices.toString())
                .replace("FLEET", fleet.toString())
                .replace("MARKET", market.toString());
        var run = CommandLineRun.of(("evaluate " + line).split(" "));
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).contains(message, "Try: ./zeroops evaluate");
        assertThat(run.out()).isEmpty();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
