package io.novacron.zeroops.simulations.trace;

/**
 * A rate of requests that is constant within each step. Steps touch: each lasts until the next starts, the last until
 * {@link #endMillis()}; the first starts at 0. Immutable, so that every policy can be run on the same one.
 */
public interface Load {
    /** At least one. */
    int steps();

    /** @return milliseconds since the start; 0 for the first, strictly ascending */
    long startMillis(int step);

    /** @return requests per second; finite, at least 0 */
    double ratePerS(int step);

    /** @return milliseconds since the start; more than the start of the last step */
    long endMillis();

    default long stepEndMillis(int step) {
        return step + 1 < steps() ? startMillis(step + 1) : endMillis();
    }

    /**
     * The step that is in force at this instant, its start included.
     *
     * @throws IllegalArgumentException before the start or after the end; the end itself belongs to the last step
     */
    default int stepAt(long atMillis) {
        if (atMillis < 0 || atMillis > endMillis()) {
            throw new IllegalArgumentException(
                    "No load at " + atMillis + " ms: it lasts from 0 to " + endMillis() + " ms");
        }
        int low = 0;
        int high = steps() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (startMillis(middle) <= atMillis) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    default double ratePerSAt(long atMillis) {
        return ratePerS(stepAt(atMillis));
    }

    default double peakPerS() {
        double peak = 0;
        for (int step = 0; step < steps(); step++) {
            peak = Math.max(peak, ratePerS(step));
        }
        return peak;
    }
}
