package io.novacron.zeroops.http.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.http.json.Json;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "move",
        description = {
            "Move a part of one node's limit to a sibling. What the giver uses stays, and a repeat moves nothing, since it"
                    + " names the limit before."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  ./zeroops budget move --from batch --to web --amount 500 --from-limit 2000 --person p-17",
            "",
            "Exit codes:",
            "  0  it is journaled",
            "  1  the node did not answer, or nobody knows: the same again is safe",
            "  2  it is refused, and why"
        })
final class BudgetMoveCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PATH = "/api/zeroops/budget/reallocations";
    private static final int SERVER_ERROR = 500;

    private final Terminal terminal;

    @Option(names = "--from", required = true, paramLabel = "NODE", description = "Whose limit becomes less.")
    private String from = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "NODE",
            description = "Its sibling, whose limit becomes more.")
    private String to = "";

    @Option(names = "--amount", required = true, paramLabel = "USD", description = "By how many dollars a month.")
    private BigDecimal amount = BigDecimal.ZERO;

    @Option(
            names = "--from-limit",
            required = true,
            paramLabel = "USD",
            description = "The giver's limit as it is now, by GET budget/status.")
    private BigDecimal fromLimit = BigDecimal.ZERO;

    @Option(names = "--person", required = true, paramLabel = "ID", description = "Who moves it, for the journal.")
    private String person = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the node listens. Default: ${DEFAULT-VALUE}.")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--json", description = "Print what the node answers.")
    private boolean json;

    BudgetMoveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        HttpResponse<String> response;
        try {
            response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(request(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            terminal.err()
                    .println("zeroops: no answer from " + url + " ("
                            + e.getClass().getSimpleName() + "); is the node running there? The same again is safe");
            return ExitCode.UNEXPECTED;
        }
        if (json) {
            terminal.out().println(response.body());
        } else if (response.statusCode() == 200) {
            terminal.out().println("moved $" + amount.toPlainString() + " from " + from + " to " + to);
        }
        if (response.statusCode() == 200) {
            return ExitCode.OK;
        }
        terminal.err().println("zeroops: " + detail(response));
        return response.statusCode() < SERVER_ERROR ? ExitCode.BAD_INPUT : ExitCode.UNEXPECTED;
    }

    private HttpRequest request() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("person", person);
        body.put("from", from);
        body.put("to", to);
        body.put("amount_usd", amount);
        body.put("from_limit_usd", fromLimit);
        try {
            return HttpRequest.newBuilder(url.resolve(PATH))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--url " + url + ": use an address such as http://127.0.0.1:8080");
        }
    }

    private static String detail(HttpResponse<String> response) {
        try {
            JsonNode problem = Json.read(response.body());
            return problem.path("detail").asText("the node answered " + response.statusCode());
        } catch (JsonProcessingException e) {
            return "what answered " + response.statusCode() + " is no node of this product";
        }
    }
}
