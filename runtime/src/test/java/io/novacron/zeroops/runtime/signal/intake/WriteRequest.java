package io.novacron.zeroops.runtime.signal.intake;

import io.airlift.compress.snappy.SnappyCompressor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Remote write, encoded by hand from the specification, so that nothing of the decoder checks itself. */
final class WriteRequest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** @param labels names and values by turns */
    WriteRequest series(String[] labels, long[] times, double... values) {
        var series = new ByteArrayOutputStream();
        for (int i = 0; i < labels.length; i += 2) {
            var label = new ByteArrayOutputStream();
            field(label, 1, labels[i].getBytes(StandardCharsets.UTF_8));
            field(label, 2, labels[i + 1].getBytes(StandardCharsets.UTF_8));
            field(series, 1, label.toByteArray());
        }
        for (int i = 0; i < times.length; i++) {
            var sample = new ByteArrayOutputStream();
            sample.write((1 << 3) | 1);
            sample.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(values[i])
                    .array());
            sample.write(2 << 3);
            varint(sample, times[i]);
            field(series, 2, sample.toByteArray());
        }
        return bytes(1, series.toByteArray());
    }

    WriteRequest sample(String metric, String vm, long time, double value) {
        return series(new String[] {"__name__", metric, "instance", "h-1:9100", "vm", vm}, new long[] {time}, value);
    }

    WriteRequest bytes(int field, byte[] content) {
        field(out, field, content);
        return this;
    }

    static void field(ByteArrayOutputStream out, int number, byte[] content) {
        out.write((number << 3) | 2);
        varint(out, content.length);
        out.writeBytes(content);
    }

    static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    byte[] plain() {
        return out.toByteArray();
    }

    byte[] compressed() {
        return compressed(plain());
    }

    static byte[] compressed(byte[] plain) {
        var snappy = new SnappyCompressor();
        var block = new byte[snappy.maxCompressedLength(plain.length)];
        return Arrays.copyOf(block, snappy.compress(plain, 0, plain.length, block, 0, block.length));
    }
}
