package io.novacron.zeroops.simulations.bench;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.persistence.view.JournaledResources;
import io.novacron.zeroops.runtime.host.Outside;
import io.novacron.zeroops.runtime.signal.Telemetry;
import io.novacron.zeroops.runtime.signal.TelemetryPolicy;
import io.novacron.zeroops.runtime.signal.intake.TelemetryIntake;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * What a watched VM costs. A VM is watched if its first state is journaled, its window is in the columns of its shard, and a
 * signal wakes its entity: which is tried, after the start and after a restart, with some VMs that change behind their
 * owners' backs. While nothing happens to it, its entity need not be in memory.
 */
public final class EntitiesBench {
    /** Samples of a share that fill a window. */
    private static final int WINDOW = 32;

    private static final int VMS_PER_REQUEST = 500;
    private static final int REQUESTS_AT_ONCE = 8;

    /** VMs that are changed to see whether it is noticed. */
    private static final int CHANGED = 100;

    private static final Duration STEP_MAX = Duration.ofMinutes(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    /** VMs that are told of in turn must not fall silent meanwhile, where a million take minutes. */
    private static final Duration SILENT_AFTER = Duration.ofMinutes(30);

    private final InstantSource clock;
    private final TelemetryPolicy defaults;

    /** @param defaults of what telemetry means */
    public EntitiesBench(InstantSource clock, TelemetryPolicy defaults) {
        this.clock = clock;
        this.defaults = defaults;
    }

    /**
     * What was measured.
     *
     * @param bytesPerVm of heap after a full collection, all VMs watched and their windows full, less what the node took before
     *     it knew of any
     * @param startS from the provider's first list until all VMs are adopted: entity started, first event journaled
     * @param windowS from then until all windows are full
     * @param recoverS of a new node: from before it opens the journal until all VMs are watched: those that it knew are
     *     compared with the provider's list, and a sample of each is in the columns
     * @param inMemory entities, when memory was measured
     * @param woken of {@link #CHANGED} VMs, those whose entities noticed it, before and after the restart
     */
    public record Report(
            int vms,
            double bytesPerVm,
            double startS,
            double windowS,
            double recoverS,
            int inMemory,
            int woken,
            int wokenAfterRestart) {}

    /**
     * Measures.
     *
     * @param folder an empty one, on the disk that is meant
     * @param vms at least 1
     */
    public Report run(Path folder, int vms) throws Exception {
        try (var fleet = new ListedFleet(vms);
                var database = BenchDatabase.h2()) {
            Watched first;
            try (var watch = new Watch(database, folder, fleet, vms)) {
                first = watch.all();
            }
            Instant start = clock.instant();
            try (var watch = new Watch(database, folder, fleet, vms)) {
                long rows = watch.node.rows();
                watch.tell(1);
                await("the list is compared", watch.node::listsCompared, 1);
                double recoverS = seconds(start);
                if (watch.node.rows() != rows) {
                    throw new IllegalStateException((watch.node.rows() - rows) + " entities found a drift in vain");
                }
                int woken = watch.change(vms / 2);
                return new Report(
                        vms,
                        first.bytesPerVm(),
                        first.startS(),
                        first.windowS(),
                        recoverS,
                        first.inMemory(),
                        first.woken(),
                        woken);
            }
        }
    }

    private double seconds(Instant since) {
        return Duration.between(since, clock.instant()).toNanos() / 1e9;
    }

    private record Watched(double bytesPerVm, double startS, double windowS, int inMemory, int woken) {}

    /** A node with its telemetry. */
    private final class Watch implements AutoCloseable {
        private final int vms;
        private final ListedFleet fleet;
        private final BenchNode node;
        private final Telemetry telemetry;
        private final TelemetryIntake intake;
        private final VmSamples samples = new VmSamples();

        Watch(BenchDatabase database, Path folder, ListedFleet fleet, int vms) throws Exception {
            this.vms = vms;
            this.fleet = fleet;
            node = new BenchNode(database, folder, fleet, Outside.NOBODY, clock, true);
            TelemetryPolicy policy = policy(vms);
            BiConsumer<String, Command> tell = node::tell;
            telemetry = Telemetry.start(policy, List.of(), clock, fleet, tell, 1);
            intake = new TelemetryIntake(
                    policy, telemetry.shards(), Runtime.getRuntime().availableProcessors());
        }

        Watched all() throws Exception {
            long before = usedHeap();
            Instant start = clock.instant();
            fleet.open();
            await("VMs are adopted", node::rows, vms);
            double startS = seconds(start);
            start = clock.instant();
            tell(WINDOW);
            double windowS = seconds(start);
            var journaled = new JournaledResources(node.database());
            await("views follow the journal", () -> journaled.reach(journaled.end()) ? 1 : 0, 1);
            Thread.sleep(SETTLING.toMillis()); // entities leave
            long used = usedHeap();
            Thread.sleep(SETTLING.toMillis()); // what the reconciler looks at for a second is looked at no more
            double bytes = (Math.min(used, usedHeap()) - before) / (double) vms;
            return new Watched(bytes, startS, windowS, node.entities(), change(0));
        }

        /** Of each VM, so many samples. */
        void tell(int each) throws Exception {
            Queue<CompletionStage<TelemetryIntake.Summary>> underWay = new ArrayDeque<>();
            for (int vm = 0; vm < vms; vm += VMS_PER_REQUEST) {
                if (underWay.size() == REQUESTS_AT_ONCE) {
                    BenchNode.get(underWay.remove());
                }
                int count = Math.min(VMS_PER_REQUEST, vms - vm);
                underWay.add(intake.remoteWrite(samples.request(vm, count, each, clock.millis(), true)));
            }
            while (!underWay.isEmpty()) {
                BenchNode.get(underWay.remove());
            }
            if (telemetry.shards().vms() != vms) {
                throw new IllegalStateException(
                        "of " + vms + " VMs " + telemetry.shards().vms() + " have a window");
            }
        }

        /** Changes some VMs, and says how many entities journaled it. */
        int change(int first) throws Exception {
            int count = Math.min(CHANGED, Math.max(1, vms / 2));
            long rows = node.rows();
            for (int vm = first; vm < first + count; vm++) {
                fleet.change(vm);
            }
            Thread.sleep(LOOK_EVERY.toMillis()); // of two samples in a tenth of a second the second is a repeat
            BenchNode.get(intake.remoteWrite(samples.request(first, count, 1, clock.millis(), false)));
            await("changed VMs are noticed", () -> node.rows() - rows, count);
            return (int) (node.rows() - rows);
        }

        @Override
        public void close() {
            intake.close();
            telemetry.close();
            node.close();
        }
    }

    private static void await(String what, LongSupplier there, long wanted) throws InterruptedException {
        for (long left = STEP_MAX.dividedBy(LOOK_EVERY); there.getAsLong() < wanted; left--) {
            if (left == 0) {
                throw new IllegalStateException(what + ": " + there.getAsLong() + " of " + wanted + " in " + STEP_MAX);
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
    }

    private TelemetryPolicy policy(int vms) {
        return new TelemetryPolicy(
                defaults.series(),
                defaults.cpuHigh(),
                defaults.cpuClear(),
                defaults.memoryHigh(),
                defaults.memoryClear(),
                defaults.breaches(),
                defaults.ofSamples(),
                defaults.anomalyScore(),
                SILENT_AFTER,
                SILENT_AFTER.multipliedBy(2),
                vms,
                defaults.demand());
    }

    private static long usedHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
