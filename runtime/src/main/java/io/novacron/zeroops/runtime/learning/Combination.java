package io.novacron.zeroops.runtime.learning;

/** Weighs members by how well they did. The first one must always say something. */
interface Combination {
    /** Writes weights that add to 1; 0 for a member that says nothing, which is NaN. */
    void weigh(float[] said, double[] weights);

    /** Takes the outcome of what was said and of what was made of it. */
    void learn(float[] said, double combined, double actual);

    /** All on the first where there are none. */
    static void toSumOfOne(double[] weights, double sum) {
        if (!(sum > 0)) {
            weights[0] = 1;
            return;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
    }

    static double sum(float[] said, double[] weights) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] == 0 ? 0 : weights[i] * said[i];
        }
        return sum;
    }
}
