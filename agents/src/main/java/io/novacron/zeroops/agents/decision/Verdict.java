package io.novacron.zeroops.agents.decision;

/** What a decision decided. */
public enum Verdict {
    /** Everyone needed agreed, and the owner was told to execute. */
    APPROVED,
    /** A reviewer rejected it, was silent, or its promise lapsed. */
    REJECTED,
    /** A person declined it. */
    DECLINED,
    /** People were asked and nobody answered in time. */
    EXPIRED
}
