package io.novacron.zeroops.agents.decision;

/** Who may have to agree, besides people. */
public enum Reviewer {
    /** Freezes, and the one disruption budget that incidents, chaos and rollouts share. */
    CALENDAR,
    /** The limits of {@code safety_constraints}, and the mode. */
    GOVERNOR,
    /** The money. */
    BUDGET,
    /** The resource's own entity, which has one slot for one change in flight, and executes it. */
    OWNER
}
