package io.novacron.zeroops.runtime.learning;

/**
 * What simple methods expect of the coming days. Each is a level, quick or slow to follow, and most are shaped by the weekday;
 * some go on with the trend of the last weeks, damped.
 */
final class SpendOpinions {
    static final int WEEK = 7;

    private static final double[] HALF_LIFE_DAYS = {2, 6, 18};
    private static final int[] TREND_WEEKS = {4, 8, 13};
    private static final int KEPT = 14 * WEEK;
    private static final int MONTH = 4 * WEEK;

    /** A trend fades by so much a day: spend that doubled in a month seldom doubles in the next. */
    private static final double DAMPING = 0.97;

    /** However steep the fall, so much of the level is left. */
    private static final double LEAST_SHARE = 0.2;

    private static final double PROFILE_STEP = 0.15;
    private static final double PROFILE_MAX = 0.5;

    /** Levels, trends, the trend of all, the month's median. */
    static final int COUNT = 2 * HALF_LIFE_DAYS.length + 2;

    private final double[] recent = new double[KEPT];
    private final double[] level = new double[HALF_LIFE_DAYS.length];
    private final double[] profile = new double[WEEK];
    private double first;
    private int days;

    /** @param spend of the next day; NaN if nobody knows */
    void observe(double spend) {
        boolean isKnown = !Double.isNaN(spend);
        double value = isKnown ? spend : days == 0 ? 0 : last(0);
        if (days == 0) {
            first = value;
        }
        double shaped = value / Math.exp(profile[days % WEEK]);
        for (int i = 0; i < level.length; i++) {
            double follow = Math.max(1 - Math.pow(0.5, 1 / HALF_LIFE_DAYS[i]), 1.0 / (days + 1));
            level[i] += isKnown || days == 0 ? follow * (shaped - level[i]) : 0;
        }
        recent[days % KEPT] = value;
        days++;
        if (isKnown && days > WEEK) {
            shape(value, mean(0, WEEK));
        }
    }

    private void shape(double value, double weekMean) {
        if (!(value > 0 && weekMean > 0)) {
            return;
        }
        double ratio = Math.max(-PROFILE_MAX, Math.min(PROFILE_MAX, Math.log(value / weekMean)));
        int weekday = (days - 1) % WEEK;
        profile[weekday] += PROFILE_STEP * (ratio - profile[weekday]);
        double sum = 0;
        for (double entry : profile) {
            sum += entry;
        }
        for (int i = 0; i < WEEK; i++) {
            profile[i] -= sum / WEEK;
        }
    }

    int days() {
        return days;
    }

    /** Mean of the last four weeks: what errors are measured by. */
    double scale() {
        return mean(0, MONTH);
    }

    /** @param said by opinion and lead, filled here */
    void say(double[][] said) {
        int horizon = said[0].length;
        double median = median();
        double all = days > 1 ? (last(0) - first) / (days - 1) : 0;
        double damped = 0;
        double fade = 1;
        for (int lead = 0; lead < horizon; lead++) {
            double shape = Math.exp(profile[(days + lead) % WEEK]);
            damped += fade;
            fade *= DAMPING;
            for (int i = 0; i < level.length; i++) {
                said[i][lead] = level[i] * shape;
                double from = i == 0 ? level[0] : level[1];
                said[level.length + i][lead] =
                        Math.max(LEAST_SHARE * from, from + trend(TREND_WEEKS[i]) * damped) * shape;
            }
            said[COUNT - 2][lead] = Math.max(0, last(0) + all * (lead + 1));
            said[COUNT - 1][lead] = median;
        }
    }

    /** Dollars a day; 0 until so many weeks and one are known. */
    private double trend(int weeks) {
        int span = weeks * WEEK;
        return days < span + WEEK ? 0 : (mean(0, WEEK) - mean(span, WEEK)) / span;
    }

    private double last(int ago) {
        return recent[(days - 1 - ago) % KEPT];
    }

    private double mean(int ago, int count) {
        int known = Math.min(count, days - ago);
        double sum = 0;
        for (int i = 0; i < known; i++) {
            sum += last(ago + i);
        }
        return known > 0 ? sum / known : 0;
    }

    private double median() {
        int known = Math.min(MONTH, days);
        double[] sorted = new double[known];
        for (int i = 0; i < known; i++) {
            sorted[i] = last(i);
        }
        return SpendAnomalies.median(sorted);
    }
}
