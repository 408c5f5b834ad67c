package io.novacron.zeroops.http.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** HTTP from a host of the network, for a test that is itself on none: a process there, asked line by line. */
final class Inside implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    Inside(Host host) throws IOException {
        process = host.command(Java.command(List.of(), Inside.class, List.of()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param status 0 if there was no answer, of which the body then says why */
    record Answer(int status, String body) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new IllegalStateException("no JSON: " + body, e);
            }
        }
    }

    synchronized Answer get(String url) {
        return send("GET", url, "");
    }

    synchronized Answer post(String url, String body) {
        return send("POST", url, body);
    }

    private Answer send(String method, String url, String body) {
        try {
            questions.write(JSON.writeValueAsString(Map.of("method", method, "url", url, "body", body)));
            questions.newLine();
            questions.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the process that asks " + url + " has ended");
            }
            JsonNode answer = JSON.readTree(line);
            return new Answer(answer.get("status").asInt(), answer.get("body").asText());
        } catch (IOException e) {
            throw new IllegalStateException("cannot ask " + url, e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process itself: until the end of its input. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode question = JSON.readTree(line);
            Map<String, Object> answer;
            try {
                var request = HttpRequest.newBuilder(
                                URI.create(question.get("url").asText()))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .method(
                                question.get("method").asText(),
                                BodyPublishers.ofString(question.get("body").asText()))
                        .build();
                var response = http.send(request, BodyHandlers.ofString());
                answer = Map.of("status", response.statusCode(), "body", response.body());
            } catch (IOException e) {
                answer = Map.of("status", 0, "body", String.valueOf(e));
            }
            System.out.println(JSON.writeValueAsString(answer));
        }
    }
}
