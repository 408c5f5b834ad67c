package io.novacron.zeroops.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Adopt;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.http.cli.CommandLineRun;
import io.novacron.zeroops.http.cli.ExitCode;
import io.novacron.zeroops.http.json.Focus;
import io.novacron.zeroops.http.json.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real budget behind a real server: a month of a dollar an hour, billed by the day. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BudgetRoutesTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DAYS = 30;

    private final RunningServer server = new RunningServer();
    private final BudgetAgent agent = new BudgetAgent("main", BudgetPolicy.DEFAULT);
    private BudgetState state = agent.initial();
    private Instant now = T0;

    @BeforeEach
    void budget() {
        tell(new Allocate(
                "p-1",
                List.of(
                        new Node("company", "", Money.dollars(10_000), 0),
                        new Node("shop", "company", Money.dollars(2_000), 1),
                        new Node("lab", "company", Money.dollars(1_000), 1))));
        var action = Action.of(ActionClass.SCALE_OUT, "workload/web", "shop", "eu-1", 0, 1, Money.dollars(1));
        tell(new Adopt("adopt/web", action, T0, T0.plusSeconds(30)));
        for (int day = 1; day <= DAYS; day++) {
            now = T0.plusSeconds(86_400L * day);
            tell(new Meter(new Origin("bills", day), "workload/web", Money.dollars(24), now));
        }
        server.operations.forecasts.update(server.operations.history, state, now.plusSeconds(7200));
        server.operations.moved = move -> CompletableFuture.completedFuture(tell(move));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Reply tell(Command command) {
        var taken = Turn.take(agent, state, command, now);
        for (BudgetEvent event : taken.result().events()) {
            server.operations.history.event(state, event);
            state = agent.apply(state, event);
        }
        return taken.result().reply();
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.read(response.body());
    }

    private HttpResponse<String> move(String person, String from, String to, String amount, String limit)
            throws Exception {
        String body = "{\"person\": \"" + person + "\", \"from\": \"" + from + "\", \"to\": \"" + to
                + "\", \"amount_usd\": " + amount + ", \"from_limit_usd\": " + limit + "}";
        return server.send(server.request("budget/reallocations")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void recordsArePagedAsFocusHasThem() throws Exception {
        JsonNode page = json("budget/records?limit=20");
        assertThat(page.get("records")).hasSize(20);
        assertThat(page.get("is_whole").asBoolean()).isTrue();
        JsonNode second = page.get("records").get(1);
        assertThat(second).hasSize(43);
        assertThat(second.get("billed_cost").decimalValue()).isEqualByComparingTo("24");
        assertThat(second.get("charge_period_start").asText()).isEqualTo("2026-01-02T00:00:00Z");
        assertThat(second.get("charge_period_end").asText()).isEqualTo("2026-01-03T00:00:00Z");
        assertThat(second.get("sub_account_id").asText()).isEqualTo("shop");
        assertThat(second.get("availability_zone").isNull()).isTrue();
        JsonNode rest = json("budget/records?limit=20&after=" + page.get("next").asLong());
        assertThat(rest.get("records")).hasSize(DAYS - 20);
        assertThat(rest.get("next").isNull()).isTrue();
        assertThat(json("budget/records?since=2026-01-10T00:00:00Z&until=2026-01-12T00:00:00Z")
                        .get("records"))
                .hasSize(2);
    }

    @Test
    void recordsAreCsvForWhoeverAsksForIt() throws Exception {
        HttpResponse<String> csv = server.send(server.request("budget/records?limit=3&since=2026-01-05T00:00:00Z")
                .header("Accept", "text/csv")
                .GET());
        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        List<String> lines = csv.body().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0) + "\n").isEqualTo(Focus.HEADER);
        String next = csv.headers().firstValue("Link").orElseThrow();
        assertThat(next).contains("since=2026-01-05T00:00:00Z&").endsWith("; rel=\"next\"");
        String path = next.substring(next.indexOf("budget/"), next.indexOf('>'));
        assertThat(json(path).get("records").get(0).get("charge_period_start").asText())
                .isEqualTo("2026-01-08T00:00:00Z");
    }

    /** Intervals need to have seen forecasts come out, which a month is too short for. */
    @Test
    void whatIsExpectedOfTheComingDaysIsTold() throws Exception {
        JsonNode budgets = json("budget/status").get("budgets");
        JsonNode shop = budgets.get(1);
        assertThat(shop.get("forecast_usd").asDouble()).isBetween(700.0, 740.0);
        assertThat(shop.get("forecast_low_usd").isNull()).isTrue();
        assertThat(shop.get("forecast_from").asText()).isEqualTo("2026-01-31T00:00:00Z");
        assertThat(shop.get("forecast_days").asInt()).isEqualTo(30);
        assertThat(shop.get("model").asText()).isNotEmpty();
        assertThat(budgets.get(2).get("node").asText()).isEqualTo("lab");
        assertThat(budgets.get(2).get("forecast_usd").isNull()).isTrue();
    }

    @Test
    void aPartOfALimitMovesOnce() throws Exception {
        HttpResponse<String> moved = move("p-17", "lab", "shop", "250.5", "1000");
        assertThat(moved.statusCode()).as(moved.body()).isEqualTo(200);
        assertThat(Json.read(moved.body()).get("result").asText()).isEqualTo("moved");
        assertThat(state.tree().node("shop").orElseThrow().limit()).isEqualTo(Money.dollars(2250.5));
        assertThat(move("p-17", "lab", "shop", "250.5", "1000").statusCode()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "p | shop | nobody | 1 | 2000 | 404 | not-found | GET budget/status",
                "p | shop | shop | 1 | 2000 | 400 | invalid-parameter | name another node",
                "p | shop | company | 1 | 2000 | 400 | invalid-parameter | same parent",
                "p | lab | shop | 1000 | 1000 | 400 | invalid-parameter | move less",
                "p | shop | lab | 1 | 1999 | 409 | limit-changed | not $1999",
                "p | shop | lab | 1900 | 2000 | 409 | limit-below-use | shrink what runs",
                "p | shop | lab | 0 | 2000 | 400 | invalid-parameter | from 0.000001 to 1000000000",
                "p | shop | lab | 0.0000001 | 2000 | 400 | invalid-parameter | 6 decimals",
                "a b | shop | lab | 1 | 2000 | 400 | invalid-parameter | letters, digits",
            })
    void whatCannotMoveIsSaid(
            String person, String from, String to, String amount, String limit, int status, String type, String detail)
            throws Exception {
        HttpResponse<String> refused = move(person, from, to, amount, limit);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(refused.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        JsonNode problem = Json.read(refused.body());
        assertThat(problem.get("type").asText()).isEqualTo("urn:zeroops:problem:" + type);
        assertThat(problem.get("detail").asText()).contains(detail);
    }

    private CommandLineRun run(String amount, String url, String... more) {
        List<String> args = new ArrayList<>(
                List.of("budget", "move", "--from", "lab", "--to", "shop", "--amount", amount, "--from-limit", "1000"));
        args.addAll(List.of("--person", "p-17", "--url", url));
        args.addAll(List.of(more));
        return CommandLineRun.of(args.toArray(String[]::new));
    }

    @Test
    void theCommandLineMovesIt() {
        String url = server.uri("").toString();
        CommandLineRun moved = run("250.5", url);
        assertThat(moved.err()).isEmpty();
        assertThat(moved.code()).isEqualTo(ExitCode.OK);
        assertThat(moved.out()).isEqualToIgnoringNewLines("moved $250.5 from lab to shop");
        assertThat(state.tree().node("lab").orElseThrow().limit()).isEqualTo(Money.dollars(749.5));
        CommandLineRun again = run("250.5", url, "--json");
        assertThat(again.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(again.out()).contains("limit-changed");
        assertThat(again.err()).contains("GET budget/status");
        assertThat(run("1", "nowhere").code()).isEqualTo(ExitCode.BAD_INPUT);
        CommandLineRun silent = run("1", "http://127.0.0.1:1");
        assertThat(silent.code()).isEqualTo(ExitCode.UNEXPECTED);
        assertThat(silent.err()).contains("http://127.0.0.1:1", "same again is safe");
    }

    @Test
    void silenceIsNoAnswer() throws Exception {
        server.operations.moved = move -> CompletableFuture.failedFuture(new TimeoutException());
        HttpResponse<String> unknown = move("p", "shop", "lab", "1", "2000");
        assertThat(unknown.statusCode()).isEqualTo(504);
        assertThat(Json.read(unknown.body()).get("type").asText()).endsWith("outcome-unknown");
        server.operations.moved = move -> CompletableFuture.completedFuture(Reply.notNow("busy"));
        assertThat(move("p", "shop", "lab", "1", "2000").statusCode()).isEqualTo(503);
    }
}
