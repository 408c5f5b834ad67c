package io.novacron.zeroops.agents.decision;

/** Urgency, as incidents use it; the earlier the more urgent. {@link #P0} preempts what has not been executed yet. */
public enum Priority {
    P0,
    P1,
    P2,
    P3,
    P4;

    public boolean isAbove(Priority other) {
        return compareTo(other) < 0;
    }
}
