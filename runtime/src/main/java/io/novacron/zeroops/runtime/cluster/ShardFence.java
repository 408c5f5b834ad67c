package io.novacron.zeroops.runtime.cluster;

import akka.actor.setup.Setup;
import io.novacron.zeroops.persistence.journal.Fence;
import io.novacron.zeroops.runtime.signal.Shards;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntToLongFunction;

/**
 * The shards that this node holds, each with the epoch in which it took it. The journal takes rows of a shard only in its
 * newest epoch: so from the moment at which another node takes a shard, this one cannot write in it any more, whatever it
 * believes. A {@link ShardLease} takes a shard before its first entity starts.
 */
public final class ShardFence extends Setup implements Fence {
    private final IntToLongFunction epochs;
    private final AtomicLongArray held = new AtomicLongArray(Shards.COUNT); // 0: not held

    /** @param epochs takes a shard for this node, and returns the epoch in which it holds it from then on; waits for it */
    public ShardFence(IntToLongFunction epochs) {
        this.epochs = epochs;
    }

    @Override
    public int shard(String entity) {
        return Shards.of(entity);
    }

    @Override
    public long epoch(int shard) {
        return held.get(shard);
    }

    /** Returns once whoever held it before can write no more, and what it wrote can be read. Waits for the database. */
    void take(int shard) {
        held.set(shard, epochs.applyAsLong(shard));
    }

    void leave(int shard) {
        held.set(shard, 0);
    }
}
