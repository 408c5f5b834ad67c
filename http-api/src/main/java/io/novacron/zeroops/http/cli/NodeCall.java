package io.novacron.zeroops.http.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.novacron.zeroops.http.json.Json;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** Options of commands that ask a running node, and the asking: one request, which may be repeated safely. */
final class NodeCall {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String API = "/api/zeroops/";
    private static final int SERVER_ERROR = 500;
    private static final int REFUSED = 400;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the node listens. Default: ${DEFAULT-VALUE}.")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--json", description = "Print what the node answers.")
    private boolean json;

    /**
     * Asks.
     *
     * @param path below {@code /api/zeroops/}
     * @param print what people read of a success
     * @return an {@link ExitCode}
     */
    int get(String path, Terminal terminal, Consumer<JsonNode> print) throws InterruptedException {
        return send(path, HttpRequest.Builder::GET, terminal, print);
    }

    /** The same, with something to be done. */
    int post(String path, Object body, Terminal terminal, Consumer<JsonNode> print) throws InterruptedException {
        return send(
                path,
                request -> request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))),
                terminal,
                print);
    }

    private int send(String path, Consumer<HttpRequest.Builder> method, Terminal terminal, Consumer<JsonNode> print)
            throws InterruptedException {
        HttpRequest.Builder request = request(path);
        method.accept(request);
        HttpResponse<String> response;
        try {
            response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            terminal.err()
                    .println("zeroops: no answer from " + url + " ("
                            + e.getClass().getSimpleName() + "); is the node running there? The same again is safe");
            return ExitCode.UNEXPECTED;
        }
        return told(response, terminal, print);
    }

    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(url.resolve(API + path)).timeout(PATIENCE);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--url " + url + ": use an address such as http://127.0.0.1:8080");
        }
    }

    private int told(HttpResponse<String> response, Terminal terminal, Consumer<JsonNode> print) {
        int status = response.statusCode();
        JsonNode answer;
        try {
            answer = Json.read(response.body());
        } catch (JsonProcessingException e) {
            terminal.err().println("zeroops: what answered " + status + " is no node of this product");
            return status < SERVER_ERROR ? ExitCode.BAD_INPUT : ExitCode.UNEXPECTED;
        }
        if (json) {
            terminal.out().println(response.body());
        } else if (status < REFUSED) {
            print.accept(answer);
        }
        if (status < REFUSED) {
            return ExitCode.OK;
        }
        terminal.err().println("zeroops: " + answer.path("detail").asText("the node answered " + status));
        return status < SERVER_ERROR ? ExitCode.BAD_INPUT : ExitCode.UNEXPECTED;
    }
}
