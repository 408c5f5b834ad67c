package io.novacron.zeroops.runtime.learning;

import java.util.Arrays;

/**
 * A convex combination of forecasts that is nearly as good as the best fixed one in hindsight: polynomially weighted averages
 * with the gradient trick and a step a member (ML-Poly: Gaillard, Stoltz and van Erven 2014, "A second-order bound with excess
 * losses"). Regrets are of the absolute error and halve each {@code halfLife} outcomes, so that it follows changes. For each
 * member k, with forecasts x, the combination y and the outcome z:
 *
 * <pre>
 *   r_k = sign(y - z) * (y - x_k)             R_k = keep * R_k + r_k,   V_k = keep * V_k + r_k^2,   M_k = max |r_k|
 *   w_k = max(0, R_k) / (V_k + M_k^2)
 * </pre>
 *
 * <p>A member that says nothing (NaN) sleeps: it neither counts nor learns. Before any has a regret the first is followed.
 */
final class Mix implements Combination {
    private static final double TINY = 1e-12;

    private final double keep;
    private final double[] regret;
    private final double[] square;
    private final double[] largest;

    Mix(int members, double halfLife) {
        keep = Math.pow(0.5, 1 / halfLife);
        regret = new double[members];
        square = new double[members];
        largest = new double[members];
        Arrays.fill(largest, TINY);
    }

    @Override
    public void weigh(float[] said, double[] weights) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Float.isNaN(said[i]) ? 0 : Math.max(0, regret[i]) / (square[i] + largest[i] * largest[i]);
            sum += weights[i];
        }
        Combination.toSumOfOne(weights, sum);
    }

    @Override
    public void learn(float[] said, double combined, double actual) {
        double side = Math.signum(combined - actual);
        for (int i = 0; i < regret.length; i++) {
            double better = Float.isNaN(said[i]) ? 0 : side * (combined - said[i]);
            regret[i] = keep * regret[i] + better;
            square[i] = keep * square[i] + better * better;
            largest[i] = Math.max(largest[i], Math.abs(better));
        }
    }
}
