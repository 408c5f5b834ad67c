package io.novacron.zeroops.simulations.trace;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A load with the instant at which it started, and what a reader must know about where it came from. */
public final class Trace implements Load {
    private final Instant start;
    private final long[] startMillis;
    private final double[] ratesPerS;
    private final long endMillis;
    private final List<String> notes;

    /**
     * @param startMillis of each step, since {@code start}; the first 0, strictly ascending
     * @param ratesPerS of each step; finite, at least 0
     * @param endMillis of the last step
     * @param notes such as gaps and how they were filled
     * @throws IllegalArgumentException if any of this does not hold
     */
    public Trace(Instant start, long[] startMillis, double[] ratesPerS, long endMillis, List<String> notes) {
        this.start = start;
        this.startMillis = startMillis.clone();
        this.ratesPerS = ratesPerS.clone();
        this.endMillis = endMillis;
        this.notes = List.copyOf(notes);
        check();
    }

    /** Steps of one width, in milliseconds, from the epoch on: for loads that are made, not measured. */
    public static Trace ofSteps(long stepMillis, double... ratesPerS) {
        long[] starts = new long[ratesPerS.length];
        for (int step = 0; step < starts.length; step++) {
            starts[step] = Math.multiplyExact(step, stepMillis);
        }
        return new Trace(Instant.EPOCH, starts, ratesPerS, Math.multiplyExact(ratesPerS.length, stepMillis), List.of());
    }

    private void check() {
        if (startMillis.length == 0 || startMillis.length != ratesPerS.length) {
            throw new IllegalArgumentException("A trace needs one start and one rate a step, and at least one step: "
                    + startMillis.length + " starts, " + ratesPerS.length + " rates");
        }
        if (startMillis[0] != 0) {
            throw new IllegalArgumentException("The first step starts at 0 ms, not at " + startMillis[0]);
        }
        for (int step = 0; step < startMillis.length; step++) {
            if (stepEndMillis(step) <= startMillis[step]) {
                throw new IllegalArgumentException("Step " + step + " ends before it starts");
            }
            if (!(ratesPerS[step] >= 0) || Double.isInfinite(ratesPerS[step])) {
                throw new IllegalArgumentException("Step " + step + " has the rate " + ratesPerS[step]);
            }
        }
    }

    /** Its beginning, as long as this; all of it, if it is no longer. */
    public Trace first(long millis) {
        if (millis >= endMillis) {
            return this;
        }
        int steps = stepAt(millis) + (startMillis[stepAt(millis)] < millis ? 1 : 0);
        return new Trace(start, Arrays.copyOf(startMillis, steps), Arrays.copyOf(ratesPerS, steps), millis, notes);
    }

    public Instant start() {
        return start;
    }

    public List<String> notes() {
        return notes;
    }

    @Override
    public int steps() {
        return startMillis.length;
    }

    @Override
    public long startMillis(int step) {
        return startMillis[step];
    }

    @Override
    public double ratePerS(int step) {
        return ratesPerS[step];
    }

    @Override
    public long endMillis() {
        return endMillis;
    }
}
