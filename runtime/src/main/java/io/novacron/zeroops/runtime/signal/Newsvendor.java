package io.novacron.zeroops.runtime.signal;

import java.util.function.DoubleUnaryOperator;

/**
 * The capacity for a load that is known as a distribution only: where what idles and what is short cost least together, as a
 * newsvendor chooses what to order (Arrow, Harris, Marschak, "Optimal Inventory Policy", Econometrica 19, 1951). For capacity C
 * and load L, both in units of load, of which one that idles costs 1 and one that is not served within its objective costs k:
 *
 * <pre>
 *   cost(C) = C + k E[L * over(L / C)],     over(u) = min(1, ((u - 1) / 0.25)^2) from u = 1 on, else 0
 * </pre>
 *
 * <p>If all that exceeds C were lost and no more, the best C would be the quantile k / (1 + k) of the load, the critical
 * fractile. But a capacity is one at which requests are still served within their objective: a little above it few are late,
 * and at saturation, taken as a quarter above it, all are. So a load that is known well is covered less often than that, since
 * what exceeds it is little, and one that varies much is covered more often.
 */
final class Newsvendor {
    /** How far above its safe load an instance is saturated, relative: 0.8 of saturation is safe. */
    private static final double SATURATED = 0.25;

    /** Finer towards the end, where shortage is dearest. */
    private static final double[] QUANTILES = {
        0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.925, 0.965, 0.985, 0.9925, 0.9965, 0.999
    };

    /** The probability that each of them stands for. */
    private static final double[] PROBABILITIES = {
        0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.03, 0.01, 0.005, 0.003, 0.002
    };

    /** Candidates, from the lowest quantile to the highest: the same for each k, so that more k is never less capacity. */
    private static final int CANDIDATES = 64;

    private Newsvendor() {}

    /**
     * The best capacity.
     *
     * @param quantile of the load, from a probability; ascending, at least 0
     * @param shortage k, at least 0
     */
    static double capacity(DoubleUnaryOperator quantile, double shortage) {
        var loads = new double[QUANTILES.length];
        for (int i = 0; i < loads.length; i++) {
            loads[i] = quantile.applyAsDouble(QUANTILES[i]);
        }
        double lowest = loads[0];
        double highest = loads[loads.length - 1];
        double best = highest;
        double least = highest; // nothing is short of it
        for (int i = 0; i < CANDIDATES; i++) {
            double capacity = lowest + (highest - lowest) * i / CANDIDATES;
            double cost = capacity;
            for (int j = loads.length - 1; j >= 0 && loads[j] > capacity; j--) {
                cost += PROBABILITIES[j] * (cost(capacity, loads[j], shortage) - capacity);
            }
            if (cost < least) {
                least = cost;
                best = capacity;
            }
        }
        return best;
    }

    /** What a capacity costs at a load that is known. */
    static double cost(double capacity, double load, double shortage) {
        if (load <= capacity) {
            return capacity;
        }
        double over = (load / capacity - 1) / SATURATED;
        return capacity + shortage * load * (over < 1 ? over * over : 1);
    }
}
