package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Money;

/**
 * What is to be done to one resource.
 *
 * @param resource the address of its owner, such as {@code workload/web} or {@code vm/vm-7}
 * @param project the budget node that pays
 * @param region where it happens, for the calendar's freezes and the canary rule
 * @param from instances of the resource when this was proposed, at least 0; for a VM 0 (not running) or 1
 * @param to instances wanted, at least 0
 * @param unitCostPerHour the price of one instance
 * @param bytesDeleted data that cannot be brought back, at least 0
 * @param rollout the change that is rolled out region by region, canary first; empty where the action is no part of one
 */
public record Action(
        ActionClass kind,
        String resource,
        String project,
        String region,
        int from,
        int to,
        Money unitCostPerHour,
        long bytesDeleted,
        String rollout) {

    /**
     * Bounds a quantity. At {@link #UNIT_COST_MAX} each, so many instances cost 10^11 dollars per hour, within the range of
     * {@link Money}; what they cost over months may not be, and is reckoned in wider numbers by the budget.
     */
    public static final int QUANTITY_MAX = 1_000_000;

    /** The highest price per hour of one instance: a hundred times that of the dearest machine on any list. */
    public static final Money UNIT_COST_MAX = Money.dollars(100_000);

    /** An action that deletes nothing and is no part of a rollout. */
    public static Action of(
            ActionClass kind, String resource, String project, String region, int from, int to, Money unitCost) {
        return new Action(kind, resource, project, region, from, to, unitCost, 0, "");
    }

    /** Why this cannot be an action at all, as a stable code; empty if it can. */
    public String defect() {
        if (resource.isBlank()) {
            return "action_resource_missing";
        } else if (from < 0 || to < 0 || from > QUANTITY_MAX || to > QUANTITY_MAX) {
            return "action_quantity_out_of_range";
        } else if (unitCostPerHour.micros() < 0 || unitCostPerHour.exceeds(UNIT_COST_MAX)) {
            return "action_cost_out_of_range";
        } else if (bytesDeleted < 0) {
            return "action_bytes_out_of_range";
        } else if (!goesTheRightWay()) {
            return "action_direction_wrong";
        }
        return "";
    }

    /** What adds cost must say so: a start from 1 to 1 would need nobody's money. */
    private boolean goesTheRightWay() {
        return switch (kind) {
            case SCALE_OUT -> to > from;
            case SCALE_IN -> to < from;
            case START_VM -> from == 0 && to == 1;
            case STOP_VM, RESTART_VM, SNAPSHOT_VM, DELETE_VM, CORDON_HOST, UNCORDON_HOST, DRAIN_HOST -> true;
        };
    }

    /** Instances added, or, below 0, taken away. */
    public int delta() {
        return to - from;
    }

    /** Dollars per hour that this adds; zero where it adds none. */
    public Money costAddedPerHour() {
        return unitCostPerHour.times(Math.max(0, delta()));
    }

    /** The same action, by a reviewer's measure. */
    public Action withTo(int newTo) {
        return new Action(kind, resource, project, region, from, newTo, unitCostPerHour, bytesDeleted, rollout);
    }

    /** Whether going to {@code otherTo} goes the same way, but less far, and somewhere. */
    public boolean isLessened(int otherTo) {
        return delta() > 0 ? otherTo > from && otherTo < to : otherTo < from && otherTo > to;
    }
}
