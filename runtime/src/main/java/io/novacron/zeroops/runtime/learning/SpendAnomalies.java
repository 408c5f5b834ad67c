package io.novacron.zeroops.runtime.learning;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds rises of spend, one step at a time. Expected is the recent level, shaped by the time of the week. An amount stands out
 * if it exceeds that by the threshold, by the floor, and by more than the series is wont to vary (but twice the threshold always does); and is not what came on
 * the same day of the two months before, as a monthly charge does.
 *
 * <p>A rise is told once. What it adds is kept out of the level until it has lasted for so long that it is the level.
 */
public final class SpendAnomalies {
    /** In standard deviations, robustly estimated. */
    private static final double NOISE = 3;

    /** So many times the threshold is an anomaly however wildly spend varies. */
    private static final double NOISY = 2;

    private static final double MAD_TO_DEVIATION = 1.4826;
    private static final double LEAST_DEVIATION = 0.02;

    /** Whose median shapes the time of a week: a change of level distorts one of them. */
    private static final int WEEKS = 5;

    private static final double RATIO_MAX = 3;
    private static final int RESIDUALS = 42;
    private static final double LEAST = 1e-9;

    private final SpendAnomalySettings settings;
    private final long originMillis;
    private final double[] level;
    private final double[] season;
    private final double[] profile;
    private final double[][] ratios;
    private final int[] ratioCounts;
    private final double[] residuals = new double[RESIDUALS];
    private final double[][] monthly;
    private final double[] rise;
    private int levels;
    private int residualCount;
    private long steps;
    private int risen;

    /** @param start of the first step */
    public SpendAnomalies(SpendAnomalySettings settings, Instant start) {
        this.settings = settings;
        this.originMillis = start.toEpochMilli();
        this.level = new double[settings.levelSteps()];
        this.season = new double[settings.season()];
        this.profile = new double[settings.season()];
        this.ratios = new double[settings.season()][WEEKS];
        this.ratioCounts = new int[settings.season()];
        this.rise = new double[settings.adoptSteps()];
        this.monthly = new double[32 * 24][2];
    }

    /** Steps during which it only learns: two weeks. */
    public int warmUp() {
        return 2 * settings.season();
    }

    /** @param spend of the next step; at least 0, NaN if nobody knows */
    public Optional<SpendAnomaly> observe(double spend) {
        long step = steps++;
        if (Double.isNaN(spend)) {
            return Optional.empty();
        }
        int bucket = (int) (step % season.length);
        double expected = expected(bucket);
        double excess = spend - expected;
        double[] months = monthly[monthKey(step)];
        boolean isMonthly = months[0] >= excess / 2 && months[1] >= excess / 2;
        boolean isHigh = step >= warmUp() && exceeds(spend, expected) && !isMonthly;
        months[1] = months[0];
        months[0] = excess;
        if (!isHigh) {
            learn(bucket, spend, expected);
            return Optional.empty();
        }
        rise[risen++] = spend;
        boolean isNew = risen == 1;
        if (risen == rise.length) {
            adopt(bucket);
        }
        return isNew ? Optional.of(new SpendAnomaly(step, spend, expected)) : Optional.empty();
    }

    /** Dollars expected of the step that has begun. */
    double expected() {
        return expected((int) (steps % season.length));
    }

    /**
     * Whether so much in the step that has begun would stand out, however wildly spend varies; false while it only learns. Nothing
     * is learned.
     */
    boolean standsOut(double spend) {
        return steps >= warmUp() && exceeds(spend, expected(), NOISE * deviation());
    }

    /** Whether the last step stood out, and is not the level yet. */
    boolean isRisen() {
        return risen > 0;
    }

    boolean isWarm() {
        return steps >= warmUp();
    }

    private boolean exceeds(double spend, double expected) {
        return exceeds(spend, expected, Math.min(NOISE * deviation(), Math.log(1 + NOISY * settings.threshold())));
    }

    private boolean exceeds(double spend, double expected, double noise) {
        double ratio = Math.log((spend + LEAST) / (expected + LEAST));
        return spend >= expected * (1 + settings.threshold()) && spend - expected > settings.floor() && ratio > noise;
    }

    private double expected(int bucket) {
        return median(Arrays.copyOf(level, Math.min(levels, level.length))) * Math.exp(profile[bucket]);
    }

    private void learn(int bucket, double spend, double expected) {
        risen = 0;
        if (spend > 0 && expected > 0) {
            residuals[residualCount++ % RESIDUALS] = Math.log(spend / expected);
        }
        season[bucket] = spend;
        if (steps > season.length) {
            double middle = median(season.clone());
            if (spend > 0 && middle > 0) {
                double ratio = Math.max(-RATIO_MAX, Math.min(RATIO_MAX, Math.log(spend / middle)));
                ratios[bucket][ratioCounts[bucket]++ % WEEKS] = ratio;
                profile[bucket] = median(Arrays.copyOf(ratios[bucket], Math.min(WEEKS, ratioCounts[bucket])));
            }
        }
        level[levels++ % level.length] = spend / Math.exp(profile[bucket]);
    }

    /** The new level is that of the rise. */
    private void adopt(int lastBucket) {
        levels = 0;
        for (int i = 0; i < rise.length; i++) {
            int bucket = Math.floorMod(lastBucket - (rise.length - 1 - i), season.length);
            level[levels++ % level.length] = rise[i] / Math.exp(profile[bucket]);
        }
        risen = 0;
    }

    private double deviation() {
        double[] all = Arrays.copyOf(residuals, Math.min(residualCount, RESIDUALS));
        double middle = median(all);
        for (int i = 0; i < all.length; i++) {
            all[i] = Math.abs(all[i] - middle);
        }
        return Math.max(LEAST_DEVIATION, MAD_TO_DEVIATION * median(all));
    }

    private int monthKey(long step) {
        OffsetDateTime at = Instant.ofEpochMilli(
                        originMillis + step * settings.step().toMillis())
                .atOffset(ZoneOffset.UTC);
        return at.getDayOfMonth() * 24 + (settings.isHourly() ? at.getHour() : 0);
    }

    /** Of what it may sort; 0 of nothing. */
    static double median(double[] values) {
        if (values.length == 0) {
            return 0;
        }
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
