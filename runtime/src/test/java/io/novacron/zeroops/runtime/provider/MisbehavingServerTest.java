package io.novacron.zeroops.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.Observed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server does, each call ends with the one outcome that is true of it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MisbehavingServerTest {
    private static final int CALLS = 60;

    /** What the server does with a request, and what the client must make of it. */
    private enum Behaviour {
        ANSWERS,
        FAILS,
        REFUSES_REQUEST,
        IS_BUSY,
        IS_BROKEN,
        REDIRECTS,
        DROPS_AT_ONCE,
        DROPS_IN_THE_BODY,
        STALLS,
        STALLS_IN_THE_BODY,
        SENDS_GARBAGE,
        SENDS_NONSENSE,
        SENDS_TOO_MUCH,
        SAYS_PENDING;

        boolean isRight(Outcome outcome) {
            return switch (this) {
                case ANSWERS -> outcome instanceof Outcome.Succeeded;
                case FAILS -> outcome.equals(new Outcome.Failed("quota_exceeded", false));
                case REFUSES_REQUEST -> outcome.equals(new Outcome.Failed("http_400", false));
                case IS_BUSY -> outcome.equals(new Outcome.Failed("http_503", true));
                case IS_BROKEN -> outcome.equals(new Outcome.Unknown("http_500"));
                case REDIRECTS -> outcome.equals(new Outcome.Unknown("http_302"));
                case DROPS_AT_ONCE, DROPS_IN_THE_BODY, SENDS_GARBAGE ->
                    outcome.equals(new Outcome.Unknown("connection_lost"));
                case STALLS, STALLS_IN_THE_BODY -> outcome.equals(new Outcome.Unknown("timeout"));
                case SENDS_NONSENSE -> outcome.equals(new Outcome.Unknown("answer_malformed"));
                case SENDS_TOO_MUCH -> outcome.equals(new Outcome.Unknown("answer_too_large"));
                case SAYS_PENDING -> outcome.equals(new Outcome.Unknown("answered_as_pending"));
            };
        }
    }

    /** One connection a request; which behaviour is in the key. */
    private static final class Server implements AutoCloseable {
        private final ServerSocket listening;
        private final List<Socket> stalled = new ArrayList<>();

        Server() throws IOException {
            listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
            var accepting = new Thread(this::accept, "misbehaving");
            accepting.setDaemon(true);
            accepting.start();
        }

        private void accept() {
            while (true) {
                try {
                    serve(listening.accept());
                } catch (IOException e) {
                    if (listening.isClosed()) {
                        return;
                    }
                }
            }
        }

        private void serve(Socket socket) throws IOException {
            String request = request(new BufferedInputStream(socket.getInputStream()));
            Behaviour behaviour = Behaviour.valueOf(request.replaceAll("(?s).*\"key\":\"([A-Z_]+)/.*", "$1"));
            OutputStream out = socket.getOutputStream();
            String done = new String(
                    ProviderProtocol.answer(Optional.of(
                            new Outcome.Succeeded(new Observed("workload/web", 1, Condition.RUNNING, 1, 0)))),
                    StandardCharsets.UTF_8);
            switch (behaviour) {
                case ANSWERS -> send(out, 200, done);
                case FAILS ->
                    send(
                            out,
                            200,
                            "{\"outcome\":\"failed\",\"code\":\"quota_exceeded\",\"retryable\":false,\"new\":1}");
                case REFUSES_REQUEST -> send(out, 400, "{}");
                case IS_BUSY -> send(out, 503, "");
                case IS_BROKEN -> send(out, 500, done);
                case REDIRECTS ->
                    write(out, "HTTP/1.1 302 x\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
                case DROPS_AT_ONCE -> {}
                case DROPS_IN_THE_BODY -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + done);
                case STALLS, STALLS_IN_THE_BODY -> {
                    if (behaviour == Behaviour.STALLS_IN_THE_BODY) {
                        write(out, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{");
                    }
                    stalled.add(socket);
                    return;
                }
                case SENDS_GARBAGE -> write(out, "\0\1\2 what is this\r\n\r\n");
                case SENDS_NONSENSE -> send(out, 200, "{\"outcome\":\"maybe\"}");
                case SENDS_TOO_MUCH -> send(out, 200, " ".repeat(Exchange.ANSWER_BYTES_MAX + 1));
                case SAYS_PENDING -> send(out, 200, "{\"outcome\":\"pending\"}");
            }
            socket.close();
        }

        private static String request(InputStream in) throws IOException {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("no request");
                }
                head.append((char) next);
            }
            int length = Integer.parseInt(head.toString().replaceAll("(?is).*content-length: *(\\d+).*", "$1"));
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }

        private static void send(OutputStream out, int status, String body) throws IOException {
            write(
                    out,
                    "HTTP/1.1 " + status + " x\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body);
        }

        private static void write(OutputStream out, String text) throws IOException {
            try {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                // The client has seen enough.
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    private static HttpProvider client(int port) {
        return new HttpProvider(new HttpProviderOptions(
                URI.create("http://127.0.0.1:" + port + "/"),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void eachCallEndsWithWhatIsTrue(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        Map<String, CompletableFuture<Outcome>> answers = new LinkedHashMap<>();
        Behaviour[] all = Behaviour.values();
        try (var server = new Server();
                var provider = client(server.listening.getLocalPort())) {
            for (int i = 0; i < CALLS; i++) {
                Behaviour behaviour = i < all.length ? all[i] : all[random.nextInt(all.length)];
                String key = behaviour + "/" + i;
                var answer = new CompletableFuture<Outcome>();
                answers.put(key, answer);
                provider.submit(new Effect.Call(key, "workload/web", 1, new SetInstances(1)), answer::complete);
            }
            for (var entry : answers.entrySet()) {
                Behaviour behaviour = Behaviour.valueOf(entry.getKey().replaceAll("/.*", ""));
                assertThat(entry.getValue().get(60, TimeUnit.SECONDS))
                        .as(entry.getKey() + ", seed " + seed)
                        .matches(behaviour::isRight);
            }
        }
    }

    @Test
    void whatCouldNotBeSentCertainlyDidNothing() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (var provider = client(free)) {
            var answer = new CompletableFuture<Outcome>();
            provider.submit(new Effect.Call("k", "workload/web", 1, new SetInstances(1)), answer::complete);
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Outcome.Failed("provider_unreachable", true));
        }
    }

    @Test
    void moreThanMayBeUnderWayIsTurnedAway() throws Exception {
        try (var server = new Server();
                var provider = client(server.listening.getLocalPort())) {
            for (int i = 0; i < Exchange.IN_FLIGHT_MAX; i++) {
                provider.submit(new Effect.Call("STALLS/" + i, "workload/web", 1, new SetInstances(1)), outcome -> {});
            }
            var answer = new CompletableFuture<Outcome>();
            provider.submit(new Effect.Call("STALLS/x", "workload/web", 1, new SetInstances(1)), answer::complete);
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(new Outcome.Failed("provider_busy", true));
        }
    }
}
