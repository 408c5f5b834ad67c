package io.novacron.zeroops.runtime.learning;

/**
 * What the simple forecasts say, in logarithms of (load + offset). The state they need: the last value, means over about one
 * and five minutes, the highest of five minutes, and the {@link Season}.
 */
final class Opinions {

    /** Those on the value to come; the others speak about its peak only. */
    static final int POINT_COUNT = 6;

    static final int COUNT = 8;

    private static final double FAST_MS = 60_000;
    private static final double SLOW_MS = 300_000;
    /** A trend of the last minutes is not carried further than this. */
    private static final double MAX_TREND_MS = 600_000;

    private final SlidingMax sliding = new SlidingMax((long) SLOW_MS);
    private final Season season = new Season();
    private final double[] said = new double[COUNT];

    private boolean started;
    private double fast;
    private double slow;
    private double highest;

    void observe(long atMillis, double value, double stepMs) {
        if (started) {
            fast += (value - fast) * (1 - Math.exp(-stepMs / FAST_MS));
            slow += (value - slow) * (1 - Math.exp(-stepMs / SLOW_MS));
        } else {
            fast = value;
            slow = value;
            started = true;
        }
        highest = sliding.add(atMillis, value);
        season.observe(atMillis, value);
    }

    /** Mean of about the last five minutes. */
    double slow() {
        return slow;
    }

    /** The opinions on the time {@code horizonMs} ahead; the array is reused by the next call. */
    double[] on(long atMillis, double value, long horizonMs, double offset) {
        double now = Math.log(value + offset);
        double smooth = Math.log(fast + offset);
        double slower = Math.log(slow + offset);
        // an exponential mean lags by its time constant, so the two means are SLOW - FAST apart in time
        double trend = (smooth - slower) / (SLOW_MS - FAST_MS) * Math.min(horizonMs, MAX_TREND_MS);
        said[0] = now;
        said[1] = smooth;
        said[2] = now + 0.5 * trend;
        said[3] = now + trend;
        said[4] = now + season.growth(atMillis, horizonMs, 1, offset);
        said[5] = now + season.growth(atMillis, horizonMs, 7, offset);
        said[6] = slower;
        said[7] = Math.log(highest + offset);
        return said;
    }
}
