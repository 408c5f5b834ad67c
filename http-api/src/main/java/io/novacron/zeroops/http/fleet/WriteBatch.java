package io.novacron.zeroops.http.fleet;

import com.google.protobuf.CodedOutputStream;
import io.airlift.compress.snappy.SnappyCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * One request of Prometheus remote write 1.0, in the making: {@code prometheus.WriteRequest} as a block of Snappy. Each series
 * has one sample.
 */
final class WriteBatch {
    /** Series of one request. */
    static final int SERIES_MAX = 2_000;

    private static final int SERIES = 1;
    private static final int LABEL = 1;
    private static final int SAMPLE = 2;
    private static final int NAME = 1;
    private static final int VALUE = 2;
    private static final int SAMPLE_VALUE = 1;
    private static final int SAMPLE_TIME = 2;

    private final ByteArrayOutputStream request = new ByteArrayOutputStream();
    private int count;

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        var bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is written to memory
        }
        return bytes.toByteArray();
    }

    private static byte[] label(String name, String value) {
        return message(out -> {
            out.writeString(NAME, name);
            out.writeString(VALUE, value);
        });
    }

    /** @param label whose name sorts after {@code __name__}, as labels have to be in order */
    void add(String metric, String label, String of, long epochMs, double value) {
        byte[] sample = message(out -> {
            out.writeDouble(SAMPLE_VALUE, value);
            out.writeInt64(SAMPLE_TIME, epochMs);
        });
        byte[] series = message(out -> {
            out.writeByteArray(LABEL, label("__name__", metric));
            out.writeByteArray(LABEL, label(label, of));
            out.writeByteArray(SAMPLE, sample);
        });
        request.writeBytes(message(out -> out.writeByteArray(SERIES, series)));
        count++;
    }

    boolean isFull() {
        return count >= SERIES_MAX;
    }

    boolean isEmpty() {
        return count == 0;
    }

    byte[] compressed() {
        byte[] plain = request.toByteArray();
        var snappy = new SnappyCompressor();
        byte[] block = new byte[snappy.maxCompressedLength(plain.length)];
        return Arrays.copyOf(block, snappy.compress(plain, 0, plain.length, block, 0, block.length));
    }
}
