package io.novacron.zeroops.runtime.cluster;

import akka.actor.setup.Setup;
import java.util.function.BooleanSupplier;

/**
 * Whether this node may begin a new cluster. A majority of contact points is not enough: of three nodes that start at once two
 * may each see the third, and each other not yet. So the right is one that only one node can have, and that it keeps for as
 * long as it lives; the others find its cluster by then.
 */
public final class Founding extends Setup {
    private final BooleanSupplier right;

    /** @param right takes it if nobody has it, and tells whether this node has it; waits for the database */
    public Founding(BooleanSupplier right) {
        this.right = right;
    }

    boolean isAllowed() {
        return right.getAsBoolean();
    }
}
