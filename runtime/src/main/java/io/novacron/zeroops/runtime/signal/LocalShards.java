package io.novacron.zeroops.runtime.signal;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The shards whose telemetry this node keeps. Whoever brings a batch works on it, alone in its shard: there is no queue, and what
 * was acknowledged has been looked at.
 */
public final class LocalShards implements SignalRouter {
    private final TelemetryPolicy policy;
    private final List<String> workloads;
    private final InstantSource clock;
    private final SignalListener listener;
    private final long seed;
    private final AtomicReferenceArray<@Nullable SignalShard> shards = new AtomicReferenceArray<>(Shards.COUNT);
    private final AtomicLong newestMillis = new AtomicLong();
    private final LongAdder taken = new LongAdder();
    private final LongAdder[] dropped = LongAdders.of(Dropped.count());

    /**
     * Shards with nothing in them.
     *
     * @param workloads names of those that are scaled; load of others is dropped
     * @param seed of hashing: one that nobody outside knows
     */
    public LocalShards(
            TelemetryPolicy policy, List<String> workloads, InstantSource clock, SignalListener listener, long seed) {
        this.policy = policy;
        this.workloads = List.copyOf(workloads);
        this.clock = clock;
        this.listener = listener;
        this.seed = seed;
    }

    @Override
    public boolean accept(int shard, SampleBatch batch) {
        var why = new int[Dropped.count()];
        shard(shard).accept(batch, why);
        int used = batch.samples();
        for (int i = 0; i < why.length; i++) {
            if (why[i] > 0) {
                dropped[i].add(why[i]);
                used -= why[i];
            }
        }
        taken.add(used);
        if (used > 0) {
            newestMillis.accumulateAndGet(clock.millis(), Math::max);
        }
        return true;
    }

    private SignalShard shard(int number) {
        SignalShard known = shards.get(number);
        if (known != null) {
            return known;
        }
        List<String> own = workloads.stream()
                .filter(name -> Shards.of(Measure.LOAD.owner() + name) == number)
                .toList();
        shards.compareAndSet(number, null, new SignalShard(policy, own, clock, listener, seed));
        return shard(number);
    }

    /** Looks who is silent; to be called every second or so. */
    public void sweep() {
        long newest = newestMillis.get();
        IntStream.range(0, Shards.COUNT).forEach(number -> {
            SignalShard shard = shards.get(number);
            if (shard != null) {
                shard.sweep(newest);
            }
        });
    }

    /**
     * The most that a VM did since this was last asked for; empty where no sample of its processors came since. For one who asks.
     *
     * @param vm its address
     */
    public Optional<VmActivity> activity(String vm) {
        SignalShard shard = shards.get(Shards.of(vm));
        return shard == null
                ? Optional.empty()
                : shard.activity(vm.substring(Measure.CPU.owner().length()).getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets a shard that is another node's now. */
    public void release(int shard) {
        shards.set(shard, null);
    }

    /** Of which something is kept. */
    public int vms() {
        return IntStream.range(0, Shards.COUNT)
                .map(number -> {
                    SignalShard shard = shards.get(number);
                    return shard == null ? 0 : shard.vms();
                })
                .sum();
    }

    /** Samples that were used. */
    public long taken() {
        return taken.sum();
    }

    /** Samples that were not. */
    public long dropped(Dropped why) {
        return dropped[why.index()].sum();
    }
}
