package io.novacron.zeroops.runtime.signal;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.persistence.thread.DaemonThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's telemetry: its shards, what signals lead to, and the thread that looks who is silent. */
public final class Telemetry implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);

    private final LocalShards shards;
    private final RecentSignals recent = new RecentSignals();
    private final SignalResponse response;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("zeroops-signals"));

    private Telemetry(
            TelemetryPolicy policy,
            List<String> workloads,
            InstantSource clock,
            FleetProvider provider,
            BiConsumer<String, Command> tell,
            long seed) {
        response = new SignalResponse(provider, tell, recent, clock);
        shards = new LocalShards(policy, workloads, clock, response, seed);
    }

    /**
     * Starts.
     *
     * @param workloads names of those that are scaled
     * @param tell brings a command to the entity that has the address
     * @param seed of hashing: one that nobody outside knows
     */
    public static Telemetry start(
            TelemetryPolicy policy,
            List<String> workloads,
            InstantSource clock,
            FleetProvider provider,
            BiConsumer<String, Command> tell,
            long seed) {
        var telemetry = new Telemetry(policy, workloads, clock, provider, tell, seed);
        telemetry.every(LOOK_EVERY, telemetry.response::look);
        telemetry.every(SWEEP_EVERY, telemetry.shards::sweep);
        return telemetry;
    }

    private void every(Duration interval, Runnable work) {
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay( // ends with the thread
                () -> logged(work), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A failure once is no reason never to look again. */
    private static void logged(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("what telemetry calls for could not be done", e);
        }
    }

    public LocalShards shards() {
        return shards;
    }

    public RecentSignals signals() {
        return recent;
    }

    /** As {@link SignalResponse#leads}. */
    public boolean leads(String workload) {
        return response.leads(workload);
    }

    /** As {@link SignalResponse#newest}. */
    public Optional<Demand> newest(String workload) {
        return response.newest(workload);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
