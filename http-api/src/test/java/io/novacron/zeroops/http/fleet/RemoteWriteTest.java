package io.novacron.zeroops.http.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers are real servers, which answer as each test says. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteWriteTest {
    private static final int TAKEN = 204;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Queue<Long> pauses = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
    }

    /** Answers with what is planned, then takes all. */
    private final class Receiver {
        private final Queue<Integer> planned = new ConcurrentLinkedQueue<>();
        private final BlockingQueue<String> got = new LinkedBlockingQueue<>();
        private final List<String> headers = new ArrayList<>();
        private final HttpServer server;

        Receiver(Integer... statuses) throws Exception {
            planned.addAll(List.of(statuses));
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/api/v1/write", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                headers.add(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                Integer status = planned.poll();
                got.add(body);
                exchange.sendResponseHeaders(status == null ? TAKEN : status, -1);
                exchange.close();
            });
            server.start();
            parts.push(() -> server.stop(0));
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/write");
        }

        List<@Nullable String> next(int count) throws InterruptedException {
            List<@Nullable String> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(got.poll(60, TimeUnit.SECONDS));
            }
            return all;
        }
    }

    private RemoteWrite sender(RemoteWrite.Pause pause, List<URI> receivers) {
        RemoteWrite sender = RemoteWrite.start(receivers, pause);
        parts.push(sender);
        return sender;
    }

    private static void offer(RemoteWrite sender, Object... requests) {
        for (Object request : requests) {
            sender.offer(String.valueOf(request).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void requestsArriveOnceAndInTheirOrder() throws Exception {
        var receiver = new Receiver();
        RemoteWrite sender = sender(pauses::add, List.of(receiver.uri()));
        offer(sender, 1, 2, 3);
        assertThat(receiver.next(3)).containsExactly("1", "2", "3");
        assertThat(receiver.headers).containsOnly("snappy");
        assertThat(pauses).isEmpty();
        assertThat(sender.dropped()).isZero();
    }

    @Test
    void theSameIsSentAgainAfterPausesThatGrowToABoundAndBeginAnew() throws Exception {
        var receiver = new Receiver(500, 503, 429, 502, 504, TAKEN, 503);
        RemoteWrite sender = sender(pauses::add, List.of(receiver.uri()));
        offer(sender, 1, 2);
        assertThat(receiver.next(8)).containsExactly("1", "1", "1", "1", "1", "1", "2", "2");
        assertThat(pauses).containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 8_000L, 1_000L);
        assertThat(sender.dropped()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 413})
    void whatIsRefusedForGoodIsDropped(int status) throws Exception {
        var receiver = new Receiver(status);
        RemoteWrite sender = sender(pauses::add, List.of(receiver.uri()));
        offer(sender, 1, 2);
        assertThat(receiver.next(2)).containsExactly("1", "2");
        assertThat(pauses).isEmpty();
        assertThat(sender.dropped()).isEqualTo(1);
    }

    @Test
    void whereOneReceiverIsGoneTheNextIsSentAllAtOnce() throws Exception {
        URI gone;
        try (var socket = new ServerSocket(0)) {
            gone = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        var overloaded = new Receiver(503);
        var working = new Receiver();
        RemoteWrite sender = sender(pauses::add, List.of(gone, overloaded.uri(), working.uri()));
        offer(sender, 1, 2);
        assertThat(working.next(2)).containsExactly("1", "2");
        assertThat(overloaded.next(1)).containsExactly("1");
        assertThat(pauses).isEmpty();
    }

    @Test
    void afterAllReceiversWereAskedThereIsAPause() throws Exception {
        var first = new Receiver(503, 503);
        var second = new Receiver(503);
        RemoteWrite sender = sender(pauses::add, List.of(first.uri(), second.uri()));
        offer(sender, 1);
        assertThat(second.next(2)).containsExactly("1", "1");
        assertThat(first.next(2)).containsExactly("1", "1");
        assertThat(pauses).containsExactly(1_000L);
    }

    @Test
    void whenTooMuchWaitsTheOldestIsDropped() throws Exception {
        var receiver = new Receiver(503, 503);
        var paused = new CountDownLatch(1);
        var goOn = new Semaphore(0);
        RemoteWrite sender = sender(
                millis -> {
                    paused.countDown();
                    goOn.acquire();
                },
                List.of(receiver.uri()));
        offer(sender, 0);
        assertThat(paused.await(60, TimeUnit.SECONDS)).isTrue();
        int last = RemoteWrite.WAITING_MAX + 10;
        IntStream.rangeClosed(1, last).forEach(request -> offer(sender, request));
        assertThat(sender.dropped()).isEqualTo(10);
        goOn.release();
        assertThat(receiver.next(2)).containsExactly("0", "0");
        assertThat(receiver.next(RemoteWrite.WAITING_MAX))
                .isEqualTo(IntStream.rangeClosed(11, last)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(sender.dropped()).as("0 was the oldest then").isEqualTo(11);
    }
}
