package io.novacron.zeroops.runtime.signal;

import java.util.Arrays;

/**
 * How far a sample is from those before it, by the modified z-score of Iglewicz and Hoaglin (How to Detect and Handle
 * Outliers, 1993): 0.6745 (x - median) / MAD, which up to half of the window being outliers does not mask. Sorting a window for
 * each sample would be dear, so that it is asked only if an exponentially weighted mean and variance, of what was clipped to
 * {@link #SCREEN} deviations, say that the sample stands out; in a quiet series few do. Of one thread; allocates nothing.
 */
final class Outliers {
    /** Deviations from the weighted mean that call for a closer look. */
    static final float SCREEN = 3;

    /** The least deviation that counts, of a share: a VM that did nothing is not ill when it does something. */
    static final float DEVIATION_MIN = 0.02f;

    /** With fewer samples before it none is an outlier. */
    static final int SAMPLES_MIN = 16;

    /** The weight of a new sample, as of a mean of 32. */
    private static final float WEIGHT = 2f / 33;

    private static final float PER_MAD = 0.6745f;

    private final float[] sorted;

    /** @param window the most samples there may be */
    Outliers(int window) {
        sorted = new float[window];
    }

    static boolean standsOut(float value, float mean, float variance) {
        float far = value - mean;
        return far * far > SCREEN * SCREEN * Math.max(variance, DEVIATION_MIN * DEVIATION_MIN);
    }

    /** The modified z-score, without its sign, against {@code size} samples from {@code from} on. */
    float score(float value, float[] values, int from, int size) {
        System.arraycopy(values, from, sorted, 0, size);
        float median = median(size);
        for (int i = 0; i < size; i++) {
            sorted[i] = Math.abs(sorted[i] - median);
        }
        float deviation = Math.max(median(size), PER_MAD * DEVIATION_MIN);
        return PER_MAD * Math.abs(value - median) / deviation;
    }

    private float median(int size) {
        Arrays.sort(sorted, 0, size);
        return size % 2 == 1 ? sorted[size / 2] : (sorted[size / 2 - 1] + sorted[size / 2]) / 2;
    }

    /** The weight of the sample after {@code size} others: at first as of a plain mean. */
    static float weight(int size) {
        return Math.max(WEIGHT, 1f / (size + 1));
    }

    /** By how much the sample after {@code size} others is off, no more than counts. */
    static float clipped(float value, float mean, float variance, int size) {
        float off = value - mean;
        if (size < SAMPLES_MIN) {
            return off;
        }
        float most = SCREEN * (float) Math.sqrt(Math.max(variance, DEVIATION_MIN * DEVIATION_MIN));
        return Math.max(-most, Math.min(most, off));
    }
}
