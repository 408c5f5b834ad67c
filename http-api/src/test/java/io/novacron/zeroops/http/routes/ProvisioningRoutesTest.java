package io.novacron.zeroops.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.provisioning.PooledVm.Finding;
import io.novacron.zeroops.agents.provisioning.PooledVm.Stop;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.ChangeEnded;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.VmsJoined;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.WasteFound;
import io.novacron.zeroops.agents.provisioning.ProvisionerState;
import io.novacron.zeroops.http.cli.CommandLineRun;
import io.novacron.zeroops.http.cli.ExitCode;
import io.novacron.zeroops.http.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two pools: of one VM that is stopped, one that is to be, and one that runs; and of none. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProvisioningRoutesTest {
    private static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant QUIET = T0.minusSeconds(3_600);

    private final RunningServer server = new RunningServer();

    @BeforeEach
    void pool() {
        var stop = new Stop("pool/dev/3", QUIET, T0, T0.plus(Duration.ofDays(7)), true, false);
        server.views.pools.put(
                "pool/dev",
                after(
                        new VmsJoined(T0, List.of("vm/dev-1", "vm/dev-2", "vm/dev-3")),
                        new ChangeEnded(
                                T0,
                                "vm/dev-1",
                                "pool/dev/4",
                                Optional.empty(),
                                "",
                                Optional.empty(),
                                Optional.of(stop),
                                false,
                                Duration.ZERO,
                                T0),
                        new WasteFound(T0, "vm/dev-2", new Finding("idle", QUIET, T0))));
    }

    private static ProvisionerState after(ProvisionerEvent... events) {
        ProvisionerState state = ProvisionerState.INITIAL;
        for (ProvisionerEvent event : events) {
            state = event.applyTo(state);
        }
        return state;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.read(response.body());
    }

    private HttpResponse<String> undo(String body) throws Exception {
        return server.send(server.request("provisioning/undo")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void whatDoesNotSimplyRunIsToldPageByPage() throws Exception {
        JsonNode first = json("provisioning/vms?limit=1");
        assertThat(
                        Json.read(
                                """
                        {"pool": "dev", "vm": "vm/dev-1", "phase": "snapshotted", "since": "2026-03-02T08:00:00Z",
                         "quiet_since": "2026-03-02T07:00:00Z", "cause": null, "token": "pool/dev/3",
                         "delete_after": "2026-03-09T08:00:00Z", "wanted_back": false, "change": null,
                         "decision_id": null}"""))
                .isEqualTo(first.path("vms").path(0));
        JsonNode rest = json("provisioning/vms?after=" + first.path("next").asText());
        assertThat(rest.path("vms")).hasSize(1);
        assertThat(rest.path("vms").path(0).path("phase").asText()).isEqualTo("to_be_stopped");
        assertThat(rest.path("vms").path(0).path("cause").asText()).isEqualTo("idle");
        assertThat(rest.path("next").isNull()).isTrue();
        assertThat(json("provisioning/vms?pool=dev").path("vms")).hasSize(2);
        assertThat(json("provisioning/vms?pool=test").path("vms")).isEmpty();
        assertThat(server.get("provisioning/vms?pool=none").statusCode()).isEqualTo(404);
    }

    @Test
    void anUndoIsGivenToThePoolOfItsToken() throws Exception {
        HttpResponse<String> response = undo("{\"token\": \"pool/dev/3\", \"person\": \"p-1\"}");
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEqualTo("{\"result\":\"accepted\"}");
        assertThat(server.operations.asked).containsExactly("undo: pool/dev p-1 pool/dev/3");
        assertThat(undo("{\"token\": \"pool/none/3\", \"person\": \"p-1\"}").statusCode())
                .isEqualTo(404);
        assertThat(undo("{\"token\": \"vm/dev-1\", \"person\": \"p-1\"}").statusCode())
                .isEqualTo(404);
        HttpResponse<String> nobody = undo("{\"token\": \"pool/dev/3\"}");
        assertThat(nobody.statusCode()).isEqualTo(400);
        assertThat(nobody.body()).contains("\"field\":\"person\"");
        assertThat(server.operations.asked).hasSize(1);
    }

    @Test
    void aRefusalSaysWhyAndWhatToDo() throws Exception {
        String body = "{\"token\": \"pool/dev/9\", \"person\": \"p-1\"}";
        server.operations.reply = Reply.refused("unknown_token");
        HttpResponse<String> unknown = undo(body);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("urn:zeroops:problem:unknown-token", "GET provisioning/vms");
        server.operations.reply = Reply.refused("grace_over");
        HttpResponse<String> late = undo(body);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("urn:zeroops:problem:grace-over", "restore its snapshot");
        server.operations.reply = Reply.notNow("starting");
        assertThat(undo(body).statusCode()).isEqualTo(503);
    }

    @Test
    void theCommandLineSaysTheSame() throws Exception {
        String url = server.uri("").toString();
        var listed = CommandLineRun.of("vms", "--pool", "dev", "--url", url);
        assertThat(listed.code()).as(listed.err()).isEqualTo(ExitCode.OK);
        assertThat(listed.out()).contains("vm/dev-1", "snapshotted", "pool/dev/3", "2026-03-09", "vm/dev-2");
        var asJson = CommandLineRun.of("vms", "--json", "--url", url);
        assertThat(Json.read(asJson.out()).path("vms")).hasSize(2);
        assertThat(CommandLineRun.of("vms", "--pool", "none", "--url", url).code())
                .isEqualTo(ExitCode.BAD_INPUT);

        var undone = CommandLineRun.of("undo", "pool/dev/3", "--person", "p-1", "--url", url);
        assertThat(undone.code()).as(undone.err()).isEqualTo(ExitCode.OK);
        assertThat(undone.out()).contains("pool/dev/3");
        server.operations.reply = Reply.refused("grace_over");
        var late = CommandLineRun.of("undo", "pool/dev/3", "--person", "p-1", "--url", url);
        assertThat(late.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(late.err()).contains("restore its snapshot");
    }
}
