package io.novacron.zeroops.simulations.bench;

import com.google.protobuf.CodedOutputStream;
import io.airlift.compress.snappy.SnappyCompressor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Remote write as a Prometheus would send it that scrapes {@link #SERIES_PER_VM} series of each VM: whole HTTP requests, encoded
 * before anything is measured. A pass is one sample of every series.
 */
final class WriteStream {
    static final int SERIES_PER_VM = 3;

    /** Samples of a request, as Prometheus sends by default since 2.53; and a little more than 2.42 does. */
    static final int SAMPLES_PER_REQUEST = 2_000;

    static final Duration INTERVAL = Duration.ofSeconds(15);

    private static final int VMS_PER_HOST = 50;
    private static final int REQUEST_MAX = 1 << 20;

    private final int vms;
    private final String path;
    private final SplittableRandom random = new SplittableRandom(1);
    private final SnappyCompressor snappy = new SnappyCompressor();
    private final byte[] plain = new byte[REQUEST_MAX];
    private final byte[] block = new byte[new SnappyCompressor().maxCompressedLength(REQUEST_MAX)];

    /** What is wrong with a VM in a pass. */
    enum Fault {
        NONE,
        BUSY,
        DOWN
    }

    /**
     * A request.
     *
     * @param http its bytes, all of an array
     * @param samples in it
     * @param firstVm of its VMs, which are in order
     * @param lane which request of its pass it is
     */
    record Request(ByteBuffer http, int samples, int firstVm, int lane) {}

    /** @param path of the server to which it is sent */
    WriteStream(int vms, String path) {
        this.vms = vms;
        this.path = path;
    }

    static int samplesPerPass(int vms) {
        return vms * SERIES_PER_VM;
    }

    /** @param faults what is wrong with each VM */
    List<Request> pass(Instant at, IntFunction<Fault> faults) {
        int vmsPerRequest = SAMPLES_PER_REQUEST / SERIES_PER_VM;
        List<Request> requests = new ArrayList<>();
        for (int first = 0; first < vms; first += vmsPerRequest) {
            int count = Math.min(vmsPerRequest, vms - first);
            requests.add(new Request(
                    http(first, count, at.toEpochMilli(), faults), count * SERIES_PER_VM, first, requests.size()));
        }
        return requests;
    }

    private ByteBuffer http(int first, int count, long at, IntFunction<Fault> faults) {
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(plain);
            for (int vm = first; vm < first + count; vm++) {
                Fault fault = faults.apply(vm);
                double usual = 0.2 + 0.4 * (vm % 97) / 97;
                double cpu = fault == Fault.BUSY ? 0.99 : usual + 0.03 * random.nextDouble();
                series(out, "vm_cpu_share", vm, at, cpu);
                series(out, "vm_memory_share", vm, at, usual + 0.01 * random.nextDouble());
                series(out, "vm_up", vm, at, fault == Fault.DOWN ? 0 : 1);
            }
            int length = snappy.compress(plain, 0, out.getTotalBytesWritten(), block, 0, block.length);
            byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-protobuf\r\n"
                            + "Content-Encoding: snappy\r\nX-Prometheus-Remote-Write-Version: 0.1.0\r\nContent-Length: "
                            + length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] whole = Arrays.copyOf(head, head.length + length);
            System.arraycopy(block, 0, whole, head.length, length);
            return ByteBuffer.wrap(whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void series(CodedOutputStream out, String metric, int vm, long at, double value) throws IOException {
        byte[][] labels = {
            label("__name__", metric),
            label("instance", "host-" + vm / VMS_PER_HOST + ":9177"),
            label("job", "libvirt"),
            label("vm", name(vm))
        };
        int sample = CodedOutputStream.computeDoubleSize(1, value) + CodedOutputStream.computeInt64Size(2, at);
        int length = 2 + sample;
        for (byte[] label : labels) {
            length += CodedOutputStream.computeByteArraySize(1, label);
        }
        out.writeTag(1, 2);
        out.writeUInt32NoTag(length);
        for (byte[] label : labels) {
            out.writeByteArray(1, label);
        }
        out.writeTag(2, 2);
        out.writeUInt32NoTag(sample);
        out.writeDouble(1, value);
        out.writeInt64(2, at);
    }

    private static byte[] label(String name, String value) throws IOException {
        var bytes =
                new byte[CodedOutputStream.computeStringSize(1, name) + CodedOutputStream.computeStringSize(2, value)];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeString(1, name);
        out.writeString(2, value);
        return bytes;
    }

    static String name(int vm) {
        return "vm-" + vm;
    }
}
