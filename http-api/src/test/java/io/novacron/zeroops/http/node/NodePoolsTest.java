package io.novacron.zeroops.http.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.http.Api;
import io.novacron.zeroops.http.fleet.FleetOptions;
import io.novacron.zeroops.http.fleet.FleetProcess;
import io.novacron.zeroops.runtime.provider.ProviderProtocol;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pool of a real node: by what telemetry shows of its VMs it gives back one, and a person has it back. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodePoolsTest {
    /** How many times as fast as the machine's all clocks run. */
    private static final long SPEED = 4;

    private final Instant origin = Instant.now();
    private final long originNanos = System.nanoTime();
    private final InstantSource fast = () -> origin.plusNanos(SPEED * (System.nanoTime() - originNanos));
    private final ScheduledExecutorService measuring = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    Path folder = Path.of(".");

    @SuppressWarnings("NullAway.Init") // before each
    private FleetProcess fleet;

    @SuppressWarnings("NullAway.Init") // before each
    private Node node;

    @SuppressWarnings("NullAway.Init") // before each
    private InetSocketAddress served;

    private Api api = new Api(0);

    @BeforeEach
    void start() throws Exception {
        FleetProcess.Started started = FleetProcess.start(fleetOptions(0), Settings.DEFAULTS, fast);
        fleet = started.fleet();
        served = started.address();
        startNode(served);
    }

    private FleetOptions fleetOptions(int port) {
        return new FleetOptions(
                "127.0.0.1",
                port,
                folder.resolve("fleet"),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                3,
                List.of(),
                0,
                0,
                Duration.ZERO,
                1);
    }

    private void startNode(InetSocketAddress provider) throws Exception {
        Path settings = Files.writeString(
                folder.resolve("node.yaml"),
                """
                provider: {kind: http, url: "http://127.0.0.1:%d"}
                pools:
                  - name: dev
                    project: shop
                    region: region-1
                    vm_prefix: vm-
                    cost_per_hour: 0.1
                    watch: 0s
                    idle_after: 1m
                """
                        .formatted(provider.getPort()));
        Node.Started started = Node.start(
                new NodeOptions("127.0.0.1", 0, folder.resolve("node"), 1, Optional.empty(), "test"),
                SettingsReader.read(settings),
                fast);
        node = started.node();
        api = new Api(started.address().getPort());
        ScheduledFuture<?> unused =
                measuring.scheduleWithFixedDelay(this::measure, 0, 500, TimeUnit.MILLISECONDS); // ends with the thread
    }

    @AfterEach
    void stop() {
        measuring.shutdownNow();
        node.close();
        fleet.close();
    }

    /** One does nothing; of one only the network is busy; of the third nothing is measured. */
    private void measure() {
        long now = fast.instant().toEpochMilli();
        try {
            api.post(
                    "telemetry",
                    sample("vm-1", "cpu", now, 0.001)
                            + sample("vm-1", "network", now, 900)
                            + sample("vm-2", "cpu", now, 0.001)
                            + sample("vm-2", "network", now, 2_000_000));
        } catch (IOException e) {
            // the next follows at once
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String fleetSays(int port) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + ProviderProtocol.RESOURCES));
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    private static String sample(String vm, String signal, long time, double value) {
        return "{\"resource\": \"vm/" + vm + "\", \"signal\": \"" + signal + "\", \"time\": " + time + ", \"value\": "
                + value + "}\n";
    }

    private static Optional<JsonNode> vm(JsonNode page, String name) {
        return StreamSupport.stream(page.path("vms").spliterator(), false)
                .filter(vm -> vm.path("vm").asText().equals(name))
                .findFirst();
    }

    private static boolean isSnapshotted(JsonNode page) {
        return vm(page, "vm/vm-1")
                .filter(vm -> vm.path("phase").asText().equals("snapshotted"))
                .isPresent();
    }

    private static String condition(JsonNode page, String address) {
        return StreamSupport.stream(page.path("resources").spliterator(), false)
                .filter(resource -> resource.path("resource").asText().equals(address))
                .map(resource -> resource.path("condition").asText())
                .findFirst()
                .orElse("");
    }

    @Test
    void aVmThatDoesNothingIsStoppedAndAPersonHasItBack() throws Exception {
        JsonNode page;
        try {
            page = api.await("provisioning/vms?pool=dev", NodePoolsTest::isSnapshotted);
        } catch (AssertionError e) {
            throw new AssertionError("decisions: " + api.decisions() + ", signals: " + api.get("signals"), e);
        }
        JsonNode stopped = vm(page, "vm/vm-1").orElseThrow();
        assertThat(page.path("vms")).as("%s", page).hasSize(1);
        String token = stopped.path("token").asText();
        assertThat(token).startsWith("pool/dev/");
        assertThat(Instant.parse(stopped.path("delete_after").asText()))
                .isEqualTo(Instant.parse(stopped.path("since").asText()).plus(Duration.ofDays(7)));
        assertThat(api.get("operations/decisions/" + token).path("cause").asText())
                .isEqualTo("idle");
        assertThat(condition(api.get("resources"), "vm/vm-1")).isEqualTo("snapshotted");

        int port = served.getPort();
        fleet.close();
        fleet = FleetProcess.start(fleetOptions(port), Settings.DEFAULTS, fast).fleet();
        assertThat(fleetSays(port)).as("of what it was told before it ended").contains("\"snapshotted\"");

        assertThat(api.post("provisioning/undo", "{\"token\": \"pool/dev/999\", \"person\": \"p-1\"}"))
                .isEqualTo(404);
        assertThat(api.post("provisioning/undo", "{\"token\": \"" + token + "\", \"person\": \"p-1\"}"))
                .isEqualTo(202);
        api.await("resources", all -> condition(all, "vm/vm-1").equals("running"));
        api.await("provisioning/vms", all -> all.path("vms").isEmpty());
        assertThat(condition(api.get("resources"), "vm/vm-2")).isNotEqualTo("stopped");
    }
}
