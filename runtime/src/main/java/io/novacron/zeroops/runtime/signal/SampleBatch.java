package io.novacron.zeroops.runtime.signal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Samples of one shard, packed: what a node works on is what goes over the wire. A sample is its time (8 bytes, milliseconds of
 * the epoch), its value (8), its {@link Measure} (1), the length of the resource's name (1), and the name; little-endian.
 * It always carries the name, so that a receiver needs to remember nothing of the sender.
 */
public final class SampleBatch {
    /** The largest, in bytes: of one request, all in one shard. */
    public static final int BYTES_MAX = 64 << 20;

    /** Nothing; where it is brought, that is known to have its place. */
    public static final SampleBatch NONE = new SampleBatch(new byte[0], 0);

    static final int HEAD = 18;
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private final byte[] packed;
    private final int samples;

    SampleBatch(byte[] packed, int samples) {
        this.packed = packed;
        this.samples = samples;
    }

    public int samples() {
        return samples;
    }

    /** What {@link #writeTo} writes. */
    public int bytes() {
        return packed.length + Integer.BYTES;
    }

    public void writeTo(ByteBuffer out) {
        out.putInt(packed.length).put(packed);
    }

    /**
     * What {@link #writeTo} wrote, wholly checked.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static SampleBatch readFrom(ByteBuffer in) {
        int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (length < 0 || length > BYTES_MAX || length > in.remaining()) {
            throw new IllegalArgumentException("a batch of samples says it has " + length + " bytes, and there are "
                    + in.remaining() + ": it was cut, or is none");
        }
        var packed = new byte[length];
        in.get(packed);
        int samples = 0;
        int at = 0;
        while (at < length) {
            int name = length - at < HEAD ? -1 : packed[at + HEAD - 1];
            if (name < 1
                    || name > length - at - HEAD
                    || packed[at + HEAD - 2] < 0
                    || packed[at + HEAD - 2] >= Measure.count()
                    || !Shards.isName(packed, at + HEAD, name)) {
                throw new IllegalArgumentException("a batch of samples has none at byte " + at);
            }
            at += HEAD + name;
            samples++;
        }
        return new SampleBatch(packed, samples);
    }

    /** The same samples in batches that {@link #writeTo} writes with at most so many bytes, where one sample has as few. */
    public List<SampleBatch> parts(int bytesMax) {
        if (bytes() <= bytesMax) {
            return List.of(this);
        }
        List<SampleBatch> parts = new ArrayList<>();
        int from = 0;
        int count = 0;
        int at = 0;
        while (at < packed.length) {
            int next = at + HEAD + packed[at + HEAD - 1];
            if (count > 0 && next - from + Integer.BYTES > bytesMax) {
                parts.add(new SampleBatch(Arrays.copyOfRange(packed, from, at), count));
                from = at;
                count = 0;
            }
            at = next;
            count++;
        }
        parts.add(new SampleBatch(Arrays.copyOfRange(packed, from, at), count));
        return parts;
    }

    /** Before the first sample. */
    Cursor cursor() {
        return new Cursor(packed);
    }

    /** Goes through the samples without making anything of them. */
    static final class Cursor {
        private final byte[] packed;
        private int at;
        private int next;

        private Cursor(byte[] packed) {
            this.packed = packed;
        }

        boolean next() {
            at = next;
            if (at == packed.length) {
                return false;
            }
            next = at + HEAD + packed[at + HEAD - 1];
            return true;
        }

        long timeMillis() {
            return (long) LONGS.get(packed, at);
        }

        double value() {
            return Double.longBitsToDouble((long) LONGS.get(packed, at + Long.BYTES));
        }

        Measure measure() {
            return Measure.of(packed[at + HEAD - 2]);
        }

        byte[] bytes() {
            return packed;
        }

        int nameFrom() {
            return at + HEAD;
        }

        int nameLength() {
            return next - at - HEAD;
        }
    }
}
