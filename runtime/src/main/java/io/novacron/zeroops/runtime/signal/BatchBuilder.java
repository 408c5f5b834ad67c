package io.novacron.zeroops.runtime.signal;

import java.util.Arrays;

/** Sorts the samples of one request by shard. Reused from request to request, by one thread. */
public final class BatchBuilder {
    /** What a shard's samples took is kept for the next request, up to so much. */
    private static final int KEPT_MAX = 64 << 10;

    private static final int FIRST = 1 << 10;

    private final byte[][] packed = new byte[Shards.COUNT][];
    private final int[] lengths = new int[Shards.COUNT];
    private final int[] samples = new int[Shards.COUNT];

    public BatchBuilder() {
        Arrays.setAll(packed, shard -> new byte[FIRST]);
    }

    /** Takes a sample of the resource whose name, {@link Shards#isName a name}, is there, and whose shard this is. */
    public void add(Measure measure, byte[] text, int from, int length, int shard, long timeMillis, double value) {
        int at = lengths[shard];
        int end = at + SampleBatch.HEAD + length;
        byte[] out = packed[shard];
        if (end > out.length) {
            out = Arrays.copyOf(out, Math.max(end, 2 * out.length));
            packed[shard] = out;
        }
        SampleBatch.LONGS.set(out, at, timeMillis);
        SampleBatch.LONGS.set(out, at + Long.BYTES, Double.doubleToRawLongBits(value));
        out[at + SampleBatch.HEAD - 2] = (byte) measure.index();
        out[at + SampleBatch.HEAD - 1] = (byte) length;
        System.arraycopy(text, from, out, at + SampleBatch.HEAD, length);
        lengths[shard] = end;
        samples[shard]++;
    }

    /** How many of a shard wait to be {@link #take taken}. */
    public int samples(int shard) {
        return samples[shard];
    }

    /** All samples of a shard; there are none of it any more. */
    public SampleBatch take(int shard) {
        var batch = new SampleBatch(Arrays.copyOf(packed[shard], lengths[shard]), samples[shard]);
        forget(shard);
        return batch;
    }

    public void clear() {
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            forget(shard);
        }
    }

    private void forget(int shard) {
        lengths[shard] = 0;
        samples[shard] = 0;
        if (packed[shard].length > KEPT_MAX) {
            packed[shard] = new byte[FIRST];
        }
    }
}
