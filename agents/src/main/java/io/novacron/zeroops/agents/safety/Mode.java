package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.decision.ActionClass;

/** How much automation may do. It lives beside the governor, who enforces it; the operations centre only chooses it. */
public enum Mode {
    /** Decides, and shows what it would have done; nothing is executed. Where every installation starts. */
    OBSERVE("mode_observe"),
    /** Only what {@link ActionClass.Risk#LOW} allows. */
    LOW_RISK("mode_low_risk"),
    FULL(""),
    /** Stopped by a person. */
    PAUSED("mode_paused");

    private final String constraint;

    Mode(String constraint) {
        this.constraint = constraint;
    }

    /** Whether an action of this risk may be promised anything. */
    public boolean permits(ActionClass.Risk risk) {
        return switch (this) {
            case FULL -> true;
            case LOW_RISK -> risk == ActionClass.Risk.LOW;
            case OBSERVE, PAUSED -> false;
        };
    }

    /** The name under which this mode rejects; empty for the one that never does. */
    public String constraint() {
        return constraint;
    }
}
