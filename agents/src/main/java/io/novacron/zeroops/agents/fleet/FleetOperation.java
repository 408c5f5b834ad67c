package io.novacron.zeroops.agents.fleet;

import io.novacron.zeroops.agents.core.Operation;

/** What a fleet's provider can be asked to do with a resource, always under a generation; see {@link FleetProvider}. */
public sealed interface FleetOperation extends Operation {

    /** Whether it changes the resource, rather than asks about it. */
    default boolean isChange() {
        return true;
    }

    /** The group of a workload's instances shall have this many; what boots or stops is the provider's choice. */
    record SetInstances(int instances) implements FleetOperation {}

    record StartVm() implements FleetOperation {}

    record StopVm() implements FleetOperation {}

    record RestartVm() implements FleetOperation {}

    /** Copies the disks of a stopped VM; a start afterwards makes the copy one of the past. */
    record SnapshotVm() implements FleetOperation {}

    record DeleteVm() implements FleetOperation {}

    /** New VMs are placed on this host, or are not. */
    record SetSchedulable(boolean schedulable) implements FleetOperation {}

    /** Every VM leaves this host. */
    record DrainHost() implements FleetOperation {}

    /**
     * Tells what there is, as {@link Observed}. Raises the fence first, as any change does: only then is the answer
     * still true when it arrives, since an older change that is still under way can no longer take effect.
     */
    record Describe() implements FleetOperation {
        @Override
        public boolean isChange() {
            return false;
        }
    }

    /**
     * Answers with {@link Observed} once this holds, however long that takes; fails for good, as {@code cannot_be_met},
     * once nothing under way can bring it about. Raises no fence: it only watches.
     */
    record Await(Condition condition, int instances) implements FleetOperation {
        @Override
        public boolean isChange() {
            return false;
        }
    }
}
