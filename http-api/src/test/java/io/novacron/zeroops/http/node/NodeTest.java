package io.novacron.zeroops.http.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.http.Api;
import io.novacron.zeroops.http.cli.CommandLineRun;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsReader;
import io.novacron.zeroops.simulations.trace.Trace;
import io.novacron.zeroops.simulations.trace.TraceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One node in this process, whose load is a staircase that keeps it busy; each test leaves it running, and not paused. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeTest {
    private static final String REASON = "{\"reason\": \"maintenance\"}";
    private static final double SPEED = 60;
    private static final int STAIRS = 25;
    private static final Duration STAIR = Duration.ofMinutes(5);
    private static final double STAIR_PER_S = 1_000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    static Path directory;

    @SuppressWarnings("NullAway.Init") // before all tests
    private Node node;

    private Api api = new Api(0);
    private Instant origin = Instant.EPOCH;
    private Path data = Path.of("");

    @BeforeAll
    void start() throws Exception {
        Path file = Files.writeString(
                directory.resolve("zeroops.yaml"),
                """
                workloads:
                  - name: web
                    project: shop
                    region: region-1
                    safe_load_per_s: 500
                    max_instances: 60
                    cost_per_hour: 0.1
                """);
        data = directory.resolve("data");
        Node.Started started = Node.start(
                new NodeOptions("127.0.0.1", 0, data, SPEED, Optional.of(staircase()), "test"),
                SettingsReader.read(file),
                InstantSource.system());
        node = started.node();
        api = new Api(started.address().getPort());
        origin = Instant.parse(api.status().path("started_at").asText());
    }

    /** Each stair a minute's row a minute, as people have them. */
    private static Trace staircase() throws Exception {
        var text = new StringBuilder("minute_utc,requests\n");
        for (int minute = 0; minute < STAIRS * STAIR.toMinutes(); minute++) {
            Instant at = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(minute));
            long stair = 1 + minute / STAIR.toMinutes();
            text.append(at)
                    .append(',')
                    .append((long) (60 * STAIR_PER_S * stair))
                    .append('\n');
        }
        return TraceReader.read(Files.writeString(directory.resolve("stairs.csv"), text), "requests");
    }

    @AfterAll
    void stop() {
        if (node != null) {
            node.close();
        }
    }

    @BeforeEach
    void ready() throws Exception {
        assertThat(api.get("readyz").path("ready").asBoolean()).isTrue();
        api.await("operations/status", status -> mode(status).equals("full"));
    }

    private static String mode(JsonNode status) {
        return status.path("mode").asText();
    }

    @Test
    void theLoadFollowsTheTrace() throws Exception {
        int compared = 0;
        double highest = 0;
        while (compared < 10) {
            JsonNode fleet = api.get("fleet");
            JsonNode web = fleet.path("workloads").path(0);
            Duration since =
                    Duration.between(origin, Instant.parse(fleet.path("at").asText()));
            long intoStair = since.toMillis() % STAIR.toMillis();
            if (intoStair > 90_000 && intoStair < 270_000) { // what is told is a little old, and smooth
                double expected = STAIR_PER_S * (1 + since.dividedBy(STAIR) % STAIRS);
                assertThat(web.path("load_per_s").asDouble()).isBetween(expected * 0.85, expected * 1.15);
                assertThat(expected).isGreaterThanOrEqualTo(highest);
                highest = expected;
                compared++;
            }
            Thread.sleep(500);
        }
        assertThat(highest).isGreaterThan(STAIR_PER_S);
    }

    @Test
    void decisionsComeAndInstancesWithThem() throws Exception {
        api.await(
                "operations/status",
                status -> status.path("counts").path("verified").asInt() >= 2);
        JsonNode decision = api.decisions().path(0);
        assertThat(decision.path("resource").asText()).isEqualTo("workload/web");
        assertThat(api.get("fleet").path("workloads").path(0).path("ready").asInt())
                .isGreaterThan(2);
        assertThat(api.status().path("journal_events").asLong()).isPositive();
    }

    @Test
    void theApiPausesAndTheCommandLineResumes() throws Exception {
        assertThat(api.post("operations/pause", REASON)).isEqualTo(200);
        api.await("operations/status", status -> mode(status).equals("paused"));
        assertThat(new ControlFile(data).pauseReason()).hasValue("maintenance");
        assertThat(api.get("readyz").path("ready").asBoolean())
                .as("paused is not unwell")
                .isTrue();
        CommandLineRun resumed = CommandLineRun.of("resume", "--data", data.toString());
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).isEqualTo("resumed (mode full)" + System.lineSeparator());
        assertThat(mode(api.status())).isEqualTo("full");
    }

    @Test
    void theCommandLinePausesAndTheApiResumes() throws Exception {
        CommandLineRun paused = CommandLineRun.of("pause", "--data", data.toString(), "--reason", "network work");
        assertThat(paused.code()).as(paused.err()).isZero();
        assertThat(paused.out()).isEqualTo("paused (mode paused)" + System.lineSeparator());
        assertThat(mode(api.status())).isEqualTo("paused");
        assertThat(api.post("operations/resume", REASON)).isEqualTo(200);
        api.await("operations/status", status -> mode(status).equals("full"));
        assertThat(new ControlFile(data).pauseReason()).isEmpty();
    }

    @Test
    void whilePausedEverythingIsRejectedAndNothingExecuted() throws Exception {
        CommandLineRun.of("pause", "--data", data.toString());
        Instant paused = Instant.parse(api.status().path("now").asText());
        api.await(
                "operations/status",
                status -> status.path("counts").path("open").asInt() == 0);
        int provisioned = provisioned();
        Predicate<JsonNode> isRejected =
                decision -> decision.path("verdict").asText().equals("rejected")
                        && decision.path("binding_constraint").asText().equals("mode_paused");
        api.await("operations/decisions?since=" + paused, page -> any(page.path("decisions"), isRejected));
        assertThat(provisioned()).isEqualTo(provisioned);
        CommandLineRun.of("resume", "--data", data.toString());
        Instant resumed = Instant.parse(api.status().path("now").asText());
        Predicate<JsonNode> isApproved =
                decision -> decision.path("verdict").asText().equals("approved");
        api.await("operations/decisions?since=" + resumed, page -> any(page.path("decisions"), isApproved));
    }

    private int provisioned() throws Exception {
        return api.get("fleet").path("workloads").path(0).path("provisioned").asInt();
    }

    private static boolean any(JsonNode decisions, Predicate<JsonNode> wanted) {
        for (JsonNode decision : decisions) {
            if (wanted.test(decision)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aSecondNodeOnTheSameFolderOrPortIsRefusedAndThisOneGoesOn() throws Exception {
        CommandLineRun folder = CommandLineRun.of("start", "--data", data.toString(), "--port", "0");
        assertThat(folder.code()).isEqualTo(2);
        assertThat(folder.err()).contains("data folder " + data + " is in use");
        Path other = directory.resolve("other");
        CommandLineRun port =
                CommandLineRun.of("start", "--data", other.toString(), "--port", Integer.toString(api.port()));
        assertThat(port.code()).isEqualTo(2);
        assertThat(port.err()).contains("port " + api.port() + " is in use; choose another with --port");
        assertThat(other).doesNotExist();
        assertThat(api.get("readyz").path("ready").asBoolean()).isTrue();
    }

    @Test
    void settingsWithoutWorkloadsAreFineWithoutATrace() throws Exception {
        Path file = Files.writeString(directory.resolve("idle.yaml"), "workloads: []\n");
        Settings idle = SettingsReader.read(file);
        Path folder = directory.resolve("idle");
        var options = new NodeOptions("127.0.0.1", 0, folder, 1, Optional.empty(), "test");
        Node.Started started = Node.start(options, idle, InstantSource.system());
        try {
            var other = new Api(started.address().getPort());
            assertThat(other.get("readyz").path("ready").asBoolean()).isTrue();
            assertThat(other.get("fleet").path("workloads").size()).isZero();
        } finally {
            started.node().close();
        }
    }
}
