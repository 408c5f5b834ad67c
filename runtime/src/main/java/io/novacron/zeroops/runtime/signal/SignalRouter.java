package io.novacron.zeroops.runtime.signal;

/** Brings samples to where their shard is. */
public interface SignalRouter {

    /**
     * Takes a batch, or refuses it as a whole; the sender then sends all of its request again, and what had been taken of it is
     * {@link Dropped#OUT_OF_ORDER} then.
     *
     * @param shard {@link Shards#of}
     * @return false if there is no room now
     */
    boolean accept(int shard, SampleBatch batch);
}
