package io.novacron.zeroops.runtime.signal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What telemetry showed since the start, of one node or of several.
 *
 * @param vms of which telemetry is kept
 * @param samples that were used
 * @param dropped samples that were not, by {@link Dropped} in small letters
 * @param began signals, by {@link SignalKind} in small letters
 * @param signals the newest first
 * @param unanswered nodes whose part is missing, as host and port
 */
public record SignalSummary(
        int vms,
        long samples,
        Map<String, Long> dropped,
        Map<String, Long> began,
        List<Signal> signals,
        List<String> unanswered) {

    /** The most signals that one tells: a message between nodes has room for them. */
    public static final int SIGNALS_MAX = 1_000;

    private static final int COUNTS_MAX = 100;

    public SignalSummary {
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
        began = Collections.unmodifiableMap(new TreeMap<>(began));
        signals = List.copyOf(signals);
        unanswered = List.copyOf(unanswered);
    }

    /** Of a node that did not tell. */
    public static SignalSummary unanswered(String node) {
        return new SignalSummary(0, 0, Map.of(), Map.of(), List.of(), List.of(node));
    }

    /** Both together, with at most {@code limit} signals. */
    public SignalSummary plus(SignalSummary other, int limit) {
        return new SignalSummary(
                vms + other.vms,
                samples + other.samples,
                sum(dropped, other.dropped),
                sum(began, other.began),
                Stream.concat(signals.stream(), other.signals.stream())
                        .sorted(Comparator.comparing(Signal::detectedAt).reversed())
                        .limit(limit)
                        .toList(),
                Stream.concat(unanswered.stream(), other.unanswered.stream()).toList());
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> both = new TreeMap<>(one);
        other.forEach((name, count) -> both.merge(name, count, Long::sum));
        return both;
    }

    /** For another node: all but {@link #unanswered}, of which a node that tells of itself has none. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(vms);
        out.writeLong(samples);
        write(out, dropped);
        write(out, began);
        out.writeInt(signals.size());
        for (Signal signal : signals) {
            out.writeUTF(signal.resource());
            out.writeUTF(signal.kind().name());
            out.writeBoolean(signal.active());
            out.writeDouble(signal.value());
            write(out, signal.since());
            write(out, signal.detectedAt());
        }
    }

    private static void write(DataOutput out, Map<String, Long> counts) throws IOException {
        out.writeInt(counts.size());
        for (var count : counts.entrySet()) {
            out.writeUTF(count.getKey());
            out.writeLong(count.getValue());
        }
    }

    private static void write(DataOutput out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    /**
     * What {@link #writeTo} wrote.
     *
     * @throws IllegalArgumentException if a newer node knows a kind of signal that this one does not
     */
    public static SignalSummary readFrom(DataInput in) throws IOException {
        int vms = in.readInt();
        long samples = in.readLong();
        Map<String, Long> dropped = readCounts(in);
        Map<String, Long> began = readCounts(in);
        int size = checked(in.readInt(), SIGNALS_MAX);
        List<Signal> signals = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            signals.add(new Signal(
                    in.readUTF(),
                    SignalKind.valueOf(in.readUTF()),
                    in.readBoolean(),
                    in.readDouble(),
                    Instant.ofEpochSecond(in.readLong(), in.readInt()),
                    Instant.ofEpochSecond(in.readLong(), in.readInt())));
        }
        return new SignalSummary(vms, samples, dropped, began, signals, List.of());
    }

    private static Map<String, Long> readCounts(DataInput in) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        for (int left = checked(in.readInt(), COUNTS_MAX); left > 0; left--) {
            counts.put(in.readUTF(), in.readLong());
        }
        return counts;
    }

    private static int checked(int size, int max) throws IOException {
        if (size < 0 || size > max) {
            throw new IOException(size + " of what there are at most " + max);
        }
        return size;
    }
}
