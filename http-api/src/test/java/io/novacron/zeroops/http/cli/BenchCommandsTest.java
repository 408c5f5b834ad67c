package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.novacron.zeroops.persistence.server.PrivateServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As small as they can be: that they measure, not what. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BenchCommandsTest {
    /** Of so few VMs and series: less than what other tests of this JVM leave behind, and is freed meanwhile. */
    private static final Set<String> HEAP = Set.of("bytes_per_vm", "bytes_per_series", "window_bytes_per_vm");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "journal --duration 1s | events_per_s raw_rows_per_s ratio bytes_per_event rounds",
                "decisions --warm-up 1s --duration 1s --concurrency 20 | decisions_per_s p50_ms p99_ms rows_per_decision cpu_us_per_decision",
                "entities --vms 200 | bytes_per_vm start_s window_s recover_s in_memory woken woken_after_restart",
                "forecast --workloads 20 | cycle_s trainings_per_cycle us_per_forecast ms_per_training bytes_per_series",
                "verify --duration 1s | decisions rows events verify_s us_per_decision checks",
                "telemetry --vms 50 --seconds 2 | samples_per_s cpu_us_per_sample p99_detection_ms window_bytes_per_vm",
            })
    void eachSaysWhatItMeasuredAndLeavesNothing(String bench, String fields) throws Exception {
        CommandLineRun run = bench(bench + " --json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(run.out());
        for (String field : fields.split(" ", -1)) {
            assertThat(report.path(field).isNumber())
                    .as("%s of %s", field, report)
                    .isTrue();
            assertThat(report.path(field).asDouble()).as(field).isFinite();
            if (!HEAP.contains(field)) {
                assertThat(report.path(field).asDouble()).as(field).isPositive();
            }
        }
        assertNothingIsLeft();
    }

    @Test
    void theJournalIsMeasuredOnPostgresqlToo() throws Exception {
        assumeThat(PrivateServer.installation()).as(PrivateServer.MISSING).isPresent();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x")); // its server's user
        CommandLineRun run = bench("journal --database postgresql --duration 1s --json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(new ObjectMapper().readTree(run.out()).path("ratio").asDouble())
                .isPositive();
        assertNothingIsLeft();
    }

    @Test
    void aTableNamesTheSameFields() throws Exception {
        CommandLineRun run = bench("entities --vms 50");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines().map(line -> line.replaceAll(" .*", "")))
                .containsExactly(
                        "vms",
                        "bytes_per_vm",
                        "start_s",
                        "window_s",
                        "recover_s",
                        "in_memory",
                        "woken",
                        "woken_after_restart");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "journal --duration 0s | --duration 0s: use 1s to 1h",
                "journal --duration 2h | --duration 7200s: use 1s to 1h",
                "journal --duration 10 | '10' is no duration; write a whole number and s, m, h or d",
                "decisions --duration 0s | --duration 0s: use 1s to 1h",
                "decisions --warm-up 0s | --warm-up 0s: use 1s to 1h",
                "decisions --concurrency 0 | --concurrency 0: use 1 to",
                "decisions --concurrency 9999999 | --concurrency 9999999: use 1 to",
                "journal --database oracle | 'oracle'",
                "entities --vms 0 | --vms 0: use 1 to",
                "entities --vms many | 'many'",
                "entities --vms 10 --duration 1s | unknown option '--duration'",
            })
    void whatCannotBeMeasuredIsNamed(String bench, String message) throws Exception {
        CommandLineRun run = bench(bench);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("Exception", "\tat ");
        assertThat(run.out()).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void itNeedsSomethingToMeasureAndAPlaceForIt() {
        assertThat(CommandLineRun.of("bench").err()).contains("name a bench: journal or decisions or entities");
        CommandLineRun nowhere = CommandLineRun.of(
                "bench", "entities", "--dir", directory.resolve("no").toString());
        assertThat(nowhere.code()).isEqualTo(2);
        assertThat(nowhere.err()).contains("--dir " + directory.resolve("no") + " is no directory");
    }

    private CommandLineRun bench(String options) {
        return CommandLineRun.of(("bench " + options + " --dir " + directory).split(" "));
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }
}
