package io.novacron.zeroops.runtime.learning;

/**
 * How far outcomes lie from forecasts: quantiles of the errors, in units of the recent ones' size (split conformal prediction
 * with normalised scores: Lei et al. 2018), over a window that forgets, with the share that is left out steered by how often
 * outcomes lately were (adaptive conformal inference: Gibbs and Candes 2021, "Adaptive conformal inference under distribution
 * shift"). No distribution is assumed; what is promised is kept over time whatever comes.
 */
final class Interval {
    /** What is steered; other coverages in proportion. */
    static final double STEERED = 0.9;

    private static final double STEP_MAX = 0.01;
    private static final double LEFT_OUT_MIN = 0.005;
    private static final double LEFT_OUT_MAX = 0.6;

    private static final double RANGE = 20.025; // the middle bin has 0 in its middle
    private static final int BINS = 801;
    /** The prior counts like so many outcomes. */
    private static final int PRIOR = 24;

    private static final double TINY = 1e-9;

    private final double quickShare;
    private final double slowShare;
    private final double step;
    private final DecayingQuantiles scores;
    private double leftOut = 1 - STEERED;
    private double quick;
    private double slow;
    private long count;

    /**
     * What is steered answers only once the outcome is there: a steering that adds up what it hears a delay late swings with a
     * growing amplitude from a gain of pi / 2 a delay on, and goes to its end without swinging up to 1 / e a delay (Hale 1977,
     * "Theory of Functional Differential Equations", of x' = -k x(t - delay)).
     *
     * @param halfLife outcomes after which one counts half
     * @param delay outcomes that come between a forecast and its own
     */
    Interval(double quickSteps, double slowSteps, double halfLife, int delay) {
        step = Math.min(STEP_MAX, 1 / (Math.E * delay));
        quickShare = 1 / quickSteps;
        slowShare = 1 / slowSteps;
        scores = new DecayingQuantiles(-RANGE, RANGE, BINS, halfLife);
        for (int i = 0; i < PRIOR; i++) {
            double spread = (i + 0.5) / PRIOR;
            scores.seed(spread < 0.5 ? Math.log(2 * spread) : -Math.log(2 - 2 * spread), 1);
        }
    }

    /** The size of an error to expect. */
    double scale(double level) {
        return TINY + TINY * Math.abs(level) + (quick + slow) / 2;
    }

    double lower(double forecast, double level, double coverage) {
        return Math.max(0, forecast + scale(level) * scores.quantile(tail(coverage)));
    }

    double upper(double forecast, double level, double coverage) {
        return Math.max(0, forecast + scale(level) * scores.quantile(1 - tail(coverage)));
    }

    private double tail(double coverage) {
        return Math.min(0.5, (1 - coverage) / (1 - STEERED) * leftOut / 2);
    }

    /**
     * @param scale what {@link #scale} was when the forecast was made
     * @param covered whether the outcome lay in the interval at {@link #STEERED}
     */
    void learn(double error, double scale, boolean covered) {
        scores.add(count, error / scale, 1);
        count++;
        double missed = covered ? 0 : 1;
        leftOut = Math.max(LEFT_OUT_MIN, Math.min(LEFT_OUT_MAX, leftOut + step * (1 - STEERED - missed)));
        double size = Math.abs(error);
        quick += (size - quick) * Math.max(quickShare, 1.0 / count);
        slow += (size - slow) * Math.max(slowShare, 1.0 / count);
    }

    static long bytes() {
        return 8L * (BINS + BINS / 32);
    }
}
