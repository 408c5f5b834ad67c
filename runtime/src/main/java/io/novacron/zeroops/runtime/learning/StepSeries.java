package io.novacron.zeroops.runtime.learning;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A series as means over steps of one length: the last {@value #CAPACITY} of them, four weeks of five minutes. A measurement
 * counts for the time since the one before, so that the first step begins one interval before the first measurement. It goes to
 * the step that half an interval before it lies in: clocks may be off by that much and no step is empty or counted twice.
 *
 * <p>A step without a measurement is <em>missing</em>: it repeats the value before it, and nothing is learned from it.
 */
final class StepSeries {
    static final int CAPACITY = 8_064;

    private static final long NONE = Long.MIN_VALUE;

    /** What a step of several measurements ended like: the mean over its last part. */
    private static final double TAIL_SHARE = 0.4;

    private final long stepMs;
    private final float[] means;
    private final BitSet known;
    /** Empty as long as no step had more than one measurement: then it would say what {@link #means} says. */
    private float[] tails = new float[0];

    private long origin = NONE;
    private long waitingAt = NONE;
    private double waitingValue;
    private double intervalMs;
    private long oldest;
    private long newest = -1; // of the closed steps
    private long current = NONE; // the step that is being measured
    private double sum;
    private int count;
    private double tailSum;
    private int tailCount;

    StepSeries(long stepMs) {
        this(stepMs, new float[CAPACITY], new BitSet(CAPACITY));
    }

    private StepSeries(long stepMs, float[] means, BitSet known) {
        this.stepMs = stepMs;
        this.means = means;
        this.known = known;
    }

    /** What it holds now, for a reader on another thread. */
    StepSeries copy() {
        var copy = new StepSeries(stepMs, means.clone(), (BitSet) known.clone());
        copy.tails = tails.clone();
        copy.oldest = oldest;
        copy.newest = newest;
        return copy;
    }

    /** Takes a measurement; answers whether a step ended with it. Times must advance, which the caller checks. */
    boolean observe(long atMillis, double value) {
        if (origin != NONE) {
            return add(atMillis, value);
        } else if (waitingAt == NONE) {
            waitingAt = atMillis;
            waitingValue = value;
            return false;
        }
        intervalMs = Math.min((double) stepMs, atMillis - waitingAt);
        origin = waitingAt - (long) intervalMs;
        boolean isClosed = add(waitingAt, waitingValue);
        return add(atMillis, value) || isClosed;
    }

    private boolean add(long atMillis, double value) {
        long index = Math.floorDiv(atMillis - origin - (long) (intervalMs / 2), stepMs);
        long before = newest;
        if (current != NONE && index > current) {
            close();
        }
        if (index <= newest) {
            return newest > before; // of a step that is closed: its clock is ahead
        }
        current = index;
        double left = origin + (index + 1) * stepMs - (atMillis - intervalMs / 2);
        sum += value;
        count++;
        if (left <= TAIL_SHARE * stepMs) {
            tailSum += value;
            tailCount++;
        }
        if (atMillis + intervalMs / 2 > origin + (index + 1) * stepMs) {
            close(); // nothing more is to come for it
        }
        return newest > before;
    }

    private void close() {
        double mean = sum / count;
        double tail = tailCount == 0 ? mean : tailSum / tailCount;
        if (count > 1 && tails.length == 0) {
            tails = means.clone();
        }
        fill(current);
        put(current, mean, tail);
        known.set(slot(current));
        newest = current;
        oldest = Math.max(oldest, newest - CAPACITY + 1);
        current = NONE;
        sum = 0;
        count = 0;
        tailSum = 0;
        tailCount = 0;
    }

    /** Steps without a measurement before {@code index}: at most as many as there is room for. */
    private void fill(long index) {
        if (newest < 0) {
            oldest = index;
            return;
        }
        float held = means[slot(newest)];
        for (long missing = Math.max(newest + 1, index - CAPACITY + 1); missing < index; missing++) {
            put(missing, held, held);
            known.clear(slot(missing));
        }
    }

    private void put(long index, double mean, double tail) {
        means[slot(index)] = (float) mean;
        if (tails.length > 0) {
            tails[slot(index)] = (float) tail;
        }
    }

    private static int slot(long index) {
        return (int) Math.floorMod(index, (long) CAPACITY);
    }

    /** The newest step's number; -1 before there is one. Numbers go on through gaps: they are time. */
    long newest() {
        return newest;
    }

    long oldest() {
        return oldest;
    }

    int size() {
        return newest < 0 ? 0 : (int) (newest - oldest + 1);
    }

    /** NaN before the oldest and after the newest. */
    double at(long index) {
        return index < oldest || index > newest ? Double.NaN : means[slot(index)];
    }

    /** The mean over the last two fifths of the step; that of the whole step where it had one measurement. */
    double tail(long index) {
        return tails.length == 0 || index < oldest || index > newest ? at(index) : tails[slot(index)];
    }

    boolean isKnown(long index) {
        return index >= oldest && index <= newest && known.get(slot(index));
    }

    /** When the step ended, milliseconds of the epoch. */
    long endMillis(long index) {
        return origin + (index + 1) * stepMs;
    }

    /** All there is, oldest first. */
    double[] values() {
        double[] all = new double[size()];
        Arrays.setAll(all, i -> at(oldest + i));
        return all;
    }

    long bytes() {
        return 4L * (means.length + tails.length) + CAPACITY / 8;
    }
}
