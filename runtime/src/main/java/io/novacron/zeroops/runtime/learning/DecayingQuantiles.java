package io.novacron.zeroops.runtime.learning;

/**
 * Quantiles of a stream in which the past counts less: a histogram with fixed bins whose weights halve every {@code
 * halfLife}. Instead of shrinking all old weights, each new one is larger by the time passed; all are rescaled when they
 * grow large. Adding costs O(1), a quantile O(bins), memory is fixed.
 *
 * <p>Values beyond the range count in its outermost bins.
 */
final class DecayingQuantiles {

    private static final double RESCALE_AT = 1e12;

    /** However long the silence, what was learned before it keeps a thousandth of its weight. */
    private static final double MAX_HALVINGS = 10;

    private final double min;
    private final double width;
    private final double halfLifeMs;
    private final double[] weights;

    private double total;
    private double unit = 1;
    private long lastMillis = Long.MIN_VALUE;

    DecayingQuantiles(double min, double max, int bins, double halfLifeMs) {
        this.min = min;
        this.width = (max - min) / bins;
        this.halfLifeMs = halfLifeMs;
        this.weights = new double[bins];
    }

    void add(long atMillis, double value, double weight) {
        if (lastMillis != Long.MIN_VALUE) {
            unit *= Math.pow(2, Math.min(MAX_HALVINGS, (atMillis - lastMillis) / halfLifeMs));
        }
        lastMillis = atMillis;
        if (unit > RESCALE_AT) {
            rescale();
        }
        put(value, unit * weight);
    }

    /** Adds before time begins: a prior, as old as the first value added. */
    void seed(double value, double weight) {
        put(value, weight);
    }

    private void put(double value, double weight) {
        int bin = (int) Math.max(0, Math.min(weights.length - 1, Math.floor((value - min) / width)));
        weights[bin] += weight;
        total += weight;
    }

    /** The quantile, linear within its bin; the range's lower end when nothing was added. */
    double quantile(double q) {
        double wanted = q * total;
        double seen = 0;
        for (int bin = 0; bin < weights.length; bin++) {
            double here = weights[bin];
            if (here > 0 && seen + here >= wanted) {
                return min + width * (bin + (wanted - seen) / here);
            }
            seen += here;
        }
        return min;
    }

    private void rescale() {
        total = 0;
        for (int bin = 0; bin < weights.length; bin++) {
            weights[bin] /= unit;
            total += weights[bin];
        }
        unit = 1;
    }
}
