package io.novacron.zeroops.runtime.learning;

import java.util.Arrays;

/**
 * The highest value of a sliding window, in bounded memory: the window is cut into {@value #SLOTS} slots whose maxima are
 * kept, so that a value counts for the whole window and at most one slot longer.
 */
public final class SlidingMax {

    private static final int SLOTS = 64;

    private final long slotMs;
    private final double[] maxima = new double[SLOTS + 1];
    private long newest = Long.MIN_VALUE;

    /**
     * @param windowMs the window's length in milliseconds
     * @throws IllegalArgumentException if it is not positive
     */
    public SlidingMax(long windowMs) {
        if (windowMs <= 0) {
            throw new IllegalArgumentException("windowMs must be positive: " + windowMs);
        }
        slotMs = Math.max(1, (windowMs + SLOTS - 1) / SLOTS);
        Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
    }

    /** Takes a value; times must not go back. Answers the highest of the window that ends now. */
    public double add(long atMillis, double value) {
        long slot = Math.floorDiv(atMillis, slotMs);
        if (newest == Long.MIN_VALUE || slot - newest > SLOTS) {
            Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
        } else {
            for (long passed = newest + 1; passed <= slot; passed++) {
                maxima[index(passed)] = Double.NEGATIVE_INFINITY;
            }
        }
        newest = slot;
        maxima[index(slot)] = Math.max(maxima[index(slot)], value);
        double highest = value;
        for (double maximum : maxima) {
            highest = Math.max(highest, maximum);
        }
        return highest;
    }

    private int index(long slot) {
        return (int) Math.floorMod(slot, (long) maxima.length);
    }
}
