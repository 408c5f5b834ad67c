package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.provisioning.Activity;
import io.novacron.zeroops.runtime.settings.Settings;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SignalColumnsTest {
    private static final TelemetryPolicy POLICY = Settings.DEFAULTS.telemetryPolicy();

    private final Map<String, Integer> edges = new HashMap<>();
    private final SignalColumns columns = new SignalColumns(POLICY, 2_000, 0, 1, this::edge);

    private boolean edge(int slot, SignalKind kind, boolean active, float value, int since) {
        edges.merge(columns.name(slot) + " " + kind + " " + active, 1, Integer::sum);
        return true;
    }

    /** A window as one would write it without a thought of its cost. */
    private static final class Naive {
        final Deque<Float> values = new ArrayDeque<>();
        int newest;

        boolean take(int at, float value) {
            if (at <= newest) {
                return false;
            }
            if (at - newest > 600) {
                values.clear();
            }
            newest = at;
            values.add(value);
            if (values.size() > SignalColumns.WINDOW) {
                values.remove();
            }
            return true;
        }
    }

    @Test
    void windowsHoldWhatANaiveModelHolds() {
        var random = new SplittableRandom(11);
        Map<String, Naive> model = new HashMap<>();
        int clock = 1;
        for (int step = 0; step < 300_000; step++) {
            clock += random.nextInt(100) == 0 ? random.nextInt(800) : random.nextInt(2);
            String name = "vm-" + random.nextInt(700);
            byte[] text = name.getBytes(StandardCharsets.US_ASCII);
            Measure measure = random.nextBoolean() ? Measure.CPU : Measure.MEMORY;
            int at = Math.max(1, clock - random.nextInt(3));
            float value = (float) random.nextDouble();
            int slot = columns.slot(text, 0, text.length);
            Naive expected = model.computeIfAbsent(name + measure, key -> new Naive());
            boolean taken = columns.take(slot, measure, at, value, clock) == null;
            assertThat(taken).isEqualTo(expected.take(at, value));
            if (step % 50 == 0) {
                List<Float> held = new ArrayList<>();
                for (float each : columns.values(slot, measure)) {
                    held.add(each);
                }
                assertThat(held).containsExactlyElementsOf(expected.values);
            }
        }
        assertThat(columns.vms()).isEqualTo(700);
    }

    @Test
    void beginningsAndEndsAlternate() {
        var random = new SplittableRandom(12);
        byte[] text = {'a'};
        int slot = columns.slot(text, 0, 1);
        for (int at = 1; at < 50_000; at++) {
            float level = at / 50 % 2 == 0 ? 0.3f : 0.9f;
            columns.take(slot, Measure.CPU, at, Math.min(1, level + 0.1f * (float) random.nextDouble()), at);
            columns.take(slot, Measure.UP, at, at / 7 % 2, at);
        }
        for (SignalKind kind : List.of(SignalKind.CPU_HIGH, SignalKind.CPU_ANOMALY, SignalKind.DOWN)) {
            int began = edges.getOrDefault("a " + kind + " true", 0);
            int ended = edges.getOrDefault("a " + kind + " false", 0);
            assertThat(began).as(kind.name()).isGreaterThan(100).isBetween(ended, ended + 1);
            assertThat(columns.isActive(slot, kind)).isEqualTo(began > ended);
        }
    }

    @Test
    void scoresAreThoseOfTheFormula() {
        var random = new SplittableRandom(13);
        var outliers = new Outliers(SignalColumns.WINDOW);
        for (int round = 0; round < 1_000; round++) {
            var window = new float[16 + random.nextInt(17)];
            for (int i = 0; i < window.length; i++) {
                window[i] = (float) random.nextDouble();
            }
            float value = (float) random.nextDouble();
            double median = median(window);
            var deviations = new float[window.length];
            for (int i = 0; i < window.length; i++) {
                deviations[i] = (float) Math.abs(window[i] - median);
            }
            double expected = 0.6745 * Math.abs(value - median) / Math.max(median(deviations), 0.6745 * 0.02);
            assertThat((double) outliers.score(value, window, 0, window.length))
                    .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-3 * (1 + expected)));
        }
    }

    private static double median(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2.0;
    }

    @Test
    void activityIsTheMostSinceItWasAskedFor() {
        byte[] name = {'a'};
        int slot = columns.slot(name, 0, 1);
        columns.take(slot, Measure.UP, 5, 1, 5);
        columns.take(slot, Measure.NETWORK, 5, 7_000, 5);
        assertThat(columns.activity(name)).as("nothing of its processors").isEmpty();
        columns.take(slot, Measure.CPU, 10, 0.25f, 10);
        columns.take(slot, Measure.NETWORK, 10, 3_000, 10);
        columns.take(slot, Measure.CPU, 20, 0.5f, 20);
        columns.take(slot, Measure.CPU, 30, 0.125f, 30);
        assertThat(columns.activity(name))
                .contains(new VmActivity(Instant.ofEpochMilli(3_000), new Activity(0.5, 7, Double.NaN)));
        assertThat(columns.activity(name)).as("nothing new").isEmpty();

        columns.take(slot, Measure.CPU, 40, 0.25f, 40);
        columns.take(slot, Measure.STORAGE, 40, 2_000_000, 40);
        assertThat(columns.activity(name).orElseThrow().activity())
                .as("the network as it was last")
                .isEqualTo(new Activity(0.25, 3, 2_000));
        columns.take(slot, Measure.STORAGE, 41, 0, 41);
        assertThat(columns.take(slot, Measure.STORAGE, 41, 9, 41)).isEqualTo(Dropped.OUT_OF_ORDER);
        int later = 40 + 36_001; // beyond what is remembered
        columns.take(slot, Measure.CPU, later, 0, later);
        columns.take(slot, Measure.STORAGE, later, 1_000, later);
        assertThat(columns.activity(name).orElseThrow().activity()).isEqualTo(new Activity(0, Double.NaN, 2_000));
        assertThat(columns.activity(new byte[] {'b'})).isEmpty();
    }

    @Test
    void takingASampleAllocatesNothing() {
        byte[] text = {'a', '1'};
        int slot = columns.slot(text, 0, 2);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        var random = new SplittableRandom(14);
        long least = Long.MAX_VALUE;
        int at = 1;
        for (int round = 0; round < 20; round++) {
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < 10_000; i++) {
                double value = 0.2 + 0.01 * random.nextDouble() + (i % 50 == 0 ? 0.3 : 0); // a second look now and then
                columns.take(columns.slot(text, 0, 2), Measure.CPU, at++, (float) value, at);
                columns.take(slot, Measure.NETWORK, at, i, at);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        assertThat(columns.isActive(slot, SignalKind.CPU_HIGH)).isFalse();
        assertThat(least).isLessThan(1_000);
    }
}
