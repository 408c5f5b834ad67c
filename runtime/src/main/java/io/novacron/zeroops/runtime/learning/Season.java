package io.novacron.zeroops.runtime.learning;

import java.util.Arrays;

/**
 * What the same time of earlier days tells: the mean level of each 5 minutes of the last two weeks, and from it how much
 * the series then grew. Weekly once two weeks are known at that slot, else daily.
 */
final class Season {

    static final long SLOT_MS = 300_000;
    static final int SLOTS_A_DAY = 288;
    private static final int DAYS = 14;
    private static final int SLOTS = SLOTS_A_DAY * DAYS + 1;

    private final double[] mean = new double[SLOTS];
    private final long[] slotOf = new long[SLOTS];
    private long current = Long.MIN_VALUE;
    private double sum;
    private long count;

    Season() {
        Arrays.fill(slotOf, Long.MIN_VALUE);
    }

    void observe(long atMillis, double value) {
        long slot = Math.floorDiv(atMillis, SLOT_MS);
        if (slot != current) {
            current = slot;
            sum = 0;
            count = 0;
        }
        sum += value;
        count++;
        int index = (int) Math.floorMod(slot, (long) SLOTS);
        slotOf[index] = slot;
        mean[index] = sum / count;
    }

    /** Mean of that slot, NaN if it is unknown. */
    private double mean(long slot) {
        int index = (int) Math.floorMod(slot, (long) SLOTS);
        return slotOf[index] == slot ? mean[index] : Double.NaN;
    }

    /** Level at a time in the past, linear between the middles of the 5-minute slots; NaN if one of them is unknown. */
    private double level(long atMillis) {
        double position = (double) atMillis / SLOT_MS - 0.5;
        long left = (long) Math.floor(position);
        double share = position - left;
        return mean(left) * (1 - share) + mean(left + 1) * share;
    }

    /** Log growth over {@code horizonMs} at the same time {@code days} ago; NaN if unknown. */
    double growth(long atMillis, long horizonMs, int days, double offset) {
        long then = atMillis - days * SLOT_MS * SLOTS_A_DAY;
        if (then + horizonMs >= atMillis - SLOT_MS) {
            return Double.NaN;
        }
        return Math.log((level(then + horizonMs) + offset) / (level(then) + offset));
    }
}
