package io.novacron.zeroops.runtime.learning;

import java.util.Arrays;

/**
 * A weighted mean of simple forecasts, each weighted by how well it did lately: weight = 1 / (discounted mean absolute
 * log error)^2, after Bates and Granger (1969), "The combination of forecasts". Who cannot say anything (NaN) is left out.
 */
final class Experts {

    private static final double PRIOR_ERROR = 0.02;

    private final double[] error;
    private double weight;

    Experts(int count) {
        error = new double[count];
        Arrays.fill(error, PRIOR_ERROR);
    }

    double combine(double[] forecasts) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < forecasts.length; i++) {
            if (!Double.isNaN(forecasts[i])) {
                double w = 1 / (error[i] * error[i] * error[i] * error[i] + 1e-12);
                sum += w * forecasts[i];
                weights += w;
            }
        }
        return sum / weights;
    }

    /** Learns from one outcome; {@code keep} is the share of the old mean that stays. */
    void score(double[] forecasts, int from, double actual, double keep) {
        weight = keep * weight + 1;
        for (int i = 0; i < error.length; i++) {
            double forecast = forecasts[from + i];
            if (!Double.isNaN(forecast)) {
                error[i] += (Math.abs(actual - forecast) - error[i]) / Math.max(weight, 20);
            }
        }
    }
}
