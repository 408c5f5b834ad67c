package io.novacron.zeroops.simulations.bench;

import com.google.protobuf.CodedOutputStream;
import io.airlift.compress.snappy.SnappyCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Requests of remote write that fill the windows of some VMs: of each a series of shares, and one that says whether it is up. */
final class VmSamples {
    static final Duration INTERVAL = Duration.ofSeconds(15);

    private static final byte[] NAME = "__name__".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VM = "vm".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CPU = "vm_cpu_share".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UP = "vm_up".getBytes(StandardCharsets.US_ASCII);

    private final SnappyCompressor snappy = new SnappyCompressor();

    /**
     * One request.
     *
     * @param first of the VMs
     * @param samples of the shares; there is one of whether it is up
     * @param atMillis the last of them
     */
    byte[] request(int first, int vms, int samples, long atMillis, boolean up) {
        try {
            var plain = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(plain);
            for (int vm = first; vm < first + vms; vm++) {
                byte[] name = ListedFleet.name(vm);
                byte[] cpu = series(CPU, name, samples, atMillis, 0.2 + 0.4 * (vm % 97) / 97);
                out.writeByteArray(1, cpu);
                out.writeByteArray(1, series(UP, name, 1, atMillis, up ? 1 : 0));
            }
            out.flush();
            byte[] text = plain.toByteArray();
            var block = new byte[snappy.maxCompressedLength(text.length)];
            return Arrays.copyOf(block, snappy.compress(text, 0, text.length, block, 0, block.length));
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes all bytes", e);
        }
    }

    private static byte[] series(byte[] metric, byte[] vm, int samples, long atMillis, double value)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeByteArray(1, label(NAME, metric));
        out.writeByteArray(1, label(VM, vm));
        for (int i = samples - 1; i >= 0; i--) {
            long at = atMillis - i * INTERVAL.toMillis();
            out.writeTag(2, 2);
            out.writeUInt32NoTag(
                    CodedOutputStream.computeDoubleSize(1, value) + CodedOutputStream.computeInt64Size(2, at));
            out.writeDouble(1, value);
            out.writeInt64(2, at);
        }
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] label(byte[] name, byte[] value) throws IOException {
        var bytes = new byte
                [CodedOutputStream.computeByteArraySize(1, name) + CodedOutputStream.computeByteArraySize(2, value)];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeByteArray(1, name);
        out.writeByteArray(2, value);
        return bytes;
    }
}
