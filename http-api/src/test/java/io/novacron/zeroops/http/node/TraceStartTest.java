package io.novacron.zeroops.http.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.http.Api;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.simulations.trace.Trace;
import io.novacron.zeroops.simulations.trace.TraceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A start with a trace, and the default settings. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TraceStartTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(SimulatedFleet.class);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        LOG.addAppender(logged);
    }

    @AfterEach
    void leave() {
        LOG.detachAppender(logged);
    }

    private Node.Started start(Trace trace) throws InterruptedException {
        var options = new NodeOptions("127.0.0.1", 0, directory.resolve("data"), 60, Optional.of(trace), "test");
        return Node.start(options, Settings.DEFAULTS, InstantSource.system());
    }

    private List<String> warnings() {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** By default workload web may have 60 instances of 50 requests per second each. */
    @Test
    void aPeakThatNobodyCouldServeIsSaidAtTheStart() throws Exception {
        start(Trace.ofSteps(60_000, 100, 4_321, 100)).node().close();
        assertThat(warnings())
                .containsExactly("the trace's peak of 4321.0 requests/s is more than workload web can serve, 3000.0"
                        + " requests/s = max_instances 60 x safe_load_per_s 50.0: the rest will fail; in the settings,"
                        + " let its max_instances be 87 or more, or its safe_load_per_s 72.1 or more");
        logged.list.clear();
        start(Trace.ofSteps(60_000, 100, 3_000)).node().close();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void aRealTraceIsFollowed() throws Exception {
        Trace trace = TraceReader.read(worldCup(), "requests")
                .first(Duration.ofDays(2).toMillis());
        Node.Started started = start(trace);
        try {
            var api = new Api(started.address().getPort());
            Instant origin = Instant.parse(api.status().path("started_at").asText());
            JsonNode fleet = api.await(
                    "fleet",
                    now -> web(now).path("load_per_s").asDouble() > 0
                            && since(origin, now).compareTo(Duration.ofMinutes(6)) > 0);
            double low = Double.MAX_VALUE;
            double high = 0;
            for (int minute = -5; minute <= 1; minute++) {
                double rate = trace.ratePerSAt(since(origin, fleet).toMillis() + minute * 60_000L);
                low = Math.min(low, rate);
                high = Math.max(high, rate);
            }
            double noise = 4 * Math.sqrt(high); // requests are counted for a second
            assertThat(web(fleet).path("load_per_s").asDouble()).isBetween(low - noise, high + noise);
        } finally {
            started.node().close();
        }
    }

    private static Duration since(Instant origin, JsonNode fleet) {
        return Duration.between(origin, Instant.parse(fleet.path("at").asText()));
    }

    private static JsonNode web(JsonNode fleet) {
        for (JsonNode workload : fleet.path("workloads")) {
            if (workload.path("name").asText().equals("web")) {
                return workload;
            }
        }
        throw new AssertionError("no workload web in " + fleet);
    }

    private static Path worldCup() {
        String set = System.getenv("ZEROOPS_DATA");
        Path folder = Path.of(set == null ? "../shared/data" : set);
        Path file = folder.resolve("worldcup98/requests_per_minute.csv.gz");
        assumeTrue(Files.exists(file), "skipped: needs " + file + ", see ZEROOPS_DATA");
        return file;
    }
}
