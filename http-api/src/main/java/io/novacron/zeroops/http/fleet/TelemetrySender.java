package io.novacron.zeroops.http.fleet;

import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.simulations.live.LiveFleet;
import io.novacron.zeroops.simulations.live.WorkloadStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures a fleet once a second, and sends that by Prometheus remote write: the load of workloads, and of VMs whether they
 * are up and how busy, which is made up. What cannot be sent waits; when too much does, the oldest is dropped. A receiver
 * that does not take it is followed by the next of the list.
 */
final class TelemetrySender implements AutoCloseable {
    /** Requests that wait: ten minutes of a fleet of less than a thousand VMs. */
    static final int WAITING_MAX = 600;

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long BACK_OFF_MAX_MS = 8_000;
    private static final double CPU_MEAN = 0.35;
    private static final double CPU_DEVIATION = 0.05;
    private static final Logger LOG = LoggerFactory.getLogger(TelemetrySender.class);

    private final LiveFleet fleet;
    private final List<URI> receivers;
    private final InstantSource clock;
    private final SplittableRandom random;
    private final ArrayBlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final ScheduledExecutorService measuring =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "fleet-telemetry"));
    private final Thread sending = new Thread(this::send, "fleet-remote-write");
    private int receiver;

    /** @param receivers at least one */
    TelemetrySender(LiveFleet fleet, List<URI> receivers, InstantSource clock, long seed) {
        this.fleet = fleet;
        this.receivers = receivers;
        this.clock = clock;
        this.random = new SplittableRandom(seed);
    }

    void start() {
        sending.setDaemon(true);
        sending.start();
        ScheduledFuture<?> unused = measuring.scheduleWithFixedDelay( // ends with its thread
                () -> fleet.list(all -> measuring.execute(() -> measure(all))),
                0,
                EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void measure(List<Observed> all) {
        long now = clock.instant().toEpochMilli();
        var batch = new WriteBatch();
        for (WorkloadStatus status : fleet.status()) {
            batch.add("workload_requests_per_s", "workload", status.workload(), now, status.loadPerS());
        }
        for (Observed observed : all) {
            if (observed.resource().startsWith("vm/") && observed.condition() != Condition.ABSENT) {
                String vm = observed.resource().substring("vm/".length());
                boolean isUp = observed.condition() == Condition.RUNNING;
                batch.add("vm_up", "vm", vm, now, isUp ? 1 : 0);
                if (isUp) {
                    batch.add("vm_cpu_share", "vm", vm, now, cpuShare());
                }
            }
            if (batch.isFull()) {
                enqueue(batch);
                batch = new WriteBatch();
            }
        }
        if (!batch.isEmpty()) {
            enqueue(batch);
        }
    }

    private double cpuShare() {
        return Math.min(1, Math.max(0, CPU_MEAN + CPU_DEVIATION * random.nextGaussian()));
    }

    private void enqueue(WriteBatch batch) {
        byte[] request = batch.compressed();
        while (!waiting.offer(request)) {
            waiting.poll(); // the newest is worth more
        }
    }

    private void send() {
        try {
            while (true) {
                sendUntilTaken(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Each receiver once, then a pause, twice as long each time. */
    private void sendUntilTaken(byte[] request) throws InterruptedException {
        long pause = EVERY.toMillis();
        for (int tried = 1; !isTaken(request); tried++) {
            receiver = (receiver + 1) % receivers.size();
            if (tried % receivers.size() == 0) {
                if (waiting.remainingCapacity() == 0) {
                    return; // it is the oldest
                }
                Thread.sleep(pause);
                pause = Math.min(2 * pause, BACK_OFF_MAX_MS);
            }
        }
    }

    /** Also if it is refused for good: it would be again. */
    private boolean isTaken(byte[] request) throws InterruptedException {
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
            if (status / 100 == 4 && status != 429) {
                LOG.warn("{} refused telemetry with status {}: it is dropped", to, status);
            }
            return status / 100 == 2 || (status / 100 == 4 && status != 429);
        } catch (IOException e) {
            LOG.debug("{} does not take telemetry: {}", to, e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        measuring.shutdownNow();
        sending.interrupt();
    }
}
