package io.novacron.zeroops.runtime.learning;

/**
 * Follows those whose mean absolute error of late is the least: weights are inverse powers of it (Bates and Granger 1969, "The
 * combination of forecasts"). With a high power it is the best one, and a mean of those that are as good.
 */
final class Leaders implements Combination {
    /** Before so many outcomes a member's error is not believed. */
    private static final double OUTCOMES_MIN = 5;

    private final double keep;
    private final double power;
    private final double[] loss;
    private final double[] count;

    Leaders(int members, double halfLife, double power) {
        this.keep = Math.pow(0.5, 1 / halfLife);
        this.power = power;
        loss = new double[members];
        count = new double[members];
    }

    @Override
    public void weigh(float[] said, double[] weights) {
        double least = leastError();
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double error = error(i);
            boolean counts = !Float.isNaN(said[i]) && !Double.isNaN(error);
            weights[i] = !counts ? 0 : error <= least ? 1 : Math.pow(least / error, power);
            sum += weights[i];
        }
        Combination.toSumOfOne(weights, sum);
    }

    /** Recent mean absolute error; NaN before there is one to speak of. */
    double error(int member) {
        return count[member] < OUTCOMES_MIN ? Double.NaN : loss[member] / count[member];
    }

    /** The best member's; NaN if none has one. */
    double leastError() {
        double least = Double.NaN;
        for (int i = 0; i < loss.length; i++) {
            least = Double.isNaN(least) || error(i) < least ? error(i) : least;
        }
        return least;
    }

    @Override
    public void learn(float[] said, double combined, double actual) {
        for (int i = 0; i < loss.length; i++) {
            if (!Float.isNaN(said[i])) {
                loss[i] = keep * loss[i] + Math.abs(said[i] - actual);
                count[i] = keep * count[i] + 1;
            }
        }
    }
}
