package io.novacron.zeroops.runtime.host;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.persistence.thread.DaemonThreads;
import io.novacron.zeroops.runtime.signal.LocalShards;
import io.novacron.zeroops.runtime.signal.PoolWatch;
import io.novacron.zeroops.runtime.signal.Shards;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells each pool's provisioner what the provider lists and telemetry shows of its VMs. Every node does so for the VMs whose telemetry is
 * brought to it, and says nothing of others: a VM that is quiet here may be busy where its samples go. A report that is lost is made up for
 * by the next.
 */
public final class PoolReporter implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofSeconds(15);

    /** Of the machine's time, however fast the fleet's runs. */
    private static final Duration INTERVAL_MIN = Duration.ofMillis(100);

    /** A list that is not answered for so many intervals is asked for again. */
    private static final int PATIENCE = 8;

    private static final Logger LOG = LoggerFactory.getLogger(PoolReporter.class);

    private final HostClock clock;
    private final FleetProvider provider;
    private final LocalShards shards;
    private final IntPredicate isHere;
    private final BiConsumer<String, Command> tell;
    private final List<Pool> pools;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("zeroops-pools"));

    /** One pool; of the thread only. */
    private static final class Pool {
        final PoolWatch watch;
        int waiting;

        Pool(PoolPolicy policy) {
            watch = new PoolWatch(policy);
        }
    }

    /**
     * One that does nothing yet.
     *
     * @param isHere whether this node keeps a shard's telemetry
     * @param tell brings a command to the entity that has the address
     */
    public PoolReporter(
            HostClock clock,
            FleetProvider provider,
            LocalShards shards,
            IntPredicate isHere,
            BiConsumer<String, Command> tell,
            List<PoolPolicy> pools) {
        this.clock = clock;
        this.provider = provider;
        this.shards = shards;
        this.isHere = isHere;
        this.tell = tell;
        this.pools = pools.stream().map(Pool::new).toList();
    }

    /** Begins; once. Where there is no pool nothing is listed. */
    public void start() {
        if (!pools.isEmpty()) {
            Duration interval = clock.onMachine(INTERVAL);
            long every = (interval.compareTo(INTERVAL_MIN) < 0 ? INTERVAL_MIN : interval).toMillis();
            ScheduledFuture<?> unused = thread.scheduleWithFixedDelay( // ends with the thread
                    () -> pools.forEach(pool -> safely(() -> list(pool))), 0, every, TimeUnit.MILLISECONDS);
        }
    }

    /** A failure once is no reason never to report again. */
    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("a pool's VMs could not be looked at; they are again in a few seconds", e);
        }
    }

    private void list(Pool pool) {
        if (pool.waiting++ % PATIENCE == 0) {
            provider.list(pool.watch.policy().addressPrefix(), all -> {
                try {
                    thread.execute(() -> safely(() -> listed(pool, all)));
                } catch (RejectedExecutionException e) {
                    LOG.debug(
                            "a list of {} came after the end",
                            pool.watch.policy().address());
                }
            });
        }
    }

    /** Providers answer on any thread, and perhaps twice. */
    private void listed(Pool pool, List<Observed> all) {
        pool.waiting = 0;
        Map<Integer, Boolean> here = new HashMap<>(); // asked once of each shard
        for (Observed one : all) {
            shards.activity(one.resource())
                    .ifPresent(seen -> pool.watch.sample(one.resource(), seen.at(), seen.activity()));
        }
        pool.watch
                .reports(clock.instant(), all, vm -> here.computeIfAbsent(Shards.of(vm), isHere::test))
                .forEach(report -> tell.accept(pool.watch.policy().address(), report));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
