package io.novacron.zeroops.runtime.learning;

import java.util.Arrays;

/**
 * Additive exponential smoothing with trend and one season, in the error-correction form of Hyndman and Athanasopoulos,
 * "Forecasting: Principles and Practice" (3rd edition, 8.3 and 8.5). The first season is the mean's and the deviations' start.
 * Memory is one float a step of the season.
 */
public final class HoltWinters {
    private final int period;
    private final double alpha;
    private final double beta;
    private final double gamma;
    private final float[] season;

    private int started;
    private double level;
    private double trend;

    /**
     * @param period steps of a season, at least 1
     * @param alpha share of an error that moves the level, 0..1
     * @param beta share of that which moves the trend; 0 for none
     * @param gamma share of the rest of the error that moves the season
     */
    public HoltWinters(int period, double alpha, double beta, double gamma) {
        this.period = period;
        this.alpha = alpha;
        this.beta = beta;
        this.gamma = gamma;
        this.season = new float[period];
        Arrays.fill(season, Float.NaN);
    }

    /** Takes the value of a step; steps may be left out. */
    public void observe(long step, double value) {
        int slot = (int) Math.floorMod(step, (long) period);
        if (started < period) {
            season[slot] = (float) value;
            if (++started == period) {
                start();
            }
            return;
        }
        double error = value - (level + trend + season[slot]);
        level += trend + alpha * error;
        trend += alpha * beta * error;
        season[slot] += (float) (gamma * (1 - alpha) * error);
    }

    private void start() {
        double sum = 0;
        int count = 0;
        for (float value : season) {
            if (!Float.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        level = sum / count;
        for (int i = 0; i < period; i++) {
            season[i] = Float.isNaN(season[i]) ? 0 : (float) (season[i] - level);
        }
    }

    /** The value of the step {@code ahead} after {@code step}; NaN before a season is known. */
    public double forecast(long step, int ahead) {
        return started < period
                ? Double.NaN
                : level + ahead * trend + season[(int) Math.floorMod(step + ahead, (long) period)];
    }

    long bytes() {
        return 4L * season.length;
    }
}
