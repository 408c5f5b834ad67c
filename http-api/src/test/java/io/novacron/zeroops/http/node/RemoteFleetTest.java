package io.novacron.zeroops.http.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.http.Api;
import io.novacron.zeroops.http.fleet.FleetOptions;
import io.novacron.zeroops.http.fleet.FleetProcess;
import io.novacron.zeroops.http.json.Json;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.runtime.settings.SettingsReader;
import io.novacron.zeroops.simulations.invariant.Evidence;
import io.novacron.zeroops.simulations.invariant.ProviderLog;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose fleet is another process: money, telemetry and changes go between them as they would with a real cloud. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteFleetTest {
    /** How many times as fast as the machine's both clocks run, so that bills come every ten seconds. */
    private static final long SPEED = 6;

    private final Instant origin = Instant.now();
    private final long originNanos = System.nanoTime();
    private final InstantSource fast = () -> origin.plusNanos(SPEED * (System.nanoTime() - originNanos));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int fleetPort;
    private int nodePort;
    private @Nullable FleetProcess fleet;
    private @Nullable Node node;

    @BeforeEach
    void ports() throws Exception {
        try (var first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fleetPort = first.getLocalPort();
            nodePort = second.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        stopNode();
        stopFleet();
    }

    private void stopNode() {
        if (node != null) {
            node.close();
            node = null;
        }
    }

    private void stopFleet() {
        if (fleet != null) {
            fleet.close();
            fleet = null;
        }
    }

    /** @param safeLoad of which an instance of the fleet's serves as much */
    private Path settings(String name, double safeLoad) throws Exception {
        return Files.writeString(
                folder.resolve(name),
                """
                provider: {kind: http, url: "http://127.0.0.1:%d"}
                workloads:
                  - name: web
                    project: shop
                    region: region-1
                    safe_load_per_s: %s
                    max_instances: 60
                    cost_per_hour: 0.4
                """
                        .formatted(fleetPort, safeLoad));
    }

    private void startFleet() throws Exception {
        fleet = FleetProcess.start(
                        new FleetOptions(
                                "127.0.0.1",
                                fleetPort,
                                folder.resolve("fleet"),
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ZERO,
                                3,
                                List.of(URI.create("http://127.0.0.1:" + nodePort + "/api/v1/write")),
                                0,
                                0,
                                Duration.ZERO,
                                1),
                        SettingsReader.read(settings("fleet.yaml", 500)),
                        fast)
                .fleet();
    }

    private Api startNode(double safeLoad) throws Exception {
        node = Node.start(
                        new NodeOptions("127.0.0.1", nodePort, folder.resolve("node"), 1, Optional.empty(), "test"),
                        SettingsReader.read(settings("node.yaml", safeLoad)),
                        fast)
                .node();
        return new Api(nodePort);
    }

    private static double spent(JsonNode budgets) {
        return budgets.findValues("spent_usd").stream()
                .mapToDouble(JsonNode::asDouble)
                .max()
                .orElse(0);
    }

    private static double awaitSpent(Api api, double above) throws Exception {
        return spent(api.await("budgets", budgets -> spent(budgets) > above));
    }

    /** With what the fleet wrote down, and by itself. */
    private void assertNothingIsViolated() {
        Path log = folder.resolve("fleet").resolve("operations.jsonl");
        var evidence = new Evidence(Optional.of(ProviderLog.read(log)), Optional.empty(), false);
        try (var database = FolderDatabase.visit(folder.resolve("node"))) {
            assertThat(JournalCheck.of(database, evidence, done -> {}).problems())
                    .isEmpty();
            assertThat(JournalCheck.of(database, Evidence.NONE, done -> {}).problems())
                    .isEmpty();
        }
    }

    @Test
    void whatTheFleetBillsWasCommittedThoughItRanLongBefore() throws Exception {
        startFleet();
        Thread.sleep(15_000); // it has billed before anybody was there
        Api api = startNode(500);
        double first = awaitSpent(api, 0);
        stopNode();
        Thread.sleep(3_000);
        api = startNode(500);
        double second = awaitSpent(api, first);
        stopFleet();
        Thread.sleep(3_000);
        startFleet();
        awaitSpent(api, second);
        stop();
        assertNothingIsViolated();
    }

    @Test
    void aWorkloadGrowsByTheLoadThatTheFleetMeasures() throws Exception {
        startFleet();
        Api api = startNode(100); // five times what the fleet began with
        JsonNode before = api.await("fleet", shown -> shown.path("workloads").size() == 1);
        int had = before.path("workloads").path(0).path("provisioned").asInt();
        api.await(
                "fleet",
                shown -> shown.path("workloads").path(0).path("provisioned").asInt() > had
                        && shown.path("workloads").path(0).path("load_per_s").asDouble() > 0);
        stop();
        assertNothingIsViolated();
    }

    @Test
    void plainVmsAreStoppedAndStartedOfAFleetThatCameLater() throws Exception {
        Api api = startNode(500);
        Thread.sleep(1_000); // it has been asked what there is, and was not there
        startFleet();
        api.await("resources", page -> page.findValues("condition").size() >= 4); // those that it has looked at
        for (String action : List.of("stop", "start")) {
            for (int vm = 1; vm <= 3; vm++) {
                propose(action, "vm/vm-" + vm);
            }
            String page = "operations/decisions?limit=500";
            JsonNode decisions = api.await(page, shown -> results(shown, action).size() == 3);
            assertThat(results(decisions, action)).as("%s", decisions).containsOnly("verified");
        }
    }

    /** How those of plain VMs ended; a rejection has no result. */
    private static List<String> results(JsonNode page, String action) {
        List<String> results = new ArrayList<>();
        for (JsonNode decision : page.path("decisions")) {
            if (decision.path("decision_id").asText().startsWith("client/" + action)
                    && decision.path("phase").asText().equals("ended")) {
                results.add(decision.path("result").asText());
            }
        }
        return results;
    }

    private void propose(String action, String resource) throws Exception {
        String body =
                """
                {"id": "%s-%s", "resource": "%s", "action": "%s", "reason": "test", "project": "shop",
                 "region": "region-1", "cost_per_hour_usd": 0}"""
                        .formatted(action, resource.replace('/', '-'), resource, action);
        var answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + nodePort + "/api/zeroops/operations/decisions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(Json.read(answer.body()).path("decision_id").asText()).startsWith("client/");
    }
}
