package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.persistence.thread.DaemonThreads;
import io.novacron.zeroops.runtime.host.HostClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated fleet as a provider that runs by itself, in a thread of its own, on a clock that may be fast, and that goes
 * on after a restart where its ledger says it was. Calls are answered from construction on; time, load and bills go on
 * from {@link #start}. What it shows of itself may be asked on any thread and is at most a tick old.
 */
public final class LiveFleet implements FleetProvider, AutoCloseable {
    /** Calls and answers that wait for the thread; more are turned away. */
    public static final int QUEUE_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(LiveFleet.class);

    /** Of simulated time, but on the machine never less than this. */
    private static final Duration TICK = Duration.ofMillis(100);

    private static final Duration TICK_MIN = Duration.ofMillis(50);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final HostClock clock;
    private final RunningFleet running;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledExecutorService thread;

    /**
     * A fleet at rest.
     *
     * @param clock not before {@code time.resumeAt()}
     * @param ledger no other fleet may use it at the same time
     * @param time from the same ledger
     * @throws IllegalArgumentException if the clock is too early, or two workloads have one name
     * @throws LedgerException if the ledger cannot be used
     */
    public LiveFleet(
            HostClock clock, FleetLedger ledger, FleetTime time, List<WorkloadSpec> workloads, LiveSettings settings) {
        this.clock = clock;
        this.running = new RunningFleet(clock, ledger, time, workloads, settings);
        this.thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("simulated-fleet"));
    }

    /** Begins; once, when the agents can be told. */
    public void start(FleetListener listener) {
        handOver(() -> running.start(listener, this::handOver));
        Duration wanted = clock.onMachine(TICK);
        Duration tick = wanted.compareTo(TICK_MIN) < 0 ? TICK_MIN : wanted;
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay( // ends with the thread
                () -> safely(running::tick), tick.toNanos(), tick.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void submit(Effect.Call call, Consumer<Outcome> ended) {
        if (!handOver(() -> running.submit(call, ended))) {
            ended.accept(new Outcome.Failed("fleet_busy", true));
        }
    }

    @Override
    public void list(Consumer<List<Observed>> listed) {
        handOver(() -> running.list(listed));
    }

    /** @return false if it is turned away, since too much waits or the fleet is closed */
    private boolean handOver(Runnable work) {
        if (waiting.incrementAndGet() > QUEUE_MAX) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            thread.execute(() -> {
                waiting.decrementAndGet();
                safely(work);
            });
            return true;
        } catch (RejectedExecutionException e) {
            waiting.decrementAndGet();
            return false;
        }
    }

    /** One call that goes wrong, or its caller's answer to it, must not end the others. */
    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("The simulated fleet met what must not happen", e);
        }
    }

    /** Calls and answers that wait for the thread now. */
    public int waiting() {
        return waiting.get();
    }

    /** Every workload as it is now, by name. */
    public List<WorkloadStatus> status() {
        return running.statuses();
    }

    /** A workload's last day, as far as it is after {@code since}, a point every ten seconds; empty of an unknown one. */
    public List<Sample> history(String workload, Instant since) {
        return running.history(workload, since);
    }

    /** What truly went wrong, of the last thousand; only of this process's time. */
    public List<Incident> incidents() {
        return running.incidents();
    }

    /** Why nothing is done now, and time stands still; empty if all is well. */
    public Optional<String> problem() {
        return running.problem();
    }

    /** Takes no more calls, and ends; whoever waits for a condition is not answered. */
    @Override
    public void close() {
        thread.shutdown(); // no interrupt: it would close the file of a database that is written to
        try {
            if (!thread.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The simulated fleet's thread did not end within {}", CLOSE_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
