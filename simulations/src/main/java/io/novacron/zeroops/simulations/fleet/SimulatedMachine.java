package io.novacron.zeroops.simulations.fleet;

import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.Observed;

/** A VM or a host: one condition, which an operation leaves at once and, some time later, turns into another. */
final class SimulatedMachine implements SimulatedResource {
    private final boolean isHost;
    private final BootTimes times;
    private int changes;
    private Condition condition;
    private Condition becoming;
    private long at = Long.MAX_VALUE;
    private long billedFrom;
    private long billedBefore;
    private boolean isBilled;

    private SimulatedMachine(boolean isHost, BootTimes times, Condition condition) {
        this.isHost = isHost;
        this.times = times;
        this.condition = condition;
        this.becoming = condition;
        this.isBilled = condition == Condition.RUNNING;
    }

    static SimulatedMachine vm(BootTimes times, Condition condition) {
        return new SimulatedMachine(false, times, condition);
    }

    /** A VM that somebody starts now. */
    static SimulatedMachine newVm(BootTimes times, long nowMillis) {
        var vm = new SimulatedMachine(false, times, Condition.STOPPED);
        vm.apply(new FleetOperation.StartVm(), nowMillis);
        return vm;
    }

    static SimulatedMachine host(BootTimes times) {
        return new SimulatedMachine(true, times, Condition.ACTIVE);
    }

    @Override
    public Observed observe(String address, long applied, long nowMillis) {
        if (at <= nowMillis) {
            condition = becoming;
            at = Long.MAX_VALUE;
        }
        int booting = condition == Condition.CHANGING ? 1 : 0;
        return new Observed(address, applied, condition, condition == Condition.RUNNING ? 1 : 0, booting);
    }

    @Override
    public String refusal(FleetOperation operation) {
        boolean forHosts =
                operation instanceof FleetOperation.SetSchedulable || operation instanceof FleetOperation.DrainHost;
        boolean forVms = !forHosts && !(operation instanceof FleetOperation.SetInstances);
        if (isHost ? !forHosts : !forVms) {
            return isHost ? "not_for_a_host" : "not_for_a_vm";
        }
        boolean runs = condition != Condition.STOPPED && condition != Condition.SNAPSHOTTED;
        if (operation instanceof FleetOperation.SnapshotVm && runs && condition != Condition.ABSENT) {
            return "vm_not_stopped";
        }
        return condition == Condition.ABSENT ? "no_such_vm" : "";
    }

    @Override
    public void apply(FleetOperation operation, long nowMillis) {
        becoming = goal(operation);
        bill(becoming == Condition.RUNNING, nowMillis);
        condition = Condition.CHANGING;
        boolean fails = times.fails(changes);
        at = nowMillis + times.millis(changes++);
        if (fails) { // of a copy that failed nothing is left, nor is the VM any worse
            becoming = operation instanceof FleetOperation.SnapshotVm ? Condition.STOPPED : Condition.FAILED;
        }
    }

    private static Condition goal(FleetOperation operation) {
        if (operation instanceof FleetOperation.StopVm) {
            return Condition.STOPPED;
        } else if (operation instanceof FleetOperation.SnapshotVm) {
            return Condition.SNAPSHOTTED;
        } else if (operation instanceof FleetOperation.DeleteVm) {
            return Condition.ABSENT;
        } else if (operation instanceof FleetOperation.DrainHost) {
            return Condition.DRAINED;
        } else if (operation instanceof FleetOperation.SetSchedulable set) {
            return set.schedulable() ? Condition.ACTIVE : Condition.CORDONED;
        }
        return Condition.RUNNING; // started or restarted
    }

    private void bill(boolean runs, long nowMillis) {
        billedBefore = billedMillis(nowMillis);
        billedFrom = nowMillis;
        isBilled = runs;
    }

    /** For how long it ran: from when it is started, booting included, until it is stopped. */
    long billedMillis(long nowMillis) {
        return billedBefore + (isBilled ? nowMillis - billedFrom : 0);
    }

    @Override
    public long nextChange() {
        return at;
    }
}
