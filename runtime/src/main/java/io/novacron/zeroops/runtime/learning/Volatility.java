package io.novacron.zeroops.runtime.learning;

/**
 * How far peaks lately were off, as a root mean square of log errors: the yardstick that margins are measured in, so that
 * they widen in a storm and narrow after it. A quick mean sees the storm, a slow one remembers that there are some, and
 * count noise is a floor where the load is small: a Poisson count n varies by 1/sqrt(n) of itself.
 */
final class Volatility {

    private static final double QUICK_MS = 600_000;
    private static final double SLOW_SHARE = 0.5;
    private static final double PRIOR = 0.1;
    /** An error of more than e counts as e: one outage does not widen margins for hours. */
    private static final double MAX_SQUARE = 1;
    /** Below 5 % margins are not worth shrinking, and the first movement after a flat line would be off the scale. */
    private static final double FLOOR = 0.05;

    private final double quickMs;
    private final double slowMs;
    private double quick = PRIOR * PRIOR;
    private double slow = PRIOR * PRIOR;
    private long last = Long.MIN_VALUE;

    Volatility(long horizonMs, double slowMs) {
        this.quickMs = Math.max(QUICK_MS, (double) horizonMs);
        this.slowMs = Math.max(slowMs, quickMs);
    }

    void add(long nowMillis, double logError) {
        double square = Math.min(MAX_SQUARE, logError * logError);
        double step = last == Long.MIN_VALUE ? 0 : Math.min(nowMillis - last, quickMs);
        last = nowMillis;
        quick += (square - quick) * (1 - Math.exp(-step / quickMs));
        slow += (square - slow) * (1 - Math.exp(-step / slowMs));
    }

    /** @param noiseSquare the variance that counting alone gives, as a share of the load squared */
    double scale(double noiseSquare) {
        return Math.sqrt(FLOOR * FLOOR + quick + SLOW_SHARE * slow + noiseSquare);
    }
}
