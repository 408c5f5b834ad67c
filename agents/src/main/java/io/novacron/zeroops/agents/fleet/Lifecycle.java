package io.novacron.zeroops.agents.fleet;

import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import java.util.Optional;

/**
 * What each kind of resource can go through. One row an action: from which condition, by which operation, to what goal,
 * and how back.
 *
 * <pre>
 * WORKLOAD  RUNNING            --SCALE_OUT, SCALE_IN--> RUNNING with the instances wanted; back: as many as before
 * VM        STOPPED, SNAPSHOTTED --START_VM-->          RUNNING;  back: STOPPED
 * VM        RUNNING, FAILED    --STOP_VM-->             STOPPED;  back: RUNNING
 * VM        RUNNING, FAILED    --RESTART_VM-->          RUNNING
 * VM        STOPPED            --SNAPSHOT_VM-->         SNAPSHOTTED
 * VM        STOPPED, SNAPSHOTTED --DELETE_VM-->         ABSENT
 * HOST      ACTIVE, FAILED     --CORDON_HOST-->         CORDONED; back: ACTIVE
 * HOST      CORDONED, DRAINED  --UNCORDON_HOST-->       ACTIVE
 * HOST      CORDONED           --DRAIN_HOST-->          DRAINED
 * </pre>
 */
public enum Lifecycle {
    WORKLOAD,
    VM,
    HOST;

    /** @param back how to undo it; empty where that is not possible */
    public record Step(FleetOperation operation, Goal goal, Optional<Undo> back) {}

    /** @param instances that count only for a workload */
    public record Goal(Condition condition, int instances) {
        boolean isMetBy(Observed observed) {
            return observed.condition() == condition && observed.instances() == instances && observed.booting() == 0;
        }

        FleetOperation.Await await() {
            return new FleetOperation.Await(condition, instances);
        }
    }

    public record Undo(FleetOperation operation, Goal goal) {}

    /** By the first part of its address: {@code workload/web}, {@code vm/vm-7}, {@code host/h-1}. */
    public static Optional<Lifecycle> ofAddress(String address) {
        if (address.startsWith("workload/")) {
            return Optional.of(WORKLOAD);
        } else if (address.startsWith("vm/")) {
            return Optional.of(VM);
        }
        return address.startsWith("host/") ? Optional.of(HOST) : Optional.empty();
    }

    /** The row for this action; empty if this kind of resource knows no such action. */
    public Optional<Step> step(Action action) {
        return switch (this) {
            case WORKLOAD -> workload(action);
            case VM -> vm(action.kind());
            case HOST -> host(action.kind());
        };
    }

    /** Whether the action may start from this condition. */
    public boolean allows(ActionClass kind, Condition from) {
        return switch (kind) {
            case SCALE_OUT, SCALE_IN -> from == Condition.RUNNING;
            case START_VM, DELETE_VM -> from == Condition.STOPPED || from == Condition.SNAPSHOTTED;
            case SNAPSHOT_VM -> from == Condition.STOPPED;
            case STOP_VM, RESTART_VM -> from == Condition.RUNNING || from == Condition.FAILED;
            case CORDON_HOST -> from == Condition.ACTIVE || from == Condition.FAILED;
            case UNCORDON_HOST -> from == Condition.CORDONED || from == Condition.DRAINED;
            case DRAIN_HOST -> from == Condition.CORDONED;
        };
    }

    private static Optional<Step> workload(Action action) {
        return switch (action.kind()) {
            case SCALE_OUT, SCALE_IN ->
                Optional.of(new Step(
                        new FleetOperation.SetInstances(action.to()),
                        new Goal(Condition.RUNNING, action.to()),
                        Optional.of(new Undo(
                                new FleetOperation.SetInstances(action.from()),
                                new Goal(Condition.RUNNING, action.from())))));
            default -> Optional.empty();
        };
    }

    private static Optional<Step> vm(ActionClass kind) {
        var running = new Goal(Condition.RUNNING, 1);
        var stopped = new Goal(Condition.STOPPED, 0);
        var start = new FleetOperation.StartVm();
        var stop = new FleetOperation.StopVm();
        return switch (kind) {
            case START_VM -> Optional.of(new Step(start, running, Optional.of(new Undo(stop, stopped))));
            case STOP_VM -> Optional.of(new Step(stop, stopped, Optional.of(new Undo(start, running))));
            case RESTART_VM -> Optional.of(new Step(new FleetOperation.RestartVm(), running, Optional.empty()));
            case SNAPSHOT_VM ->
                Optional.of(new Step(
                        new FleetOperation.SnapshotVm(), new Goal(Condition.SNAPSHOTTED, 0), Optional.empty()));
            case DELETE_VM ->
                Optional.of(new Step(new FleetOperation.DeleteVm(), new Goal(Condition.ABSENT, 0), Optional.empty()));
            default -> Optional.empty();
        };
    }

    private static Optional<Step> host(ActionClass kind) {
        var active = new Goal(Condition.ACTIVE, 0);
        var open = new FleetOperation.SetSchedulable(true);
        return switch (kind) {
            case CORDON_HOST ->
                Optional.of(new Step(
                        new FleetOperation.SetSchedulable(false),
                        new Goal(Condition.CORDONED, 0),
                        Optional.of(new Undo(open, active))));
            case UNCORDON_HOST -> Optional.of(new Step(open, active, Optional.empty()));
            case DRAIN_HOST ->
                Optional.of(new Step(new FleetOperation.DrainHost(), new Goal(Condition.DRAINED, 0), Optional.empty()));
            default -> Optional.empty();
        };
    }
}
