package io.novacron.zeroops.simulations.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests over several connections to this machine, and waits for each answer before the next on the same connection. Plain
 * sockets, so that the sender takes as little as can be of the processors that it shares with the server.
 */
final class WriteSender {
    static final int CONNECTIONS = 4;

    private static final int ANSWER_TIMEOUT_MS = 30_000;
    private static final int LINE_MAX = 8 << 10;

    private final InstantSource clock;
    private final int port;

    WriteSender(InstantSource clock, int port) {
        this.clock = clock;
        this.port = port;
    }

    /**
     * What was sent.
     *
     * @param due when each request was to be sent; the time it had to wait for its turn counts
     */
    record Sent(long samples, Duration took, List<Instant> due) {
        double samplesPerS() {
            return samples / (took.toNanos() / 1e9);
        }
    }

    /**
     * Sends all of them; a series always over the same connection, as Prometheus does, and so in order.
     *
     * @param perS samples, at most; infinite for as many as the server takes
     * @param most after so long no more are begun
     */
    Sent send(List<WriteStream.Request> requests, double perS, Duration most)
            throws InterruptedException, ExecutionException {
        Instant start = clock.instant();
        Instant end = start.plus(most);
        List<Instant> due = new ArrayList<>();
        long samples = 0;
        for (WriteStream.Request request : requests) {
            due.add(start.plusNanos((long) (samples / perS * 1e9)));
            samples += request.samples();
        }
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int connection = i;
                all.add(threads.submit(() -> sendSome(requests, due, connection, end)));
            }
            long sent = 0;
            for (Future<Long> each : all) {
                sent += each.get();
            }
            return new Sent(sent, Duration.between(start, clock.instant()), due);
        } finally {
            threads.shutdownNow();
        }
    }

    private long sendSome(List<WriteStream.Request> requests, List<Instant> due, int connection, Instant end)
            throws IOException {
        long sent = 0;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_TIMEOUT_MS);
            var in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < requests.size(); i++) {
                if (requests.get(i).lane() % CONNECTIONS != connection) {
                    continue;
                }
                Instant now = clock.instant();
                for (; now.isBefore(due.get(i)); now = clock.instant()) {
                    LockSupport.parkNanos(Duration.between(now, due.get(i)).toNanos());
                }
                if (now.isAfter(end)) {
                    break;
                }
                socket.getOutputStream().write(requests.get(i).http().array());
                answer(in);
                sent += requests.get(i).samples();
            }
        }
        return sent;
    }

    /** Anything but 2xx is the end: what is measured is what was taken. */
    private static void answer(InputStream in) throws IOException {
        String status = line(in);
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length =
                        Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        if (!status.startsWith("HTTP/1.1 2")) {
            throw new IOException(
                    "the server answered " + status + ": " + new String(body, StandardCharsets.UTF_8).strip());
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0 || line.length() > LINE_MAX) {
                throw new IOException("the server's answer was cut: '" + line + "'");
            } else if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }
}
