package io.novacron.zeroops.runtime.signal.intake;

import io.novacron.zeroops.runtime.signal.Measure;
import io.novacron.zeroops.runtime.signal.TelemetryPolicy.Series;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What metrics mean, found by the bytes of their names. Immutable. */
final class SeriesTable {
    private static final int NONE = -1;

    private final byte[][] metrics;
    private final byte[][] labels;
    private final Measure[] measures;
    private final double[] scales;
    private final int[] table; // a place in these + 1, or 0

    SeriesTable(List<Series> series) {
        metrics = bytes(series.stream().map(Series::metric).toList());
        labels = bytes(series.stream().map(Series::label).toList());
        measures = series.stream().map(Series::measure).toArray(Measure[]::new);
        scales = series.stream().mapToDouble(Series::scale).toArray();
        table = new int[Integer.highestOneBit(Math.max(1, metrics.length)) * 4];
        for (int i = 0; i < metrics.length; i++) {
            int at = hash(metrics[i], 0, metrics[i].length);
            while (table[at & table.length - 1] != 0) {
                at++;
            }
            table[at & table.length - 1] = i + 1;
        }
    }

    private static byte[][] bytes(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }

    /** The number of what a metric means; -1 if it means nothing here. */
    int find(byte[] text, int from, int length) {
        for (int at = hash(text, from, length); table[at & table.length - 1] != 0; at++) {
            int found = table[at & table.length - 1] - 1;
            if (Arrays.equals(metrics[found], 0, metrics[found].length, text, from, from + length)) {
                return found;
            }
        }
        return NONE;
    }

    Measure measure(int number) {
        return measures[number];
    }

    /** By which its values are multiplied. */
    double scale(int number) {
        return scales[number];
    }

    /** Whether this label's value names the resource. */
    boolean isNaming(int number, byte[] text, int from, int length) {
        byte[] label = labels[number];
        return Arrays.equals(label, 0, label.length, text, from, from + length);
    }

    /** Metrics seldom have the same end and length. */
    private static int hash(byte[] text, int from, int length) {
        int hash = length;
        for (int i = Math.max(from, from + length - Long.BYTES); i < from + length; i++) {
            hash = 31 * hash + text[i];
        }
        return hash & Integer.MAX_VALUE;
    }
}
