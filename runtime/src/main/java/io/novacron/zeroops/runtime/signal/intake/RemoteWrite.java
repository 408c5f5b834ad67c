package io.novacron.zeroops.runtime.signal.intake;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.novacron.zeroops.runtime.signal.BatchBuilder;
import io.novacron.zeroops.runtime.signal.Dropped;
import io.novacron.zeroops.runtime.signal.Measure;
import io.novacron.zeroops.runtime.signal.Shards;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads requests of Prometheus remote write 1.0: a protobuf {@code WriteRequest} in one block of Snappy.
 *
 * <pre>
 * WriteRequest { repeated TimeSeries timeseries = 1; }     TimeSeries { repeated Label labels = 1; repeated Sample samples = 2; }
 * Label { string name = 1; string value = 2; }             Sample { double value = 1; int64 timestamp = 2; }  milliseconds
 * </pre>
 *
 * Fields that are not listed (metadata, exemplars, histograms) are skipped. Nothing is allocated for a sample or a label: names
 * are compared as bytes where they lie. Reused from request to request, by one thread.
 *
 * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">the specification</a>
 */
final class RemoteWrite {
    static final int COMPRESSED_MAX = 1 << 20;
    static final int UNCOMPRESSED_MAX = 16 << 20;
    static final int SERIES_MAX = 50_000;
    static final int SAMPLES_PER_SERIES_MAX = 10_000;
    static final int SAMPLES_MAX = 200_000;
    static final int LABELS_MAX = 128;
    static final int LABEL_BYTES_MAX = 4096;

    /** Kept from request to request. */
    private static final int KEPT_MAX = 1 << 20;

    private static final long STALE = 0x7ff0000000000002L;
    private static final byte[] METRIC = {'_', '_', 'n', 'a', 'm', 'e', '_', '_'};
    private static final int TAG_FIRST = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int TAG_SECOND = 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int TAG_VALUE = 1 << 3 | WireFormat.WIRETYPE_FIXED64;
    private static final int TAG_TIMESTAMP = 2 << 3 | WireFormat.WIRETYPE_VARINT;

    private final SeriesTable table;
    private final SnappyDecompressor snappy = new SnappyDecompressor();
    private byte[] text = new byte[0];

    // Where in the text the labels of a series are, as it is not said that its name comes first: name, length, value,
    // length.
    private final int[] labels = new int[4 * LABELS_MAX];

    // Of the request.
    private int series;
    private int samples;

    // Of the series that is being read.
    private int labelCount;
    private boolean resolved;
    private int meaning;
    private int nameFrom;
    private int nameLength;
    private int shard;
    private Dropped why = Dropped.UNKNOWN_METRIC;

    RemoteWrite(SeriesTable table) {
        this.table = table;
    }

