package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.http.Api;
import io.novacron.zeroops.http.fleet.FleetOptions;
import io.novacron.zeroops.http.fleet.FleetProcess;
import io.novacron.zeroops.http.json.Json;
import io.novacron.zeroops.http.node.Node;
import io.novacron.zeroops.http.node.NodeOptions;
import io.novacron.zeroops.persistence.server.PrivateServer;
import io.novacron.zeroops.runtime.settings.SettingsReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal in PostgreSQL by the steps of docs/operating.md: made, written by a node, looked at, dumped, restored, gone on with. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresJournalCommandsTest {
    @TempDir
    Path folder = Path.of(".");

    @BeforeEach
    void requireServer() {
        assumeThat(PrivateServer.installation()).as(PrivateServer.MISSING).isPresent();
    }

    private interface Use {
        void of(Api api) throws Exception;
    }

    @Test
    void itIsReadAsAFolderIsAndANodeGoesOnWithItsRestoredDump() throws Exception {
        FleetProcess.Started fleet = fleet();
        try (PrivateServer server = PrivateServer.start()) {
            PrivateServer.Roles roles = server.createDatabase("first");
            Path password = Files.writeString(folder.resolve("password"), roles.password());
            Path first = settings("first", roles, password, fleet.address().getPort());
            migrate(first, roles, password);
            withNode(first, api -> {
                change(api, "stop");
                assertReads(first);
                postgres("pg_dump", server, roles, "--format=custom", "--file=" + dump(), "first");
            });

            createDatabase(server, "second", roles);
            postgres(
                    "pg_restore",
                    server,
                    roles,
                    "--exit-on-error",
                    "--no-owner",
                    "--no-acl",
                    "--dbname=second",
                    dump().toString());
            Path second = settings("second", roles, password, fleet.address().getPort());
            migrate(second, roles, password);
            withNode(second, api -> change(api, "start")); // of what was stopped according to the dump
            JsonNode report = Json.read(ok(second, "verify", "--json"));
            assertThat(report.get("violated").asLong()).isZero();
            assertThat(ok(second, "list", "--json")).contains("client/stop", "client/start");
            assertThat(ok(first, "list", "--json")).contains("client/stop").doesNotContain("client/start");
        } finally {
            fleet.fleet().close();
        }
    }

    private static void assertReads(Path settings) {
        assertThat(ok(settings, "list", "--verdict", "approved")).contains("client/stop");
        assertThat(ok(settings, "show", "client/stop")).contains("STOP_VM 1 to 0 of vm/vm-1");
        assertThat(ok(settings, "export", "--entity", "decision/client/stop"))
                .contains("\"entity\":\"decision/client/stop\",\"seq\":1,");
        assertThat(ok(settings, "replay", "client/stop")).contains("It comes to the same.");
        CommandLineRun backup = CommandLineRun.of("backup", "all.zip", "--config", settings.toString());
        assertThat(backup.code()).isEqualTo(2);
        assertThat(backup.err()).contains("/first", "pg_dump --format=custom");
        CommandLineRun unset = CommandLineRun.of("journal", "list", "--config", settings + ".none");
        assertThat(unset.code()).isEqualTo(2);
        assertThat(unset.err()).contains(settings + ".none");
    }

    private static String ok(Path settings, String command, String... more) {
        List<String> all = new ArrayList<>(List.of("journal", command, "--config", settings.toString()));
        all.addAll(List.of(more));
        CommandLineRun run = CommandLineRun.of(all.toArray(String[]::new));
        assertThat(run.code()).as(command + ": " + run.err() + run.out()).isZero();
        return run.out();
    }

    private Path dump() {
        return folder.resolve("monday.dump");
    }

    private FleetProcess.Started fleet() throws Exception {
        var options = new FleetOptions(
                "127.0.0.1",
                0,
                folder.resolve("fleet"),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                1,
                List.of(),
                0,
                0,
                Duration.ZERO,
                1);
        Path none = Files.writeString(folder.resolve("fleet.yaml"), "workloads: []\n");
        return FleetProcess.start(options, SettingsReader.read(none), InstantSource.system());
    }

    private Path settings(String database, PrivateServer.Roles roles, Path password, int fleet) throws Exception {
        try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Files.writeString(
                    folder.resolve(database + ".yaml"),
                    """
                    database: {kind: postgresql, url: "%s", user: %s, password_file: %s}
                    provider: {kind: http, url: "http://127.0.0.1:%d"}
                    cluster:
                      discovery: static
                      port: %d
                      management_port: %d
                      contact_points: ['127.0.0.1:%d']
                      required_contact_points: 1
                    workloads: [{name: web, project: shop, region: region-1, safe_load_per_s: 500,
                                 max_instances: 9, cost_per_hour: 0.1}]
                    """
                            .formatted(
                                    roles.url().replaceAll("[^/]+$", database),
                                    roles.application(),
                                    password,
                                    fleet,
                                    one.getLocalPort(),
                                    other.getLocalPort(),
                                    other.getLocalPort()));
        }
    }

    private static void migrate(Path settings, PrivateServer.Roles roles, Path password) {
        CommandLineRun run = CommandLineRun.of(
                "database",
                "migrate",
                "--config",
                settings.toString(),
                "--owner",
                roles.owner(),
                "--password-file",
                password.toString());
        assertThat(run.code()).as(run.err()).isZero();
    }

    private void withNode(Path settings, Use use) throws Exception {
        var options = new NodeOptions("127.0.0.1", 0, folder.resolve("node"), 1, Optional.empty(), "test");
        Node.Started started = Node.start(options, SettingsReader.read(settings), InstantSource.system());
        try {
            use.of(new Api(started.address().getPort()));
        } finally {
            started.node().close();
        }
    }

    /** Decided on, done and verified; the decision's id is {@code client/} and the action. */
    private static void change(Api api, String action) throws Exception {
        api.await("resources", page -> page.findValuesAsText("resource").contains("vm/vm-1"));
        String body =
                """
                {"id": "%s", "resource": "vm/vm-1", "action": "%s", "reason": "test", "project": "shop",
                 "region": "region-1", "cost_per_hour_usd": 0}"""
                        .formatted(action, action);
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + api.port() + "/api/zeroops/operations/decisions"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        // by verdict: a list without it shows what the journal says of a decision, which may be ahead of the view's own
        // columns
        api.await("operations/decisions?verdict=approved", page -> ended(page, action)
                .contains("verified"));
    }

    private static List<String> ended(JsonNode page, String action) {
        List<String> results = new ArrayList<>();
        for (JsonNode decision : page.path("decisions")) {
            if (decision.path("decision_id").asText().equals("client/" + action)
                    && decision.path("phase").asText().equals("ended")) {
                results.add(decision.path("result").asText());
            }
        }
        return results;
    }

    private static void createDatabase(PrivateServer server, String name, PrivateServer.Roles roles)
            throws SQLException {
        try (var connection = server.superuser("postgres");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " OWNER " + roles.owner());
            statement.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
            statement.execute("GRANT CONNECT ON DATABASE " + name + " TO " + roles.application());
        }
    }

    private void postgres(String program, PrivateServer server, PrivateServer.Roles roles, String... more)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                PrivateServer.installation().orElseThrow().resolve(program).toString(),
                "--host=127.0.0.1",
                "--port=" + server.port(),
                "--username=" + roles.owner()));
        command.addAll(List.of(more));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", roles.password());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
