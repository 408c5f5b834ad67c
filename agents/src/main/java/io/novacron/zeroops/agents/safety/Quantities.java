package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;

/** Which quotas an action draws on. */
final class Quantities {
    private Quantities() {}

    /** Whether its quantity counts VMs; that of a host's does not. */
    private static boolean countsVms(ActionClass kind) {
        return switch (kind) {
            case SCALE_OUT, SCALE_IN, START_VM, STOP_VM, DELETE_VM -> true;
            case RESTART_VM, SNAPSHOT_VM, CORDON_HOST, UNCORDON_HOST, DRAIN_HOST -> false;
        };
    }

    /** Adds VMs, and what they cost. */
    static boolean adds(Action action) {
        return countsVms(action.kind()) && action.delta() > 0;
    }

    /** Takes VMs away. */
    static boolean takes(Action action) {
        return countsVms(action.kind()) && action.delta() < 0;
    }

    /** Changes the capacity of a workload. */
    static boolean scales(Action action) {
        return action.kind() == ActionClass.SCALE_OUT || action.kind() == ActionClass.SCALE_IN;
    }

    /** Leaves something to remember of its resource; what only takes away has nothing to do with what nobody added. */
    static boolean isTracked(Action action) {
        return adds(action) || scales(action);
    }
}
