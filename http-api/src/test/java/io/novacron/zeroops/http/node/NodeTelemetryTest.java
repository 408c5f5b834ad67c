package io.novacron.zeroops.http.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.novacron.zeroops.http.Api;
import io.novacron.zeroops.runtime.settings.Settings;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Telemetry from outside, all the way through a node. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeTelemetryTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    static Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private Api api = new Api(0);
    private int port;

    @SuppressWarnings("NullAway.Init") // before all tests
    private Node node;

    @BeforeAll
    void start() throws Exception {
        Node.Started started = Node.start(
                new NodeOptions("127.0.0.1", 0, directory.resolve("data"), 1, Optional.empty(), "test"),
                Settings.DEFAULTS,
                InstantSource.system());
        node = started.node();
        port = started.address().getPort();
        api = new Api(port);
    }

    @AfterAll
    void stop() {
        if (node != null) {
            node.close();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/zeroops/" + path));
    }

    private JsonNode signals() throws Exception {
        var answer = client.send(request("signals").build(), HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body());
    }

    private int provisioned() throws Exception {
        return api.get("fleet")
                .path("workloads")
                .findValues("provisioned")
                .get(0)
                .asInt();
    }

    @Test
    void aLoadFromOutsideScalesItsWorkload() throws Exception {
        int before = provisioned();
        String name = api.get("fleet").path("workloads").path(0).path("name").asText();
        while (provisioned() < Math.max(3, 2 * before)) {
            String sample = "{\"resource\": \"workload/" + name + "\", \"signal\": \"load\", \"time\": "
                    + System.currentTimeMillis() + ", \"value\": 2900}";
            var answer = client.send(
                    request("telemetry")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(sample))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("{\"samples\":1,\"dropped\":{}}");
            Thread.sleep(1_000);
        }
        assertThat(signals().path("samples").asLong()).isPositive();
    }

    /** One that scrapes itself, and a machine that is not there. */
    @Test
    void aRealPrometheusSendsWhatItScrapes() throws Exception {
        Optional<Path> program = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "needs Prometheus");
        int own = freePort();
        Path config = Files.writeString(
                directory.resolve("prometheus.yml"),
                """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: machines
                    static_configs:
                      - {targets: ["127.0.0.1:%d"], labels: {vm: there}}
                      - {targets: ["127.0.0.1:1"], labels: {vm: gone}}
                remote_write:
                  - {url: "http://127.0.0.1:%d/api/v1/write", queue_config: {batch_send_deadline: 1s}}
                """
                        .formatted(own, port));
        Process process = new ProcessBuilder(
                        program.get().toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + own)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        try {
            while (signals().path("vms").asInt() < 2) {
                assertThat(process.isAlive()).isTrue();
                Thread.sleep(250);
            }
            assertThat(signals().path("signals")).anySatisfy(signal -> {
                assertThat(signal.path("resource").asText()).isEqualTo("vm/gone");
                assertThat(signal.path("kind").asText()).isEqualTo("down");
                assertThat(signal.path("active").asBoolean()).isTrue();
            });
            assertThat(signals().path("signals"))
                    .noneSatisfy(signal ->
                            assertThat(signal.path("resource").asText()).isEqualTo("vm/there"));
            while (signals().path("dropped").path("unknown_metric").asLong() == 0) { // all else that it says of itself
                Thread.sleep(250);
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
