package io.novacron.zeroops.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;

/** A client of a running node. */
public record Api(int port) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MS = 100;

    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** @return the status code */
    public int post(String path, String body) throws IOException, InterruptedException {
        HttpRequest post = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(post, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/zeroops/" + path));
    }

    public JsonNode status() throws IOException, InterruptedException {
        return get("operations/status");
    }

    /** Every decision so far; there are fewer than a page holds. */
    public JsonNode decisions() throws IOException, InterruptedException {
        return get("operations/decisions?limit=500").path("decisions");
    }

    /** Asks again and again until the answer is as wanted; fails if it never is. */
    public JsonNode await(String path, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        JsonNode last = get(path);
        for (long waited = 0; !wanted.test(last); waited += LOOK_EVERY_MS) {
            if (waited > PATIENCE.toMillis()) {
                throw new AssertionError("not within " + PATIENCE + ": " + path + " says " + last);
            }
            Thread.sleep(LOOK_EVERY_MS);
            last = get(path);
        }
        return last;
    }
}
