package io.novacron.zeroops.runtime.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Forecasts daily spend some weeks ahead. Simple methods ({@link SpendOpinions}) are weighted by how well each lately did over
 * the whole horizon, by day and in sum; intervals come from how far such forecasts lately were off ({@link SpendErrors}). A
 * forecast is scored when its time has come, so that nothing is learned from the future.
 */
public final class SpendForecaster {
    public static final int HORIZON_MAX = 366;

    /** Intervals are shown from the error of whole periods on; before so many days there is no forecast worth scoring. */
    static final int SETTLED_DAYS = 2 * SpendOpinions.WEEK;

    private static final double COVERAGE = 0.9;
    private static final double MEMORY_DAYS = 90;
    private static final double KEEP = Math.pow(0.5, 1 / MEMORY_DAYS);

    /** How strongly the better ones are preferred: weights are the inverse of the error to this power. */
    private static final double POWER = 4;

    /** Of a month's mean: below it, ratios say little. */
    private static final double OFFSET_SHARE = 0.1;

    private static final double MISS_STEP = 0.02;
    private static final double LEAST = 1e-9;

    /** What was said at the end of one day. */
    private static final class Origin {
        private final double[][] said;
        private final SpendForecast forecast;
        private final double offset;
        private final double scale;

        Origin(double[][] said, SpendForecast forecast, double offset, double scale) {
            this.said = said;
            this.forecast = forecast;
            this.offset = offset;
            this.scale = scale;
        }
    }

    private final int horizon;
    private final SpendOpinions opinions = new SpendOpinions();
    private final Origin[] origins;
    private final double[] spent;
    private final double[] error = new double[SpendOpinions.COUNT];
    private final SpendErrors[] byLead;
    private final SpendErrors ofTotal;
    private SpendForecast now;

    /** @param horizonDays 1 to {@link #HORIZON_MAX} */
    public SpendForecaster(int horizonDays) {
        if (horizonDays < 1 || horizonDays > HORIZON_MAX) {
            throw new IllegalArgumentException("horizonDays " + horizonDays + " is not 1 to " + HORIZON_MAX);
        }
        this.horizon = horizonDays;
        this.origins = new Origin[horizonDays];
        this.spent = new double[horizonDays];
        this.byLead = new SpendErrors[horizonDays];
        for (int lead = 1; lead <= horizonDays; lead++) {
            byLead[lead - 1] = new SpendErrors(COVERAGE, overlap(lead), MISS_STEP);
        }
        this.ofTotal = new SpendErrors(COVERAGE, overlap(horizonDays), MISS_STEP);
        this.now = new SpendForecast(List.of(), new SpendForecast.Range(0, Double.NaN, Double.NaN), COVERAGE);
    }

    /** Of errors that overlap by this much a quarter is taken for the same: they do differ. */
    private static double overlap(int days) {
        return Math.max(1, days / 4.0);
    }

    /** @param spend of the day after the last; at least 0, NaN if nobody knows */
    public void observe(double spend) {
        int day = opinions.days();
        score(day, spend);
        opinions.observe(spend);
        spent[day % horizon] = spend;
        scoreTotal(day);
        say(day);
    }

    /** Of the days after the last one observed; of no days before the first. */
    public SpendForecast forecast() {
        return now;
    }

    private void score(int day, double spend) {
        for (int lead = 1; lead <= horizon && !Double.isNaN(spend); lead++) {
            int origin = day - lead;
            if (origin >= SETTLED_DAYS) {
                Origin made = origins[origin % horizon];
                byLead[lead - 1].add(made.forecast.day().get(lead - 1), spend, made.offset);
            }
        }
    }

    private void scoreTotal(int day) {
        int origin = day - horizon;
        if (origin < SETTLED_DAYS) {
            return;
        }
        Origin made = origins[origin % horizon];
        double actual = 0;
        double expected = 0;
        double[] off = new double[error.length];
        double[] sum = new double[error.length];
        int known = 0;
        for (int lead = 1; lead <= horizon; lead++) {
            double spend = spent[(origin + lead) % horizon];
            if (!Double.isNaN(spend)) {
                known++;
                actual += spend;
                expected += made.forecast.day().get(lead - 1).expected();
                for (int i = 0; i < error.length; i++) {
                    off[i] += Math.abs(made.said[i][lead - 1] - spend);
                    sum[i] += made.said[i][lead - 1];
                }
            }
        }
        if (known == 0) {
            return;
        }
        for (int i = 0; i < error.length; i++) {
            double mean = (off[i] + Math.abs(sum[i] - actual)) / known / Math.max(LEAST, made.scale);
            error[i] = KEEP * error[i] + (1 - KEEP) * mean;
        }
        var total = made.forecast.total();
        // Days that nobody knows are left out of both.
        double share = expected > 0 ? total.expected() / expected : (double) horizon / known;
        ofTotal.add(total, actual * share, made.offset * horizon);
    }

    private void say(int day) {
        double[][] said = new double[SpendOpinions.COUNT][horizon];
        opinions.say(said);
        double[] weight = weights();
        double scale = opinions.scale();
        double offset = OFFSET_SHARE * scale + LEAST;
        List<SpendForecast.Range> days = new ArrayList<>(horizon);
        double sum = 0;
        for (int lead = 0; lead < horizon; lead++) {
            double expected = 0;
            for (int i = 0; i < weight.length; i++) {
                expected += weight[i] * said[i][lead];
            }
            sum += expected;
            days.add(byLead[lead].around(expected, offset));
        }
        now = new SpendForecast(days, ofTotal.around(sum, offset * horizon), COVERAGE);
        origins[day % horizon] = new Origin(said, now, offset, scale);
    }

    private double[] weights() {
        double[] weight = new double[error.length];
        double worst = Arrays.stream(error).max().orElse(0);
        double sum = 0;
        for (int i = 0; i < weight.length; i++) {
            weight[i] = Math.pow(error[i] + 1e-3 * worst + LEAST, -POWER);
            sum += weight[i];
        }
        for (int i = 0; i < weight.length; i++) {
            weight[i] /= sum;
        }
        return weight;
    }
}
