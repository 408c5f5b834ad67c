package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleBatchTest {
    @Test
    void itsPartsAreTheSameSamplesInOrderAndNoneIsTooLarge() {
        var builder = new BatchBuilder();
        for (int i = 0; i < 1000; i++) {
            byte[] name = ("vm-" + "x".repeat(i % 100) + i).getBytes(StandardCharsets.US_ASCII);
            builder.add(Measure.CPU, name, 0, name.length, 7, 1000 + i, i / 1000.0);
        }
        SampleBatch whole = builder.take(7);
        for (int bytesMax : new int[] {150, 1000, whole.bytes() - 1, whole.bytes()}) {
            List<SampleBatch> parts = whole.parts(bytesMax);
            List<String> samples = new ArrayList<>();
            for (SampleBatch part : parts) {
                assertThat(part.bytes()).isLessThanOrEqualTo(bytesMax);
                assertThat(Samples.of(part)).hasSize(part.samples());
                samples.addAll(Samples.of(part));
            }
            assertThat(samples).isEqualTo(Samples.of(whole));
            assertThat(parts.size() == 1).isEqualTo(bytesMax == whole.bytes());
        }
        assertThat(whole.parts(1)).hasSize(1000).allMatch(part -> part.samples() == 1);
    }
}
