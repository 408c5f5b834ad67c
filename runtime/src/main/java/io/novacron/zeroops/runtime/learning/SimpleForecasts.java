package io.novacron.zeroops.runtime.learning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The members of an ensemble that need no training: each is at times hard to beat. Last value and seasonal naive; medians and
 * means, for noise; what the last season grew by, whole and half (damped); a damped trend; Holt-Winters slow and quick.
 */
final class SimpleForecasts {
    private static final int[] MEDIANS = {3, 6, 12, 24, 72};
    private static final int[] MEANS = {3, 6, 24, 288};
    private static final double[][] SMOOTHING = {{1.0, 0.01, 0.05}, {0.3, 0, 0.2}, {0.1, 0, 0.2}, {0.1, 0, 0.5}};
    private static final double DAMPED = 0.5;

    static final List<String> NAMES = names();

    private final int ahead;
    private final Window window;
    private final List<HoltWinters> smoothing = new ArrayList<>();
    private Seasons seasons;

    SimpleForecasts(StepSeries series, int ahead, Seasons seasons) {
        this.ahead = ahead;
        this.window = new Window(series, ahead, Double.NaN);
        this.seasons = seasons;
        useSeasons(series, seasons);
    }

    /** Takes other seasons, and learns anew with them what can be learned from the series that is kept. */
    void useSeasons(StepSeries series, Seasons newSeasons) {
        seasons = newSeasons;
        smoothing.clear();
        for (double[] shares : SMOOTHING) {
            smoothing.add(new HoltWinters(seasons.main(), shares[0], shares[1], shares[2]));
        }
        for (long step = series.oldest(); step <= series.newest(); step++) {
            if (series.isKnown(step)) {
                observe(step, series.at(step));
            }
        }
    }

    void observe(long step, double value) {
        for (HoltWinters model : smoothing) {
            model.observe(step, value);
        }
    }

    /** Writes what each says, NaN where it says nothing. */
    void forecast(long step, double[] said) {
        Window at = window.from(step);
        double now = at.now();
        int i = 0;
        said[i++] = now;
        said[i++] = at.seasonal(seasons.main(), 0);
        said[i++] = at.seasonal(seasons.outer(), 0);
        for (int steps : MEDIANS) {
            said[i++] = at.median(steps);
        }
        for (int steps : MEANS) {
            said[i++] = at.mean(steps);
        }
        for (HoltWinters model : smoothing) {
            said[i++] = model.forecast(step, ahead);
        }
        said[i++] = now + at.growth(seasons.main());
        said[i++] = now + at.growth(seasons.outer());
        double growth = at.smoothGrowth(seasons.main());
        said[i++] = now + growth;
        said[i++] = now + DAMPED * growth;
        said[i++] = now + at.smoothGrowth(seasons.outer());
        said[i++] = now + at.meanGrowth(seasons.main());
        said[i++] = now + at.meanGrowth(seasons.inner());
        said[i++] = at.seasonalMean(seasons.main());
        said[i++] = at.seasonalMedian(seasons.main());
        said[i++] = at.seasonalMean(seasons.outer());
        said[i++] = at.seasonalMedian(seasons.outer());
        said[i++] = now + DAMPED * (now - at.back(1));
        said[i] = now + DAMPED * (now - at.back(3));
    }

    private static List<String> names() {
        List<String> names =
                new ArrayList<>(List.of("last value", "same time a season ago", "same time a long season ago"));
        for (int steps : MEDIANS) {
            names.add("median of " + steps);
        }
        for (int steps : MEANS) {
            names.add("mean of " + steps);
        }
        for (double[] shares : SMOOTHING) {
            names.add("Holt-Winters " + shares[0] + " " + shares[1] + " " + shares[2]);
        }
        names.addAll(List.of(
                "growth of the season",
                "growth of the long season",
                "smooth growth",
                "damped growth",
                "smooth growth of the long season",
                "mean growth",
                "mean growth of the inner season",
                "mean of seasons",
                "median of seasons",
                "mean of long seasons",
                "median of long seasons",
                "damped trend",
                "damped trend of 3"));
        return Collections.unmodifiableList(names);
    }

    long bytes() {
        return smoothing.stream().mapToLong(HoltWinters::bytes).sum();
    }
}
