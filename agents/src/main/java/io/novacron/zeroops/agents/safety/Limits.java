package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Action;

/**
 * The figures that a grant was decided by, journaled with it: so that the state can be checked against its limits though
 * it knows no policy, and though the policy has been changed since.
 */
@TypeName("safety.Limits/1")
public record Limits(
        int actionsPerMinute, int vms, Money perHour, long bytesPerDay, int scaleUpPercent, int scaleDownPercent) {

    static final Limits NONE = new Limits(0, 0, Money.ZERO, 0, 0, 0);

    static Limits of(SafetyConstraints c) {
        return new Limits(
                c.rateLimitActions(),
                c.maxVmsAutoProvisioned(),
                c.maxAutomatedCost(),
                c.maxDataDeletedBytes(),
                c.maxScaleUpPercent(),
                c.maxScaleDownPercent());
    }

    /**
     * What use may be checked against once {@code action} was granted by {@code granted}: a quota that this grant does not
     * draw on stays under the limit by which it was last drawn on, since lowering a limit takes nothing back.
     *
     * @param othersScaling whether changes of capacity are open that were granted by the limits of before
     */
    Limits after(Limits granted, Action action, boolean othersScaling) {
        boolean grows = Quantities.adds(action);
        return new Limits(
                granted.actionsPerMinute,
                grows ? granted.vms : vms,
                grows ? granted.perHour : perHour,
                action.bytesDeleted() > 0 ? granted.bytesPerDay : bytesPerDay,
                othersScaling ? Math.max(scaleUpPercent, granted.scaleUpPercent) : granted.scaleUpPercent,
                othersScaling ? Math.max(scaleDownPercent, granted.scaleDownPercent) : granted.scaleDownPercent);
    }

    /** The highest level that growth may reach from {@code base} instances; nothing at all may become one's share of 1. */
    static int highest(int base, int upPercent) {
        return (int) Math.min(Action.QUANTITY_MAX, Math.max(1L, base) * (100 + upPercent) / 100);
    }

    /** The lowest level that shrinkage may leave of {@code base} instances. */
    static int lowest(int base, int downPercent) {
        return (int) ((long) base * (100 - downPercent) / 100);
    }
}
