package io.novacron.zeroops.simulations.bench;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Tick;
import io.novacron.zeroops.runtime.host.Outside;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;

/** What a watched VM costs: the memory that its live entity takes, the time to start many, and to recover them all. */
public final class EntitiesBench {
    /** Asked at once. */
    private static final int AT_ONCE = 1_000;

    private final InstantSource clock;

    public EntitiesBench(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What was measured.
     *
     * @param bytesPerVm of heap after a full collection, all VMs live, less what there was before the first
     * @param startS from the first to the last VM's being adopted: entity started, its first event journaled
     * @param recoverS the same VMs in a new node, from the first to the last one's being recovered
     */
    public record Report(int vms, double bytesPerVm, double startS, double recoverS) {}

    /**
     * Measures.
     *
     * @param folder an empty one, on the disk that is meant
     * @param vms at least 1
     */
    public Report run(Path folder, int vms) throws Exception {
        double startS;
        double bytes;
        try (var provider = new RunningProvider(0, clock);
                var node = new BenchNode(folder, provider, Outside.NOBODY, clock, false)) {
            long before = usedHeap();
            startS = all(node, vms, vm -> {
                var observed = new Observed(RunningProvider.address(vm), 0, Condition.RUNNING, 1, 0);
                return new Reconcile(observed);
            });
            bytes = (usedHeap() - before) / (double) vms;
        }
        try (var provider = new RunningProvider(0, clock);
                var node = new BenchNode(folder, provider, Outside.NOBODY, clock, false)) {
            double recoverS = all(node, vms, vm -> new Tick());
            return new Report(vms, bytes, startS, recoverS);
        }
    }

    private double all(BenchNode node, int vms, IntFunction<Command> command) throws InterruptedException {
        var places = new Semaphore(AT_ONCE);
        Instant start = clock.instant();
        for (int vm = 0; vm < vms; vm++) {
            places.acquire();
            ask(node, RunningProvider.address(vm), command.apply(vm), places);
        }
        places.acquire(AT_ONCE);
        return Duration.between(start, clock.instant()).toNanos() / 1e9;
    }

    /** Until it has answered: a node that is busy refuses, or is late. */
    private static void ask(BenchNode node, String address, Command command, Semaphore places) {
        node.ask(address, command).whenComplete((reply, failure) -> {
            if (failure == null && reply.accepted()) {
                places.release();
            } else {
                ask(node, address, command, places);
            }
        });
    }

    private static long usedHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
