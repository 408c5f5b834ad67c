package io.novacron.zeroops.runtime.learning;

/**
 * The lengths after which a series is like itself again, in steps.
 *
 * @param inner of what recurs within a day, as jobs that start on the hour
 * @param main the strongest: a day, unless the series says otherwise
 * @param outer the longer one: a week, or a day where the main one is something else
 */
record Seasons(int inner, int main, int outer) {
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;

    /** A season explains at least this share of the variance. */
    private static final double CLEAR = 0.2;

    /** Of lengths that are nearly as good the shortest: twice a season fits as well as it does. */
    private static final double NEARLY = 0.9;

    /** A peak is the highest of a quarter of its length around it: on its shoulders there are others, of noise. */
    private static final int BESIDE = 8;

    private static final int INNER_MIN = 3;
    private static final int MAIN_MIN = 6;

    /** Whoever watches longer than this finds weeks in any case, and would look for long. */
    private static final int LAG_MAX = 2_304;

    /** What people's loads have, before the series has shown its own. */
    static Seasons usual(long stepMs) {
        int day = (int) Math.max(2, DAY_MS / stepMs);
        return new Seasons((int) Math.max(INNER_MIN, HOUR_MS / stepMs), day, 7 * day);
    }

    /**
     * The peaks of the autocorrelation: of the series for the main season, which must have been seen twice; of its
     * differences, in which slow movements do not show, for the inner one.
     */
    static Seasons find(StepSeries series, long stepMs) {
        Seasons usual = usual(stepMs);
        double[] values = series.values();
        double[] correlation = autocorrelation(values, Math.min(LAG_MAX, values.length / 2));
        int main = peak(correlation, MAIN_MIN, correlation.length);
        if (main == 0 || near(main, usual.main) || near(main, usual.outer)) {
            main = usual.main;
        }
        for (int i = values.length - 1; i > 0; i--) {
            values[i] -= values[i - 1];
        }
        if (values.length > 0) {
            values[0] = 0;
        }
        int inner = peak(autocorrelation(values, Math.min(main / 2, values.length / 2)), INNER_MIN, main / 2);
        return new Seasons(inner == 0 ? usual.inner : inner, main, main == usual.main ? usual.outer : usual.main);
    }

    private static boolean near(int length, int usual) {
        return Math.abs(length - usual) <= usual / 48;
    }

    /** The shortest of the highest peaks, 0 if none is clear. */
    private static int peak(double[] correlation, int from, int to) {
        double highest = CLEAR;
        for (int lag = from; lag < Math.min(to, correlation.length - 1); lag++) {
            if (isPeak(correlation, lag)) {
                highest = Math.max(highest, correlation[lag]);
            }
        }
        for (int lag = from; lag < Math.min(to, correlation.length - 1); lag++) {
            if (isPeak(correlation, lag) && correlation[lag] > CLEAR && correlation[lag] >= NEARLY * highest) {
                return lag;
            }
        }
        return 0;
    }

    /** The highest of its surroundings, and what is between it and 0 is clearly lower. */
    private static boolean isPeak(double[] correlation, int lag) {
        double here = correlation[lag];
        for (int i = Math.max(1, lag - lag / BESIDE); i < Math.min(correlation.length, lag + 1 + lag / BESIDE); i++) {
            if (correlation[i] > here) {
                return false;
            }
        }
        if (correlation[lag - 1] >= here || correlation[lag + 1] > here) {
            return false;
        }
        double lowest = here;
        for (int i = lag / 2; i < lag; i++) {
            lowest = Math.min(lowest, correlation[i]);
        }
        return here - lowest > CLEAR / 2;
    }

    private static double[] autocorrelation(double[] values, int lags) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double[] correlation = new double[lags + 1];
        for (int lag = 0; lag <= lags; lag++) {
            double sum = 0;
            for (int i = lag; i < values.length; i++) {
                sum += (values[i] - mean) * (values[i - lag] - mean);
            }
            correlation[lag] = sum / Math.max(1, values.length - lag);
        }
        double variance = correlation.length == 0 || correlation[0] <= 0 ? 1 : correlation[0];
        for (int lag = 0; lag <= lags; lag++) {
            correlation[lag] /= variance;
        }
        return correlation;
    }
}
