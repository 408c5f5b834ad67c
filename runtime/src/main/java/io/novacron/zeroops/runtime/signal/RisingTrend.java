package io.novacron.zeroops.runtime.signal;

import java.util.Arrays;

/**
 * Sees a ramp within seconds where telemetry is fine enough, long before a forecaster that weighs hours would believe it.
 * It compares the medians of the three thirds of a window: on a ramp both differences are alike, after a step one of them is
 * nothing, and noise seldom makes both large. The smaller difference, if it is clear of the noise, gives the slope. Two
 * windows are looked at, a short one for steep ramps and a long one for gentle ones. Memory is fixed.
 */
final class RisingTrend {
    private static final long SHORT_MS = 15_000;
    private static final long LONG_MS = 30_000;

    /** With fewer samples in a third its median is no better than a sample. */
    private static final int THIRD_MIN = 3;

    private static final int SAMPLES_MAX = 64;

    /** A difference of medians counts from so many of its own standard deviations on. */
    private static final double CLEAR = 1.5;

    /** Of a normal distribution: standard deviation per median absolute deviation, and of a median per that of a mean. */
    private static final double DEVIATION_PER_MEDIAN = 1.4826;

    private static final double MEDIAN_PER_MEAN = 1.2533;

    private final long[] times = new long[SAMPLES_MAX];
    private final double[] values = new double[SAMPLES_MAX];
    private int size;

    void add(long atMillis, double value) {
        if (size > 0 && atMillis - times[size - 1] < LONG_MS / SAMPLES_MAX) {
            return; // finer than is of use
        }
        int from = 0;
        while (from < size && (times[from] <= atMillis - LONG_MS || size - from == SAMPLES_MAX)) {
            from++;
        }
        System.arraycopy(times, from, times, 0, size - from);
        System.arraycopy(values, from, values, 0, size - from);
        size -= from;
        times[size] = atMillis;
        values[size] = value;
        size++;
    }

    /** By how much the load rises in a millisecond; 0 if it does not, or if nobody can tell. */
    double perMilli() {
        return Math.max(perMilli(SHORT_MS), perMilli(LONG_MS));
    }

    private double perMilli(long window) {
        int first = 0;
        while (first < size && times[first] <= times[size - 1] - window) {
            first++;
        }
        int third = (size - first) / 3;
        third -= 1 - third % 2; // odd, so that no median lies half-way up a step
        if (third < THIRD_MIN) {
            return 0;
        }
        double[] medians = new double[3];
        double spread = 0;
        int start = size - 3 * third;
        for (int part = 0; part < 3; part++) {
            double[] sorted = Arrays.copyOfRange(values, start + part * third, start + (part + 1) * third);
            medians[part] = median(sorted);
            for (int i = 0; i < third; i++) {
                sorted[i] = Math.abs(sorted[i] - medians[part]);
            }
            spread += median(sorted) / 3;
        }
        double difference = Math.min(medians[1] - medians[0], medians[2] - medians[1]);
        double noise = DEVIATION_PER_MEDIAN * spread * MEDIAN_PER_MEAN * Math.sqrt(2.0 / third);
        double apart = (times[size - 1] - times[start]) * (double) third / (3 * third - 1);
        return difference > CLEAR * noise && difference > 0 ? difference / apart : 0;
    }

    /** Of an odd number of values, which it sorts. */
    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values[middle];
    }
}
