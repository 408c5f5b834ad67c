package io.novacron.zeroops.runtime.learning;

import java.util.Arrays;

/**
 * How far forecasts of one lead lately were off, as a ratio, and from it an interval that holds a given share of what comes
 * (conformal prediction). The share aimed at follows the share that was reached (Gibbs and Candes, "Adaptive conformal
 * inference under distribution shift", 2021). Errors of overlapping periods tell nearly the same: as many as overlap count
 * as one where the quantile allows for how few there are.
 */
final class SpendErrors {
    /** A year: enough for 12 months that do not overlap. */
    private static final int KEPT = 365;

    private static final int NEEDED = 14;
    private static final double MISS_MIN = 0.005;
    private static final double MISS_MAX = 0.3;

    private final double[] errors = new double[KEPT];
    private final double aimedMiss;
    private final double overlap;
    private final double step;
    private int count;
    private double miss;

    /**
     * @param coverage aimed at, as 0.9
     * @param overlap how many errors in a row tell as much as one; at least 1
     * @param step by how much one interval that missed moves the share aimed at
     */
    SpendErrors(double coverage, double overlap, double step) {
        this.aimedMiss = 1 - coverage;
        this.miss = aimedMiss;
        this.overlap = overlap;
        this.step = step;
    }

    /** @param offset added to both, so that a ratio of small amounts says little */
    void add(SpendForecast.Range said, double actual, double offset) {
        errors[count++ % KEPT] = Math.abs(Math.log((actual + offset) / (said.expected() + offset)));
        if (said.isBounded()) {
            double missed = said.contains(actual) ? 0 : 1;
            miss = Math.max(MISS_MIN, Math.min(MISS_MAX, miss + step * (aimedMiss - missed)));
        }
    }

    SpendForecast.Range around(double expected, double offset) {
        int known = Math.min(count, KEPT);
        if (known < NEEDED) {
            return new SpendForecast.Range(expected, Double.NaN, Double.NaN);
        }
        double[] sorted = Arrays.copyOf(errors, known);
        Arrays.sort(sorted);
        double level = Math.min(1, (1 - miss) * (1 + Math.min(1, overlap / known)));
        double ratio = Math.exp(sorted[Math.max(0, (int) Math.ceil(level * known) - 1)]);
        return new SpendForecast.Range(
                expected,
                Math.max(0, (expected + offset) / ratio - offset),
                Math.max(expected, (expected + offset) * ratio - offset));
    }
}
