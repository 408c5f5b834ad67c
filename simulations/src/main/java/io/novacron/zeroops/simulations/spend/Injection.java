package io.novacron.zeroops.simulations.spend;

import io.novacron.zeroops.runtime.learning.SpendAnomalySettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Known rises in a real series, drawn from a seed: each adds a share of the median of the week before it, for a while, on top
 * of what was spent. None is put near what was found in the series as it is, which would blur whose alarm it is.
 */
final class Injection {
    static final double[] SIZES = {0.6, 1, 2};
    private static final int[] DAYS = {1, 3, 7};
    private static final int[] HOURS = {1, 6, 24};

    /** Between the end of one and the start of the next, in weeks: one or two, so that the level is as it was again. */
    private static final int WEEKS_BETWEEN = 2;

    /** @param end the step after the last */
    record Rise(int start, int end, double size) {
        boolean covers(long step) {
            return step >= start && step < end;
        }
    }

    private final double[] values;
    private final List<Rise> rises;

    private Injection(double[] values, List<Rise> rises) {
        this.values = values;
        this.rises = rises;
    }

    /** @param avoid steps with anomalies of the series' own */
    static Injection of(SpendSeries series, SpendAnomalySettings settings, long[] avoid, int from, long seed) {
        var random = new SplittableRandom(seed);
        int week = (int) SpendAnomalySettings.DAY.multipliedBy(7).dividedBy(settings.step());
        int[] lengths = series.isHourly() ? HOURS : DAYS;
        double[] original = series.values();
        double[] values = original.clone();
        List<Rise> rises = new ArrayList<>();
        for (int at = from + random.nextInt(week); at < values.length; ) {
            int end = at + lengths[random.nextInt(lengths.length)];
            double size = SIZES[random.nextInt(SIZES.length)];
            var rise = new Rise(at, end, size);
            if (isClear(original, avoid, rise, week)) {
                double added = size * median(Arrays.copyOfRange(original, at - week, at));
                for (int step = at; step < end; step++) {
                    values[step] += added;
                }
                rises.add(rise);
            }
            at = end + week + random.nextInt((WEEKS_BETWEEN - 1) * week + 1);
        }
        return new Injection(values, rises);
    }

    private static boolean isClear(double[] values, long[] avoid, Rise rise, int week) {
        if (rise.end() > values.length || rise.start() < week) {
            return false;
        }
        for (int step = rise.start() - week; step < rise.end(); step++) {
            if (Double.isNaN(values[step])) {
                return false;
            }
        }
        return Arrays.stream(avoid).noneMatch(step -> step >= rise.start() - week && step < rise.end() + week);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    double[] values() {
        return values;
    }

    List<Rise> rises() {
        return rises;
    }
}
