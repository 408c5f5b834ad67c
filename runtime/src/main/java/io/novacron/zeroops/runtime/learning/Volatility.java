package io.novacron.zeroops.runtime.learning;

/**
 * How far peaks lately were off: the yardstick that margins are measured in, so that they widen in a storm and narrow
 * after it. A quick running median sees the storm, and takes one jump for what it is; a slow mean square remembers that
 * there are some; and count noise is a floor where the load is small: a Poisson count n varies by 1/sqrt(n) of itself.
 */
final class Volatility {

    private static final double QUICK_MS = 600_000;
    private static final double SLOW_SHARE = 0.5;
    private static final double PRIOR = 0.1;
    /** Of a normal distribution, the standard deviation is so many times the median of the absolute values. */
    private static final double DEVIATION_PER_MEDIAN = 1.4826;
    /** An error of more than so many times the present scale counts as that: one jump does not widen margins for hours. */
    private static final double MAX_RATIO = 2;
    /** Below 5 % margins are not worth shrinking, and the first movement after a flat line would be off the scale. */
    private static final double FLOOR = 0.05;

    private final double quickMs;
    private final double slowMs;
    private double median = PRIOR / DEVIATION_PER_MEDIAN;
    private double slow = PRIOR * PRIOR;
    private long last = Long.MIN_VALUE;

    Volatility(long horizonMs, double slowMs) {
        this.quickMs = Math.max(QUICK_MS, (double) horizonMs);
        this.slowMs = Math.max(slowMs, quickMs);
    }

    void add(long nowMillis, double logError) {
        double step = last == Long.MIN_VALUE ? 0 : Math.min((double) (nowMillis - last), quickMs);
        last = nowMillis;
        double size = Math.abs(logError);
        // A running median: as many steps up as down, each a share of what it is; it stays where halving makes no odds.
        double towards = Math.signum(size - median) * 2 * step / quickMs;
        median = Math.max(FLOOR / 10, median * Math.exp(towards));
        double most = Math.min(size, MAX_RATIO * scale(0));
        slow += (most * most - slow) * (1 - Math.exp(-step / slowMs));
    }

    /** @param noiseSquare the variance that counting alone gives, as a share of the load squared */
    double scale(double noiseSquare) {
        double quick = DEVIATION_PER_MEDIAN * median;
        return Math.sqrt(FLOOR * FLOOR + quick * quick + SLOW_SHARE * slow + noiseSquare);
    }
}
