package io.novacron.zeroops.runtime.learning;

import java.util.Arrays;

/**
 * A weighted mean of simple forecasts, all in logarithms: the better one did lately, the more it counts. Inverse powers of
 * recent errors are the weights of Bates and Granger (1969), "The combination of forecasts", and of Stock and Watson (2004);
 * the fourth power lets the best lead without silencing the others. An expert that knows nothing yet says NaN and is left out.
 */
final class Experts {

    private static final double PRIOR_ERROR = 0.02;

    /** No outcome moves an error by more than this share, so that the first few do not decide. */
    private static final double MIN_WEIGHT = 20;

    private final boolean corrected;
    private final double[] error;
    private final double[] bias;
    private double weight;

    /**
     * @param count how many experts: the first of the opinions given
     * @param corrected whether an expert's mean error is added to what it says: an expert on the level becomes one on the peak
     */
    Experts(int count, boolean corrected) {
        this.corrected = corrected;
        error = new double[count];
        bias = new double[count];
        Arrays.fill(error, PRIOR_ERROR);
    }

    double combine(double[] opinions) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < error.length; i++) {
            if (!Double.isNaN(opinions[i])) {
                double square = error[i] * error[i];
                double w = 1 / (square * square + 1e-12);
                sum += w * (opinions[i] + bias[i]);
                weights += w;
            }
        }
        return sum / weights;
    }

    /**
     * Learns from one outcome.
     *
     * @param opinions what was said, from index {@code from}
     * @param keep the share of the older outcomes' weight that stays
     */
    void score(double[] opinions, int from, double actual, double keep) {
        weight = keep * weight + 1;
        double share = 1 / Math.max(weight, MIN_WEIGHT);
        for (int i = 0; i < error.length; i++) {
            double off = actual - opinions[from + i] - bias[i];
            if (!Double.isNaN(off)) {
                error[i] += share * (Math.abs(off) - error[i]);
                bias[i] += corrected ? share * off : 0;
            }
        }
    }
}
