package io.novacron.zeroops.agents.scaling;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How long instances of a workload boot: lognormal, as fits times that cannot be negative and have a long tail, with
 * {@code sigma = ln(p99 / median) / z}, z being the standard normal distribution's 99th percentile.
 *
 * @param median above zero
 * @param p99 at least the median
 */
public record BootTime(Duration median, Duration p99) {
    public static final BootTime DEFAULT = new BootTime(Duration.ofSeconds(25), Duration.ofSeconds(35));

    /** More boots at once than this are no way to be in time: what boots too slowly must not be at zero. */
    public static final int BOOTS_MAX = 10;

    private static final double Z99 = 2.3263478740408408;

    public BootTime {
        if (median.isNegative() || median.isZero() || p99.compareTo(median) < 0) {
            throw new IllegalArgumentException(
                    "boot median=" + median + " p99=" + p99 + ": use 0 < median <= 99th percentile");
        }
    }

    /** The share of boots that take longer than this. */
    public double shareLater(Duration than) {
        if (than.isNegative() || than.isZero()) {
            return 1;
        }
        double ratio = StrictMath.log((double) than.toNanos() / median.toNanos());
        double sigma = StrictMath.log((double) p99.toNanos() / median.toNanos()) / Z99;
        if (sigma == 0) {
            return ratio < 0 ? 1 : 0;
        }
        return upperTail(ratio / sigma);
    }

    /**
     * The least boots to begin at once so that the quickest is done in time, all being independent: the least k with
     * {@code shareLater^k <= missed}. Empty if {@link #BOOTS_MAX} do not suffice.
     *
     * @param missed the share of races that may be lost, 0..1
     */
    public OptionalInt quickestOf(Duration within, double missed) {
        double later = shareLater(within);
        double all = 1;
        for (int boots = 1; boots <= BOOTS_MAX; boots++) {
            all *= later;
            if (all <= missed) {
                return OptionalInt.of(boots);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * The standard normal distribution's, off by less than 7.5e-8: Abramowitz and Stegun, Handbook of Mathematical
     * Functions, 1964, 26.2.17.
     */
    private static double upperTail(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double polynomial =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        double tail = StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * polynomial;
        return z >= 0 ? tail : 1 - tail;
    }
}
