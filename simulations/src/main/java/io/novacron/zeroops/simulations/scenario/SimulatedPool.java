package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ChangeEnded;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ChangeStarted;
import io.novacron.zeroops.agents.provisioning.Activity;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.runtime.signal.PoolWatch;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.VmUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** One pool of simulated VMs: what each is used for, what telemetry shows of it, and what became of it. */
final class SimulatedPool {
    private static final Activity BOOTING = new Activity(0.6, 100, 500);

    private final PoolPolicy policy;
    private final PoolWatch watch;
    private final SplittableRandom random;
    private final Map<String, Vm> vms = new TreeMap<>(); // by address

    SimulatedPool(PoolPolicy policy, SplittableRandom random) {
        this.policy = policy;
        this.watch = new PoolWatch(policy);
        this.random = random;
    }

    /** One VM, and what became of it; times are milliseconds since the start of the run. */
    static final class Vm {
        final String address;
        final VmUse use;
        /** When somebody starts it; 0 if it ran before. */
        final long fromMs;

        final BootTimes times;
        private final List<Long> stops = new ArrayList<>();
        private final List<Long> starts = new ArrayList<>();
        private OptionalLong snapshotMs = OptionalLong.empty();
        private OptionalLong deletedMs = OptionalLong.empty();
        private ActionClass changing = ActionClass.RESTART_VM;
        private Runnable onStart = () -> {};
        private boolean isMissed;
        private long missed;

        Vm(String address, VmUse use, long fromMs, BootTimes times) {
            this.address = address;
            this.use = use;
            this.fromMs = fromMs;
            this.times = times;
        }

        /** When it was stopped, each time. */
        List<Long> stops() {
            return stops;
        }

        /** When it was started again, each time. */
        List<Long> starts() {
            return starts;
        }

        /** Called whenever it was started again, and that is verified. */
        void onStart(Runnable action) {
            onStart = action;
        }

        OptionalLong snapshotMs() {
            return snapshotMs;
        }

        OptionalLong deletedMs() {
            return deletedMs;
        }

        /** How often it was wanted and did not run, because it had been stopped or deleted. */
        long missed() {
            return missed;
        }
    }

    PoolPolicy policy() {
        return policy;
    }

    PoolWatch watch() {
        return watch;
    }

    void add(Vm vm) {
        if (!policy.has(vm.address)) {
            throw new IllegalArgumentException(vm.address + " is no VM of " + policy.pool());
        }
        vms.put(vm.address, vm);
    }

    Collection<Vm> vms() {
        return vms.values();
    }

    Optional<Vm> vm(String address) {
        return Optional.ofNullable(vms.get(address));
    }

    /**
     * One round of telemetry of one VM.
     *
     * @return whether it is wanted, does not run, and that was not so before
     */
    boolean sample(Vm vm, Condition condition, long nowMs, Instant now) {
        boolean runs = condition == Condition.RUNNING;
        if (runs) {
            watch.sample(vm.address, now, vm.use.activity(nowMs, random));
        } else if (condition == Condition.CHANGING) {
            watch.sample(vm.address, now, BOOTING);
        }
        boolean wasStopped = !vm.stops.isEmpty();
        boolean isMissed = wasStopped && !runs && condition != Condition.CHANGING && vm.use.isUsed(nowMs);
        boolean isNew = isMissed && !vm.isMissed;
        vm.isMissed = isMissed;
        vm.missed += isNew ? 1 : 0;
        return isNew;
    }

    void journaled(Vm vm, List<? extends Event> events, long nowMs) {
        for (Event event : events) {
            if (event instanceof ChangeStarted started) {
                vm.changing = started.action().kind();
            } else if (event instanceof ChangeEnded ended && ended.result().end() == Change.End.VERIFIED) {
                switch (vm.changing) {
                    case STOP_VM -> vm.stops.add(nowMs);
                    case START_VM -> {
                        vm.starts.add(nowMs);
                        vm.onStart.run();
                    }
                    case SNAPSHOT_VM -> vm.snapshotMs = OptionalLong.of(nowMs);
                    case DELETE_VM -> vm.deletedMs = OptionalLong.of(nowMs);
                    default -> {}
                }
            }
        }
    }
}
