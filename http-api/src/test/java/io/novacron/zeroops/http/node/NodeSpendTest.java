package io.novacron.zeroops.http.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.http.Api;
import io.novacron.zeroops.runtime.settings.SettingsReader;
import io.novacron.zeroops.simulations.trace.Trace;
import io.novacron.zeroops.simulations.trace.TraceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The money of one node whose load is four times as much after two and a half hours; an hour takes six seconds. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeSpendTest {
    private static final double SPEED = 600;
    private static final int QUIET_MINUTES = 150;
    private static final int MINUTES = 600;

    @TempDir
    Path directory = Path.of(".");

    private Node.Started start() throws Exception {
        Path file = Files.writeString(
                directory.resolve("zeroops.yaml"),
                """
                budget_config:
                  tree:
                    - node: shop
                      limit: 300000
                    - node: lab
                      limit: 100000
                workloads:
                  - name: web
                    project: shop
                    region: region-1
                    safe_load_per_s: 500
                    max_instances: 60
                    cost_per_hour: 10
                """);
        return Node.start(
                new NodeOptions("127.0.0.1", 0, directory.resolve("data"), SPEED, Optional.of(rise()), "test"),
                SettingsReader.read(file),
                InstantSource.system());
    }

    private Trace rise() throws Exception {
        var text = new StringBuilder("minute_utc,requests\n");
        for (int minute = 0; minute < MINUTES; minute++) {
            text.append(Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(minute)))
                    .append(minute < QUIET_MINUTES ? ",60000\n" : ",240000\n");
        }
        return TraceReader.read(Files.writeString(directory.resolve("rise.csv"), text), "requests");
    }

    private static double limit(JsonNode status, String node) {
        for (JsonNode budget : status.path("budgets")) {
            if (budget.path("node").asText().equals(node)) {
                return budget.path("limit_usd").asDouble();
            }
        }
        throw new AssertionError("no node " + node + " in " + status);
    }

    @Test
    void aRiseIsToldAndWhatPeopleMovedOutlivesARestart() throws Exception {
        Node.Started started = start();
        try (Node node = started.node()) {
            assertThat(node.ended().toCompletableFuture()).isNotDone();
            var api = new Api(started.address().getPort());
            String move = "{\"person\": \"p-1\", \"from\": \"lab\", \"to\": \"shop\", \"amount_usd\": 50000,"
                    + " \"from_limit_usd\": 100000}";
            assertThat(api.post("budget/reallocations", move)).isEqualTo(200);
            assertThat(api.post("budget/reallocations", move)).isEqualTo(409);
            api.await("budget/status", status -> limit(status, "shop") == 350_000);
            api.await("budget/records", page -> page.path("records").size() > 1);
            JsonNode anomaly = api.await(
                            "budget/anomalies", page -> !page.path("anomalies").isEmpty())
                    .path("anomalies")
                    .path(0);
            assertThat(anomaly.path("node").asText()).isEqualTo("shop");
            assertThat(anomaly.path("id").asText()).startsWith("rate/shop/");
            assertThat(anomaly.path("billed_usd").asDouble())
                    .isGreaterThanOrEqualTo(1.5 * anomaly.path("expected_usd").asDouble());
        }
        Node.Started again = start();
        try (Node node = again.node()) {
            assertThat(node.ended().toCompletableFuture()).isNotDone();
            var api = new Api(again.address().getPort());
            assertThat(limit(
                            api.await(
                                    "budget/status",
                                    status -> status.path("budgets").size() == 3),
                            "lab"))
                    .isEqualTo(50_000);
            api.await("budget/records", page -> page.path("records").size() > 1);
        }
    }
}
