package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;

/** How much of the quotas something draws: kept as running totals, since no vote can wait for adding up all there is. */
public record Sums(int vms, Money perHour, long bytes) {
    static final Sums NONE = new Sums(0, Money.ZERO, 0);

    /** What an action may come to use; what it may give back does not count before it has. */
    static Sums of(Action action) {
        int vms = Quantities.adds(action) ? action.delta() : 0;
        return new Sums(vms, action.unitCostPerHour().times(vms), action.bytesDeleted());
    }

    static Sums of(Tracked tracked) {
        return new Sums(tracked.vmsAdded(), tracked.perHour(), 0);
    }

    static Sums ofBytes(long bytes) {
        return new Sums(0, Money.ZERO, bytes);
    }

    Sums plus(Sums more) {
        return new Sums(vms + more.vms, perHour.plus(more.perHour), bytes + more.bytes);
    }

    Sums minus(Sums less) {
        return new Sums(vms - less.vms, perHour.minus(less.perHour), bytes - less.bytes);
    }
}
