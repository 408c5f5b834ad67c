package io.novacron.zeroops.http.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Decisions as clients hear of them while they change. */
@Timeout(60)
class DecisionStreamTest {
    private static final String PATH = "operations/decisions/stream";
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

    private HttpResponse<InputStream> listen(HttpRequest.Builder request) throws Exception {
        return node.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static BufferedReader lines(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private void awaitListeners(int count) throws InterruptedException {
        while (node.operations.listening() != count) {
            Thread.sleep(5);
        }
    }

    /** The next event's data; heartbeats are passed over. */
    private static String next(BufferedReader lines) throws Exception {
        String line = lines.readLine();
        while (!line.startsWith("data:") || line.equals("data:")) {
            line = lines.readLine();
        }
        return line.substring("data:".length());
    }

    @Test
    void aChangeIsHeardAsItIsListed() throws Exception {
        HttpResponse<InputStream> response = listen(node.request(PATH));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        awaitListeners(1);
        var opened = FoldedDecision.opened("web", 70, 1150, 7, 9);
        node.operations.changed(opened.view());
        node.operations.changed(opened.verified().view());
        node.views.put(opened.view());
        try (BufferedReader lines = lines(response)) {
            JsonNode first = MAPPER.readTree(next(lines));
            assertThat(first.get("phase").asText()).isEqualTo("reviewing");
            JsonNode second = MAPPER.readTree(next(lines));
            JsonNode listed = MAPPER.readTree(
                            node.get("operations/decisions?limit=1").body())
                    .get("decisions")
                    .get(0);
            assertThat(second).isEqualTo(listed);
        }
    }

    @Test
    void eventsAreNamed() throws Exception {
        HttpResponse<InputStream> response = listen(node.request(PATH));
        awaitListeners(1);
        node.operations.changed(FoldedDecision.opened("web", 70, 1150, 7, 9).view());
        try (BufferedReader lines = lines(response)) {
            List<String> seen = new ArrayList<>();
            while (seen.stream().noneMatch(line -> line.startsWith("data:{"))) {
                seen.clear(); // a heartbeat
                for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
                    seen.add(line);
                }
            }
            assertThat(seen).contains("event:decision");
        }
    }

    @Test
    void whoeverAcceptsEventsGetsThemFromTheListToo() throws Exception {
        HttpResponse<InputStream> response =
                listen(node.request("operations/decisions").header("Accept", "text/event-stream"));
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        response.body().close();
        HttpResponse<String> any =
                node.send(node.request("operations/decisions").header("Accept", "*/*"));
        assertThat(any.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void clientsHaveABoundAndThoseThatLeaveMakeRoom() throws Exception {
        List<HttpResponse<InputStream>> all = new ArrayList<>();
        for (int i = 0; i < DecisionStream.CLIENTS_MAX; i++) {
            all.add(listen(node.request(PATH)));
        }
        awaitListeners(DecisionStream.CLIENTS_MAX);
        HttpResponse<String> refused = node.send(node.request(PATH));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("urn:zeroops:problem:too-many-streams");
        for (HttpResponse<InputStream> one : all) {
            one.body().close();
        }
        while (node.operations.listening() > 0) { // that nobody is there is noticed once something is sent
            node.operations.changed(FoldedDecision.opened("web", 70, 1150, 7, 9).view());
            Thread.sleep(5);
        }
        HttpResponse<InputStream> next = listen(node.request(PATH));
        assertThat(next.statusCode()).isEqualTo(200);
        next.body().close();
    }

    @Test
    void aClientThatDoesNotReadLosesTheOldest() throws Exception {
        int sent = 30_000;
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(node.server().address());
            socket.getOutputStream()
                    .write(("GET /api/zeroops/" + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            awaitListeners(1);
            for (int i = 1; i <= sent; i++) {
                node.operations.changed(
                        FoldedDecision.opened("web", 1000 + i, 1150, 7, 9).view());
            }
            var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            int heard = 0;
            long last = 0;
            while (last != 1000 + sent) {
                JsonNode event = MAPPER.readTree(next(lines));
                assertThat(event.get("ordering").asLong()).isGreaterThan(last);
                last = event.get("ordering").asLong();
                heard++;
            }
            assertThat(heard).isLessThan(sent);
        }
    }

    @Test
    void aStopEndsTheStreams() throws Exception {
        HttpResponse<InputStream> response = listen(node.request(PATH));
        awaitListeners(1);
        int port = node.port();
        node.stop();
        awaitListeners(0);
        try (BufferedReader lines = lines(response)) {
            Throwable thrown = catchThrowable(() -> lines.lines().forEach(line -> {}));
            assertThat(thrown)
                    .satisfiesAnyOf(
                            cut -> assertThat(cut).isInstanceOf(UncheckedIOException.class),
                            ended -> assertThat(ended).isNull());
        }
        node.startAgain(port);
    }
}