    /**
     * Reads a whole request.
     *
     * @param out gets the samples that mean something; of a request that is refused it may have some
     * @param dropped is counted up, by {@link Dropped#index}
     */
    void read(byte[] body, BatchBuilder out, int[] dropped) throws IntakeException {
        int length = decompress(body);
        series = 0;
        samples = 0;
        try {
            var in = CodedInputStream.newInstance(text, 0, length);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag != TAG_FIRST) {
                    skip(in, tag);
                } else if (++series > SERIES_MAX) {
                    throw IntakeException.tooLarge("more than " + SERIES_MAX + " series: send fewer in a request");
                } else {
                    readSeries(in, out, dropped);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw IntakeException.malformed(
                    "no protobuf of remote write 1.0 in series " + series + ": " + e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException("memory was read", e);
        } finally {
            if (text.length > KEPT_MAX) {
                text = new byte[0];
            }
        }
    }

    private int decompress(byte[] body) throws IntakeException {
        if (body.length > COMPRESSED_MAX) {
            throw IntakeException.tooLarge("the body is larger than " + COMPRESSED_MAX + " bytes");
        }
        try {
            int length = SnappyDecompressor.getUncompressedLength(body, 0);
            if (length < 0 || length > UNCOMPRESSED_MAX) { // before anything is allocated for it
                throw IntakeException.tooLarge("the body says that it has more than " + UNCOMPRESSED_MAX
                        + " bytes uncompressed: lower max_samples_per_send");
            }
            if (length > text.length) {
                text = new byte[Math.max(length, Math.min(2 * text.length, UNCOMPRESSED_MAX))];
            }
            int got = snappy.decompress(body, 0, body.length, text, 0, length);
            if (got != length) {
                throw IntakeException.malformed("the body is a truncated block of Snappy");
            }
            return length;
        } catch (MalformedInputException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw IntakeException.malformed("the body is no block of Snappy: " + e.getMessage());
        }
    }

    /** Between unknown fields may be whatever protobuf allows, but for groups, which nest without a bound on their depth. */
    private static void skip(CodedInputStream in, int tag) throws IOException, IntakeException {
        int type = WireFormat.getTagWireType(tag);
        if (type == WireFormat.WIRETYPE_START_GROUP || type == WireFormat.WIRETYPE_END_GROUP) {
            throw IntakeException.malformed("no protobuf of remote write 1.0: it has groups");
        }
        in.skipField(tag);
    }

    private void readSeries(CodedInputStream in, BatchBuilder out, int[] dropped) throws IOException, IntakeException {
        int outer = in.pushLimit(in.readRawVarint32());
        labelCount = 0;
        resolved = false;
        int before = samples;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == TAG_FIRST) {
                if (resolved) {
                    throw IntakeException.malformed("series " + series + " has a label after a sample");
                }
                readLabel(in);
            } else if (tag == TAG_SECOND) {
                if (samples - before == SAMPLES_PER_SERIES_MAX || samples == SAMPLES_MAX) {
                    throw IntakeException.tooLarge("more than " + SAMPLES_PER_SERIES_MAX + " samples of a series, or "
                            + SAMPLES_MAX + " in all: send fewer in a request");
                }
                samples++;
                resolve();
                readSample(in, out, dropped);
            } else {
                skip(in, tag);
            }
        }
        in.popLimit(outer);
    }

    private void readLabel(CodedInputStream in) throws IOException, IntakeException {
        if (labelCount == LABELS_MAX) {
            throw IntakeException.tooLarge("series " + series + " has more than " + LABELS_MAX + " labels");
        }
        int label = 4 * labelCount++;
        labels[label + 1] = 0;
        labels[label + 3] = 0;
        int outer = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == TAG_FIRST || tag == TAG_SECOND) {
                int length = in.readRawVarint32();
                if (length > LABEL_BYTES_MAX) {
                    throw IntakeException.tooLarge(
                            "series " + series + " has a label of more than " + LABEL_BYTES_MAX + " bytes");
                }
                int part = label + (tag == TAG_FIRST ? 0 : 2);
                labels[part] = in.getTotalBytesRead();
                labels[part + 1] = length;
                in.skipRawBytes(length);
            } else {
                skip(in, tag);
            }
        }
        in.popLimit(outer);
    }

    /** Finds out what the series means, once its labels are known. */
    private void resolve() {
        if (resolved) {
            return;
        }
        resolved = true;
        meaning = -1;
        nameLength = 0;
        why = Dropped.UNKNOWN_METRIC;
        for (int i = 0; i < 4 * labelCount && meaning < 0; i += 4) {
            if (Arrays.equals(text, labels[i], labels[i] + labels[i + 1], METRIC, 0, METRIC.length)) {
                meaning = table.find(text, labels[i + 2], labels[i + 3]);
            }
        }
        if (meaning < 0) {
            return;
        }
        why = Dropped.NO_RESOURCE;
        for (int i = 0; i < 4 * labelCount; i += 4) {
            if (table.isNaming(meaning, text, labels[i], labels[i + 1])) {
                nameFrom = labels[i + 2];
                nameLength = labels[i + 3];
            }
        }
        if (nameLength > 0 && !Shards.isName(text, nameFrom, nameLength)) {
            why = Dropped.BAD_NAME;
            nameLength = 0;
        }
        if (nameLength > 0) {
            shard = Shards.of(table.measure(meaning), text, nameFrom, nameLength);
        }
    }

    private void readSample(CodedInputStream in, BatchBuilder out, int[] dropped) throws IOException, IntakeException {
        int outer = in.pushLimit(in.readRawVarint32());
        double value = 0;
        long timestamp = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == TAG_VALUE) {
                value = in.readDouble();
            } else if (tag == TAG_TIMESTAMP) {
                timestamp = in.readInt64();
            } else {
                skip(in, tag);
            }
        }
        in.popLimit(outer);
        if (meaning < 0 || nameLength == 0) {
            dropped[why.index()]++;
        } else if (Double.doubleToRawLongBits(value) == STALE) {
            dropped[Dropped.STALE_MARKER.index()]++;
        } else {
            Measure measure = table.measure(meaning);
            out.add(measure, text, nameFrom, nameLength, shard, timestamp, value * table.scale(meaning));
        }
    }
}
