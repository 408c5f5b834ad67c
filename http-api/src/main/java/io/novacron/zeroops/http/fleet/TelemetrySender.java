package io.novacron.zeroops.http.fleet;

import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.simulations.live.LiveFleet;
import io.novacron.zeroops.simulations.live.WorkloadStatus;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Measures a fleet once a second, and sends that by Prometheus remote write: the load of workloads and who waits for
 * them, and of VMs whether they
 * are up and how busy, which is made up.
 */
final class TelemetrySender implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final double CPU_MEAN = 0.35;
    private static final double CPU_DEVIATION = 0.05;

    private final LiveFleet fleet;
    private final RemoteWrite receivers;
    private final InstantSource clock;
    private final SplittableRandom random;
    private final ScheduledExecutorService measuring =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "fleet-telemetry"));

    /** @param receivers at least one */
    TelemetrySender(LiveFleet fleet, List<URI> receivers, InstantSource clock, long seed) {
        this.fleet = fleet;
        this.receivers = RemoteWrite.start(receivers);
        this.clock = clock;
        this.random = new SplittableRandom(seed);
    }

    void start() {
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
            batch.add("workload_requests_waiting", "workload", status.workload(), now, status.held());
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
                receivers.offer(batch.compressed());
                batch = new WriteBatch();
            }
        }
        if (!batch.isEmpty()) {
            receivers.offer(batch.compressed());
        }
    }

    private double cpuShare() {
        return Math.min(1, Math.max(0, CPU_MEAN + CPU_DEVIATION * random.nextGaussian()));
    }

    @Override
    public void close() {
        measuring.shutdownNow();
        receivers.close();
    }
}
