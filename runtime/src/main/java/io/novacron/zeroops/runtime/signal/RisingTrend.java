package io.novacron.zeroops.runtime.signal;

import java.util.Arrays;

/**
 * Sees a ramp within seconds where telemetry is fine enough, long before a forecaster that weighs hours would believe it.
 * The slope is a low quantile of the slopes between all pairs of samples that lie far enough apart (after Theil, 1950, and
 * Sen, 1968, who take the median): noise pulls it down rather than up, and a step, across which at most half of the pairs
 * reach, is no ramp. Memory is fixed; a sample costs O(SAMPLES_MAX^2) at most.
 */
final class RisingTrend {
    /** The time looked back on. */
    static final long WINDOW_MS = 30_000;

    /** With fewer samples in the window there is no telling a ramp from a step. */
    static final int SAMPLES_MIN = 10;

    /** More than these are thinned by leaving out those that come sooner. */
    static final int SAMPLES_MAX = 32;

    private static final double QUANTILE = 1 / 3.0;

    private final long[] times = new long[SAMPLES_MAX];
    private final double[] values = new double[SAMPLES_MAX];
    private final double[] slopes = new double[SAMPLES_MAX * (SAMPLES_MAX - 1) / 2];
    private int size;

    void add(long atMillis, double value) {
        if (size > 0 && atMillis - times[size - 1] < WINDOW_MS / SAMPLES_MAX) {
            return;
        }
        int from = 0;
        while (from < size && (times[from] < atMillis - WINDOW_MS || size - from == SAMPLES_MAX)) {
            from++;
        }
        System.arraycopy(times, from, times, 0, size - from);
        System.arraycopy(values, from, values, 0, size - from);
        size -= from;
        times[size] = atMillis;
        values[size] = value;
        size++;
    }

    /** By how much the load rises in a millisecond, at least; 0 if it does not, or if nobody can tell. */
    double perMilli() {
        if (size < SAMPLES_MIN) {
            return 0;
        }
        long lag = (times[size - 1] - times[0]) / 3;
        int pairs = 0;
        for (int early = 0; early < size; early++) {
            for (int late = early + 1; late < size; late++) {
                if (times[late] - times[early] >= lag) {
                    slopes[pairs++] = (values[late] - values[early]) / (times[late] - times[early]);
                }
            }
        }
        Arrays.sort(slopes, 0, pairs);
        return Math.max(0, slopes[(int) (QUANTILE * pairs)]);
    }
}
