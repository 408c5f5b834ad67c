package io.novacron.zeroops.http.node;

import io.novacron.zeroops.runtime.cluster.Membership;

/** A node's actors ended before it was ready. */
public final class NodeEndedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Membership.End end;

    NodeEndedException(Membership.End end) {
        super(end.name());
        this.end = end;
    }

    public Membership.End end() {
        return end;
    }
}
