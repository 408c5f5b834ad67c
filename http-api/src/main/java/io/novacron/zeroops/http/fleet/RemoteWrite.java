package io.novacron.zeroops.http.fleet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests of Prometheus remote write, one after the other. What cannot be sent waits; when too much does, the oldest is
 * dropped. A receiver that does not take one is followed by the next of the list; once none took it, all are asked again
 * later. What is refused for good is dropped.
 */
final class RemoteWrite implements AutoCloseable {
    /** Requests that wait: ten minutes of a fleet of less than a thousand VMs. */
    static final int WAITING_MAX = 600;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_FIRST_MS = 1_000;
    private static final long PAUSE_LAST_MS = 8_000;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Logger LOG = LoggerFactory.getLogger(RemoteWrite.class);

    private final List<URI> receivers;
    private final Pause pause;
    private final ArrayBlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicLong dropped = new AtomicLong();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Thread sending = new Thread(this::send, "fleet-remote-write");
    private int receiver;

    /** Waits between two rounds. */
    interface Pause {
        void millis(long millis) throws InterruptedException;
    }

    private RemoteWrite(List<URI> receivers, Pause pause) {
        this.receivers = List.copyOf(receivers);
        this.pause = pause;
    }

    /** @param receivers at least one */
    static RemoteWrite start(List<URI> receivers) {
        return start(receivers, Thread::sleep);
    }

    static RemoteWrite start(List<URI> receivers, Pause pause) {
        var started = new RemoteWrite(receivers, pause);
        started.sending.setDaemon(true);
        started.sending.start();
        return started;
    }

    /** Never waits. */
    void offer(byte[] request) {
        while (!waiting.offer(request)) {
            if (waiting.poll() != null) { // the newest is worth more
                dropped.incrementAndGet();
            }
        }
    }

    /** Requests that no receiver has taken, and none will. */
    long dropped() {
        return dropped.get();
    }

    private void send() {
        try {
            while (true) {
                sendUntilSettled(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Each receiver once, then a pause, twice as long each time. */
    private void sendUntilSettled(byte[] request) throws InterruptedException {
        long millis = PAUSE_FIRST_MS;
        for (int tried = 1; !isSettled(request); tried++) {
            receiver = (receiver + 1) % receivers.size();
            if (tried % receivers.size() == 0) {
                if (waiting.remainingCapacity() == 0) {
                    dropped.incrementAndGet(); // it is the oldest
                    return;
                }
                pause.millis(millis);
                millis = Math.min(2 * millis, PAUSE_LAST_MS);
            }
        }
    }

    /** Taken, or refused for good: it would be again. */
    private boolean isSettled(byte[] request) throws InterruptedException {
        URI to = receivers.get(receiver);
        try {
            int status = client.send(
                            HttpRequest.newBuilder(to)
                                    .timeout(PATIENCE)
                                    .header("Content-Type", "application/x-protobuf")
                                    .header("Content-Encoding", "snappy")
                                    .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                                    .POST(BodyPublishers.ofByteArray(request))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            if (status >= 500 || status == TOO_MANY_REQUESTS) {
                return false;
            } else if (status / 100 != 2) {
                dropped.incrementAndGet();
                LOG.warn("{} refused telemetry with status {}: it is dropped", to, status);
            }
            return true;
        } catch (IOException e) {
            LOG.debug("{} does not take telemetry: {}", to, e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        sending.interrupt();
    }
}
