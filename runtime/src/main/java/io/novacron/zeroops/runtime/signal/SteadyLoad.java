package io.novacron.zeroops.runtime.signal;

/**
 * The load without the noise of very fine telemetry: the mean of the last seconds, but a sample that stands out above them
 * counts at once. Where samples are further apart it is the newest sample. Memory is fixed.
 */
final class SteadyLoad {
    static final long WINDOW_MS = 5_000;

    /** A sample so much above the mean is no noise. */
    static final double STANDS_OUT = 1.2;

    private static final int SAMPLES_MAX = 16;

    /** Of fewer samples a mean says nothing about the noise of the next. */
    private static final int KNOWN_MIN = 3;

    /** Outcomes over which the noise is averaged. */
    private static final double NOISE_MEMORY = 64;

    /** Of a normal distribution: so many standard deviations cover 95 % of what is above. */
    private static final double COVERED = 1.645;

    private final long[] times = new long[SAMPLES_MAX];
    private final double[] values = new double[SAMPLES_MAX];
    private int size;
    private long jumpedAt = Long.MIN_VALUE;
    private double noiseSquare;

    /** Takes a sample and answers what the load is now. */
    double add(long atMillis, double value) {
        double mean = mean(atMillis);
        if (size > 0 && value > STANDS_OUT * mean) {
            size = 0; // what was before is another load
            jumpedAt = atMillis;
        } else if (size >= KNOWN_MIN && mean > 0) {
            double off = value / mean - 1;
            noiseSquare += (off * off - noiseSquare) / NOISE_MEMORY;
        }
        if (size == SAMPLES_MAX) {
            drop(1);
        }
        times[size] = atMillis;
        values[size] = value;
        size++;
        return mean(atMillis);
    }

    /**
     * By how much the load may be more than its mean, relative, just after it jumped: the first samples of a new load are
     * few, and each varies. 0 once the mean is as good as ever, or where samples are too far apart to tell their noise.
     */
    double doubt(long nowMillis) {
        boolean jumped = jumpedAt != Long.MIN_VALUE && nowMillis - jumpedAt < WINDOW_MS;
        return jumped && size > 0 ? COVERED * Math.sqrt(noiseSquare / size) : 0;
    }

    private double mean(long nowMillis) {
        int old = 0;
        while (old < size && times[old] <= nowMillis - WINDOW_MS) {
            old++;
        }
        drop(old);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += values[i];
        }
        return size == 0 ? 0 : sum / size;
    }

    private void drop(int count) {
        System.arraycopy(times, count, times, 0, size - count);
        System.arraycopy(values, count, values, 0, size - count);
        size -= count;
    }
}
