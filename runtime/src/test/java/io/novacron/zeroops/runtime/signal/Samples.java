package io.novacron.zeroops.runtime.signal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Batches, for tests: as texts, and made of values. */
public final class Samples {
    private Samples() {}

    /** Each as its owner's address, what is measured, the time and the value; after a journey over the wire. */
    public static List<String> of(SampleBatch sent) {
        var wire = ByteBuffer.allocate(sent.bytes());
        sent.writeTo(wire);
        SampleBatch batch = SampleBatch.readFrom(wire.flip());
        List<String> all = new ArrayList<>();
        SampleBatch.Cursor sample = batch.cursor();
        while (sample.next()) {
            String name = new String(sample.bytes(), sample.nameFrom(), sample.nameLength(), StandardCharsets.US_ASCII);
            all.add(sample.measure().owner() + name + " " + sample.measure() + " " + sample.timeMillis() + " "
                    + sample.value());
        }
        return all;
    }

    static SampleBatch one(Measure measure, String name, long time, double value) {
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        var builder = new BatchBuilder();
        builder.add(measure, text, 0, text.length, 0, time, value);
        return builder.take(0);
    }
}
