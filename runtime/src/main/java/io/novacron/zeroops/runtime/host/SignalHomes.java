package io.novacron.zeroops.runtime.host;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.Behaviors;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.runtime.host.Message.Replied;
import io.novacron.zeroops.runtime.host.Message.Samples;
import io.novacron.zeroops.runtime.host.Message.Stop;
import io.novacron.zeroops.runtime.signal.LocalShards;
import io.novacron.zeroops.runtime.signal.SampleBatch;
import io.novacron.zeroops.runtime.signal.Shards;
import io.novacron.zeroops.runtime.signal.SignalRouter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where in a cluster the telemetry of a shard is: on the node that has the shard's agents. Each shard has one entity that
 * stands for its columns, {@code signals/12}, which moves with the shard: so one VM's window is in one place, next to the
 * entity that its signals wake, whichever node takes the request. The columns do not move: they begin empty where the shard
 * goes to, and are forgotten where it leaves.
 */
final class SignalHomes implements SignalRouter {
    private static final String ADDRESS = "signals/";

    /** A message between nodes has room for it, with what else is in it. */
    static final int MESSAGE_BYTES_MAX = 512 << 10;

    /** Bytes that may be on their way to other nodes, and not be known to have come. */
    static final long UNDER_WAY_MAX = 16L << 20;

    /** What is not answered for so long is lost: the next samples of the same VMs make up for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Asker asker;
    private final AtomicLong underWay = new AtomicLong();
    private final AtomicIntegerArray here = new AtomicIntegerArray(Shards.COUNT); // 1: its entity lives on this node
    private volatile @Nullable LocalShards local;

    SignalHomes(Asker asker) {
        this.asker = asker;
    }

    /** The number of the shard for whose columns this address stands; -1 for an agent's. */
    static int shardOf(String address) {
        return address.startsWith(ADDRESS) ? Integer.parseInt(address, ADDRESS.length(), address.length(), 10) : -1;
    }

    /** From here on this node takes shards. */
    SignalRouter keepingIn(LocalShards shards) {
        local = shards;
        return this;
    }

    /** What has its place here is worked on at once, by the caller; what has not is sent there, and may be lost. */
    @Override
    public boolean accept(int shard, SampleBatch batch) {
        LocalShards shards = local;
        if (shards != null && here.get(shard) == 1) {
            boolean taken = shards.accept(shard, batch);
            releaseUnlessHere(shard, shards); // it may have moved meanwhile
            return taken;
        }
        int bytes = batch.bytes();
        if (underWay.addAndGet(bytes) > UNDER_WAY_MAX) {
            underWay.addAndGet(-bytes);
            return false;
        }
        List<SampleBatch> parts = batch.parts(MESSAGE_BYTES_MAX);
        int share = bytes / parts.size();
        for (int i = 0; i < parts.size(); i++) {
            SampleBatch part = parts.get(i);
            int counted = i == 0 ? bytes - share * (parts.size() - 1) : share;
            CompletionStage<Reply> brought =
                    asker.send(ADDRESS + shard, (key, replies) -> new Samples(part, replies, key), PATIENCE);
            brought.whenComplete((reply, failure) -> underWay.addAndGet(-counted));
        }
        return true;
    }

    /** Whether this node has a shard's columns; if it has not, some node is made to, so that there is one that has. */
    boolean keeps(int shard) {
        if (here.get(shard) == 1) {
            return true;
        }
        accept(shard, SampleBatch.NONE);
        return false;
    }

    private void releaseUnlessHere(int shard, LocalShards shards) {
        if (here.get(shard) == 0) {
            shards.release(shard);
        }
    }

    /** The entity that stands for a shard's columns. */
    Behavior<Message> entity(int shard) {
        return Behaviors.receive(Message.class)
                .onMessage(Samples.class, samples -> {
                    take(shard, samples);
                    return Behaviors.same();
                })
                .onMessage(Stop.class, stop -> Behaviors.stopped())
                .onSignal(PostStop.class, ended -> {
                    left(shard);
                    return Behaviors.same();
                })
                .build();
    }

    private void take(int shard, Samples samples) {
        LocalShards shards = local;
        Reply reply = Reply.notNow("starting");
        if (shards != null) {
            here.set(shard, 1);
            shards.accept(shard, samples.batch());
            reply = Reply.DONE;
        }
        samples.replyTo().tell(new Replied(samples.key(), reply));
    }

    private void left(int shard) {
        here.set(shard, 0);
        LocalShards shards = local;
        if (shards != null) {
            shards.release(shard);
        }
    }
}
