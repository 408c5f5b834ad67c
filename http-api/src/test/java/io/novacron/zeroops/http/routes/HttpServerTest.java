package io.novacron.zeroops.http.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.novacron.zeroops.agents.safety.Mode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route, as it answers what is asked rightly. */
class HttpServerTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private RunningServer node;

    @BeforeEach
    void start() {
        node = new RunningServer();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private JsonNode ok(String path) throws Exception {
        HttpResponse<String> response = node.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        return MAPPER.readTree(response.body());
    }

    private static List<String> ids(JsonNode page) {
        return page.get("decisions").findValuesAsText("decision_id");
    }

    @Test
    void statusTellsHowTheNodeIs() throws Exception {
        node.operations.mode = Mode.LOW_RISK;
        JsonNode status = ok("operations/status");
        assertThat(status.get("ready").asBoolean()).isTrue();
        assertThat(status.get("problems")).isEmpty();
        assertThat(status.get("mode").asText()).isEqualTo("low-risk");
        assertThat(status.get("simulated").asBoolean()).isTrue();
        assertThat(status.get("now").asText()).isEqualTo("2026-01-05T12:20:00Z");
        assertThat(status.get("started_at").asText()).isEqualTo("2026-01-05T10:30:00Z");
        assertThat(status.get("speed").asDouble()).isEqualTo(10);
        assertThat(status.get("journal_events").asLong()).isEqualTo(48_211);
        assertThat(status.get("read_up_to").asLong()).isEqualTo(58);
        assertThat(status.get("settings_sha256").asText()).hasSize(64);
        assertThat(status.get("counts").get("decisions").asLong()).isEqualTo(4);
        assertThat(status.get("counts").get("rejected").asLong()).isEqualTo(1);
    }

    @Test
    void decisionsAreListedNewestFirst() throws Exception {
        JsonNode page = ok("operations/decisions");
        assertThat(ids(page)).containsExactly("scaler/web/58", "scaler/search/44", "scaler/web/31", "scaler/web/17");
        assertThat(page.get("next").isNull()).isTrue();
        JsonNode countered = page.get("decisions").get(2);
        assertThat(countered.get("kind").asText()).isEqualTo("scale_out");
        assertThat(countered.get("from").asInt()).isEqualTo(6);
        assertThat(countered.get("priority").asText()).isEqualTo("P2");
        assertThat(countered.get("proposed_to").asInt()).isEqualTo(10);
        assertThat(countered.get("to").asInt()).isEqualTo(7);
        assertThat(countered.get("binding_constraint").asText()).isEqualTo("max_scale_up_percent");
        assertThat(countered.get("verdict").asText()).isEqualTo("approved");
        assertThat(countered.get("result").asText()).isEqualTo("verified");
        assertThat(countered.get("cost_change_per_hour_usd").decimalValue()).isEqualByComparingTo("0.0832");
        JsonNode running = page.get("decisions").get(0);
        assertThat(running.get("phase").asText()).isEqualTo("running");
        assertThat(running.get("verdict").isNull()).isTrue();
        assertThat(running.get("result").isNull()).isTrue();
        JsonNode rejected = page.get("decisions").get(1);
        assertThat(rejected.get("binding_constraint").asText()).isEqualTo("business_hours_only");
        assertThat(rejected.get("result").isNull()).isTrue();
    }

    @Test
    void pagesFollowEachOther() throws Exception {
        JsonNode first = ok("operations/decisions?limit=3");
        assertThat(ids(first)).hasSize(3);
        JsonNode second =
                ok("operations/decisions?limit=3&before=" + first.get("next").asLong());
        assertThat(ids(second)).containsExactly("scaler/web/17");
        assertThat(second.get("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "resource=workload/search, scaler/search/44",
        "agent=scaler%2Fsearch, scaler/search/44",
        "verdict=rejected, scaler/search/44",
        "cause=capacity_above_demand, scaler/search/44",
        "since=2026-01-05T12:18:20Z, scaler/web/58",
        "until=2026-01-05T12:08:40Z, scaler/web/17",
        "since=2026-01-05T12:11:40Z&until=2026-01-05T12:18:20Z, scaler/search/44"
    })
    void filtersAreHandedOn(String query, String expected) throws Exception {
        assertThat(ids(ok("operations/decisions?" + query))).containsExactly(expected);
    }

    @Test
    void oneDecisionIsToldInFull() throws Exception {
        JsonNode one = ok("operations/decisions/scaler/web/31");
        assertThat(one.get("decision_id").asText()).isEqualTo("scaler/web/31");
        assertThat(one.get("effect").asText()).contains("71 %");
        assertThat(one.get("alternatives").get(0).get("why").asText()).isEqualTo("do nothing");
        assertThat(one.get("facts").get(1).get("name").asText()).isEqualTo("peak_soon");
        assertThat(one.get("votes").findValuesAsText("answer")).containsExactly("counter", "accept", "accept");
        assertThat(one.get("votes").findValuesAsText("reviewer")).containsExactly("governor", "budget", "owner");
        assertThat(one.get("votes").get(0).get("detail").asText()).isEqualTo("6 may become 7 in 5 minutes");
        assertThat(one.get("votes").get(0).get("to").asInt()).isEqualTo(7);
        assertThat(one.get("change").get("end").asText()).isEqualTo("verified");
        assertThat(one.get("approvals").isNull()).isTrue();
        assertThat(one.get("course").findValuesAsText("what"))
                .containsExactly("proposed", "opened", "counter", "accept", "accept", "ended");
        assertThat(one.get("course").findValuesAsText("at").stream().map(Instant::parse))
                .isSorted();
        assertThat(ok("operations/decisions/scaler%2Fweb%2F31")).isEqualTo(one);
    }

    @Test
    void whatPeopleAreAskedIsTold() throws Exception {
        FoldedDecision asked = FoldedDecision.opened("web", 70, 1150, 7, 9, 0.2);
        node.views.put(asked.view());
        JsonNode waiting = ok("operations/decisions/scaler/web/70");
        assertThat(waiting.get("phase").asText()).isEqualTo("approving");
        assertThat(waiting.get("approvals").get("needed").asInt()).isEqualTo(2);
        assertThat(waiting.get("approvals").get("proposal_sha256").asText())
                .isEqualTo(
                        asked.view().state().course().orElseThrow().proposal().hash());
        node.views.put(RunningServer.escalated(70).view());
        JsonNode ended = ok("operations/decisions/scaler/web/70");
        assertThat(ended.get("approvals").get("approvers")).hasSize(2);
        assertThat(ended.get("achieved").isNull()).isTrue();
        assertThat(ended.get("interventions").toString()).isEqualTo("[\"approved\",\"escalated\"]");
        assertThat(ended.get("change").get("detail").asText()).isEqualTo("outcome_unknown");
        JsonNode interventions = ok("interventions?limit=1").get("interventions");
        assertThat(interventions).hasSize(1);
        assertThat(interventions.get(0).get("decision_id").asText()).isEqualTo("scaler/web/70");
        assertThat(interventions.get(0).get("kind").asText()).isEqualTo("approved");
    }

    @Test
    void resourcesAndBudgetsAreTold() throws Exception {
        JsonNode page = ok("resources?limit=10");
        JsonNode web = page.get("resources").get(0);
        assertThat(page.get("next").isNull()).isTrue();
        assertThat(ok("resources?limit=1").get("next").asText()).isEqualTo("workload/web");
        assertThat(ok("resources?after=workload/web").get("resources")).isEmpty();
        assertThat(web.get("condition").asText()).isEqualTo("running");
        assertThat(web.get("flight").get("decision_id").asText()).isEqualTo("scaler/web/58");
        assertThat(web.get("last").get("end").asText()).isEqualTo("verified");
        JsonNode budgets = ok("budgets").get("budgets");
        assertThat(budgets.findValuesAsText("node")).containsExactly("company", "shop", "lab");
        assertThat(budgets.get(1).get("used_usd").decimalValue()).isEqualByComparingTo("648.25");
        assertThat(budgets.get(1).get("used_share").asDouble()).isEqualTo(648.25 / 700);
        assertThat(budgets.get(0).get("parent").isNull()).isTrue();
        assertThat(budgets.get(2).get("used_share").isNull()).isTrue();
        assertThat(budgets.get(1).get("expected_usd").decimalValue()).isEqualByComparingTo("636");
        assertThat(budgets.get(1).get("told_expected_percent").asInt()).isEqualTo(90);
        assertThat(ok("budget/status").get("budgets")).isEqualTo(budgets);
        JsonNode anomaly = ok("budget/anomalies").get("anomalies").get(0);
        assertThat(anomaly.get("node").asText()).isEqualTo("shop");
        assertThat(anomaly.get("billed_usd").decimalValue()).isEqualByComparingTo("9");
    }

    @Test
    void theFleetAndItsHistoryAreTold() throws Exception {
        JsonNode fleet = ok("fleet");
        assertThat(fleet.get("simulated").asBoolean()).isTrue();
        JsonNode web = fleet.get("workloads").get(0);
        assertThat(web.get("load_per_s").asDouble()).isEqualTo(612.4);
        assertThat(web.get("safe_capacity_per_s").asDouble()).isEqualTo(700);
        assertThat(web.get("cost_per_hour_usd").decimalValue()).isEqualByComparingTo("0.7488");
        assertThat(fleet.get("workloads").get(1).get("expected_peak_per_s").isNull())
                .isTrue();
        JsonNode all = ok("fleet/web/history");
        assertThat(all.get("at_epoch_ms")).hasSize(241);
        assertThat(all.get("load_per_s")).hasSize(241);
        assertThat(all.get("expected_peak_per_s")).hasSize(241);
        assertThat(all.get("safe_capacity_per_s")).hasSize(241);
        assertThat(ok("fleet/web/history?since=2026-01-05T12:19:50Z").get("at_epoch_ms"))
                .hasSize(2);
    }

    @Test
    void healthAndReadinessDiffer() throws Exception {
        node.operations.problems.add("journal not writable: no space left");
        assertThat(ok("healthz").get("alive").asBoolean()).isTrue();
        HttpResponse<String> response = node.get("readyz");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("journal not writable: no space left");
        assertThat(ok("operations/status").get("ready").asBoolean()).isFalse();
        node.operations.problems.clear();
        assertThat(ok("readyz").get("ready").asBoolean()).isTrue();
    }

    @Test
    void automationIsPausedAndResumedWithAReason() throws Exception {
        for (String command : List.of("pause", "resume")) {
            HttpResponse<String> response = node.send(node.request("operations/" + command)
                    .header("Content-Type", "application/json")
                    .header("Origin", "http://127.0.0.1:" + node.port())
                    .POST(HttpRequest.BodyPublishers.ofString("{\"reason\": \"switch \\\"A\\\" fails\"}")));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("{\"result\":\"" + command + "d\"}");
        }
        assertThat(node.operations.asked).containsExactly("pause: switch \"A\" fails", "resume: switch \"A\" fails");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/zeroops/dashboard", "/zeroops/dashboard/", "/zeroops/dashboard/lib/uPlot.esm.js"})
    void pagesComeWithWhatKeepsThemSafe(String path) throws Exception {
        HttpResponse<String> response = node.send(HttpRequest.newBuilder(node.uri(path)));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'self';");
        assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        String tag = response.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again =
                node.send(HttpRequest.newBuilder(node.uri(path)).header("If-None-Match", tag));
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void theRootLeadsToTheDashboard() throws Exception {
        HttpResponse<String> response = node.send(HttpRequest.newBuilder(node.uri("/")));
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location")).hasValue("/zeroops/dashboard");
    }

    @Test
    void whoeverAsksForTheHeadGetsNoBody() throws Exception {
        HttpResponse<String> response =
                node.send(node.request("healthz").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aPortInUseIsSaidInOneLine() {
        assertThatThrownBy(() -> RunningServer.await(
                        HttpServer.start(node.system, "127.0.0.1", node.port(), node.views, node.operations)))
                .isInstanceOf(ServerStartException.class)
                .hasMessage("port " + node.port() + " is in use; choose another with --port");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0, --host 0.0.0.0",
        "no.such.host.invalid, 0, --host no.such",
        "127.0.0.1, 65536, --port 65536"
    })
    void whereItMayNotListenItDoesNot(String host, int port, String message) {
        assertThatThrownBy(() ->
                        RunningServer.await(HttpServer.start(node.system, host, port, node.views, node.operations)))
                .isInstanceOf(ServerStartException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void afterAStopThePortIsFree() throws Exception {
        int port = node.port();
        node.stop();
        node.startAgain(port);
        assertThat(ok("healthz").get("alive").asBoolean()).isTrue();
    }
}
