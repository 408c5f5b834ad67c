package io.novacron.zeroops.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.http.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is proposed over HTTP, and how it is answered. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProposalRoutesTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String SCALE =
            "{'id':'c-1','resource':'workload/web','action':'scale','instances':12,'reason':'launch'}";
    private static final String STOP = "{'id':'c-2','resource':'vm/vm-7','action':'stop','reason':'idle','project':"
            + "'lab','region':'eu','cost_per_hour_usd':0.25}";

    private final RunningServer server = new RunningServer();

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private HttpResponse<String> post(String body) throws Exception {
        return post("/api/zeroops/operations/decisions", body);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return Json.read(response.body());
    }

    @Test
    void opensADecisionAndSaysWhereItIs() throws Exception {
        HttpResponse<String> answer = post(SCALE);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location")).contains("/api/zeroops/operations/decisions/client/c-1");
        assertThat(json(answer).path("state").asText()).isEqualTo("pending");
        assertThat(post("/api/v1/decisions", SCALE).body()).as("its first name").isEqualTo(answer.body());
        Proposal proposal = server.operations.proposals.get(0);
        assertThat(proposal.decision()).isEqualTo("client/c-1");
        assertThat(proposal.defect()).isEmpty();
        assertThat(proposal.action().kind()).isEqualTo(ActionClass.SCALE_OUT);
        assertThat(proposal.action().from()).isEqualTo(7);
        assertThat(proposal.action().project()).isEqualTo("shop");
    }

    @Test
    void aVmsPriceIsSaidWithIt() throws Exception {
        assertThat(post(STOP).statusCode()).isEqualTo(202);
        Proposal proposal = server.operations.proposals.get(0);
        assertThat(proposal.action().kind()).isEqualTo(ActionClass.STOP_VM);
        assertThat(proposal.action().unitCostPerHour().micros()).isEqualTo(250_000);
        assertThat(proposal.defect()).isEmpty();
    }

    @Test
    void theSameAgainHasTheSameCauseAndAnythingElseAnother() throws Exception {
        post(STOP);
        post(STOP);
        post(STOP.replace("idle", "idle!"));
        var causes = server.operations.proposals.stream().map(Proposal::cause).toList();
        assertThat(causes.get(1)).isEqualTo(causes.get(0));
        assertThat(causes.get(2)).isNotEqualTo(causes.get(0));
    }

    @Test
    void whatTheDecisionSaysIsTold() throws Exception {
        server.operations.opened = proposal -> CompletableFuture.completedFuture(Reply.refused("decision_id_taken"));
        assertThat(post(STOP).statusCode()).isEqualTo(409);
        assertThat(json(post(STOP)).path("type").asText()).endsWith(":id-taken");
        server.operations.opened = proposal -> CompletableFuture.completedFuture(Reply.notNow("overloaded"));
        assertThat(post(STOP).statusCode()).isEqualTo(503);
        assertThat(post(STOP).headers().firstValue("Retry-After")).contains("1");
        server.operations.opened = proposal -> CompletableFuture.failedFuture(new TimeoutException());
        assertThat(post(STOP).statusCode()).isEqualTo(504);
        assertThat(json(post(STOP)).path("type").asText()).endsWith(":outcome-unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'id':'c-1' | 'id':'a/b' | id | use an id of your own",
                "'workload/web' | 'vm/vm-1' | resource | scale is for workloads",
                "'scale' | 'fly' | action | use scale, start, stop, restart",
                ",'instances':12 | '' | instances | say how many there shall be",
                "12 | -1 | instances | use a whole number from 0 to 1000000",
                "'launch' | '' | reason | say why in one line",
                "'reason' | 'project':'x','reason' | project | leave it out: the settings say it",
                "'reason' | 'priority':'P9','reason' | priority | use P0, P1, P2, P3 or P4",
                "'reason' | 'because':1,'reason' | because | unknown field; use id, resource",
            })
    void whatMakesNoSenseIsRefusedByItsField(String part, String wrong, String field, String remedy) throws Exception {
        String replacement = wrong.equals("''") && part.startsWith(",") ? "" : wrong;
        HttpResponse<String> answer = post(SCALE.replace(part, replacement));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("field").asText()).isEqualTo(field);
        assertThat(json(answer).path("remedy").asText()).startsWith(remedy);
        assertThat(server.operations.proposals).isEmpty();
    }

    @Test
    void whatIsSoAlreadyOrUnknownIsNoProposal() throws Exception {
        assertThat(json(post(SCALE.replace("12", "7"))).path("type").asText()).endsWith(":nothing-to-do");
        assertThat(post("{'id':'c','resource':'workload/none','action':'scale','instances':1,'reason':'x','project':"
                                + "'lab','region':'eu','cost_per_hour_usd':1}")
                        .statusCode())
                .isEqualTo(404);
    }
}
