package io.novacron.zeroops.runtime.cluster;

import akka.actor.ExtendedActorSystem;
import akka.coordination.lease.LeaseSettings;
import akka.coordination.lease.scaladsl.Lease;
import akka.dispatch.Dispatchers;
import akka.dispatch.Futures;
import scala.Function1;
import scala.Option;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;

/**
 * Makes a shard wait with its first entity until this node has taken its epoch. It is never lost: who may own a shard is the
 * cluster's decision, and what two nodes write that both believe they do, the {@link ShardFence} decides.
 */
public final class ShardLease extends Lease {
    /** In the names that sharding gives its leases, before the number of the shard. */
    private static final String AGENTS = "-shard-agent-";

    private final ShardFence fence;
    private final ExecutionContext blocking;
    private final int shard;

    /** As Akka makes it, by its name in {@code zeroops.shard-lease}. */
    public ShardLease(LeaseSettings settings, ExtendedActorSystem system) {
        super(settings);
        fence = system.settings()
                .setup()
                .get(ShardFence.class)
                .orElseThrow(() -> new IllegalStateException("the actor system was made without a ShardFence"));
        blocking = system.dispatchers().lookup(Dispatchers.DefaultBlockingDispatcherId());
        String name = settings.leaseName();
        int number = name.indexOf(AGENTS);
        shard = number < 0 ? -1 : Integer.parseInt(name.substring(number + AGENTS.length()));
    }

    /** Fails while the database does not answer: sharding tries again. */
    @Override
    public Future<Object> acquire() {
        return Futures.future(
                () -> {
                    if (shard >= 0) {
                        fence.take(shard);
                    }
                    return true;
                },
                blocking);
    }

    @Override
    public Future<Object> acquire(Function1<Option<Throwable>, BoxedUnit> lost) {
        return acquire();
    }

    @Override
    public Future<Object> release() {
        if (shard >= 0) {
            fence.leave(shard);
        }
        return Futures.successful(true);
    }

    @Override
    public boolean checkLease() {
        return shard < 0 || fence.epoch(shard) != 0;
    }
}
