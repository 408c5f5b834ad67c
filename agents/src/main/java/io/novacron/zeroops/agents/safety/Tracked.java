package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Money;
import java.time.Instant;

/**
 * What automation did to one resource, and has not undone.
 *
 * @param vms added and not taken away again. Below 0 only while a firm growth is open: its VMs may be taken away, and that
 *     reported, before the report that they were added arrives; then the two must still cancel out
 * @param perHour what those VMs cost
 */
public record Tracked(Levels levels, int vms, Money perHour) {
    static final Tracked NEW = new Tracked(Levels.NONE, 0, Money.ZERO);

    Tracked observed(Instant at, int level) {
        return new Tracked(levels.observed(at, level), vms, perHour);
    }

    Tracked grown(int achieved, Money unitCost) {
        int early = Math.min(achieved, Math.max(0, -vms)); // taken away before they were reported
        return new Tracked(levels, vms + achieved, perHour.plus(unitCost.times((long) achieved - early)));
    }

    /** The dearest cannot be told from the others, so that each takes the average with it, rounded against us. */
    Tracked shrunk(int achieved, int openGrowth) {
        int left = Math.max(vms - achieved, Math.min(vms, -openGrowth));
        if (left <= 0) {
            return new Tracked(levels, left, Money.ZERO);
        }
        Money each = new Money(perHour.micros() / vms);
        return new Tracked(levels, left, perHour.minus(each.times((long) vms - left)));
    }

    /** No growth is open any more: whatever was taken away beyond what was added, automation had not added. */
    Tracked balanced(int openGrowth) {
        return vms < -openGrowth ? new Tracked(levels, -openGrowth, Money.ZERO) : this;
    }

    int vmsAdded() {
        return Math.max(0, vms);
    }
}
