package io.novacron.zeroops.runtime.learning;

import java.util.ArrayList;
import java.util.List;

/**
 * What was learned from the whole of a series at once: its seasons, and linear functions from what is known now to the change
 * until the forecast step. Immutable.
 */
record Trained(Seasons seasons, List<Line> lines) {
    static final List<String> NAMES = List.of("regression", "regression, more penalty", "regression of logarithms");

    /** Penalties, in rows of a thousand; the last is of the logarithms. How they were found: docs/forecasting.md. */
    private static final double[] RIDGE = {0.010, 0.100, 0.030};

    /** The offset of logarithms as a share of the mean: so that a zero is low, and not infinitely so. */
    private static final double OFFSET_SHARE = 0.02;

    private static final double MIN_OFFSET = 1e-9;

    /** No change is believed beyond this factor, in logarithms. */
    private static final double CHANGE_MAX = 2;

    /** Fits of iteratively re-weighted least squares: by then the absolute error hardly falls. */
    private static final int FITS = 5;

    /** Errors below this share of the mean change weigh alike. */
    private static final double SMALL = 0.05;

    /** Weka wants more rows than columns; with fewer a line would repeat the noise anyway. */
    static final int ROWS_MIN = Predictors.COUNT + 8;

    /** Learns from a series; the same series gives the same. */
    static Trained of(StepSeries series, long stepMs, int ahead, Regression regression) {
        Seasons seasons = Seasons.find(series, stepMs);
        double mean = 0;
        for (double value : series.values()) {
            mean += value / series.size();
        }
        double offset = MIN_OFFSET + OFFSET_SHARE * mean;
        List<Line> lines = new ArrayList<>();
        var plain = new Rows(new Window(series, ahead, Double.NaN), series, ahead, seasons);
        if (plain.count < ROWS_MIN) {
            return new Trained(seasons, List.of());
        }
        lines.add(leastAbsolute(plain, Double.NaN, RIDGE[0], regression));
        lines.add(leastAbsolute(plain, Double.NaN, RIDGE[1], regression));
        var logarithms = new Rows(new Window(series, ahead, offset), series, ahead, seasons);
        lines.add(leastAbsolute(logarithms, offset, RIDGE[2], regression));
        return new Trained(seasons, List.copyOf(lines));
    }

    /** Writes what each line says from this step, NaN for those there are not. */
    void forecast(StepSeries series, long step, int ahead, double[] said, int from) {
        double[] row = new double[Predictors.COUNT];
        for (int i = 0; i < NAMES.size(); i++) {
            if (i >= lines.size()) {
                said[from + i] = Double.NaN;
                continue;
            }
            Line line = lines.get(i);
            Window at = new Window(series, ahead, line.offset()).from(step);
            if (i == 0 || at.isLogarithmic()) {
                Predictors.write(at, seasons, row);
            }
            double change = line.at(row);
            if (at.isLogarithmic()) {
                change = Math.max(-CHANGE_MAX, Math.min(CHANGE_MAX, change));
            }
            said[from + i] = at.load(at.now() + change);
        }
    }

    /**
     * The least absolute error, which is what counts in the end, by re-weighting least squares with 1 / |error| (Schlossmacher
     * 1973, "An iterative technique for absolute deviations curve fitting").
     */
    private static Line leastAbsolute(Rows rows, double offset, double ridge, Regression regression) {
        double[] weights = rows.weights.clone();
        double size = MIN_OFFSET;
        for (double target : rows.targets) {
            size += Math.abs(target) / rows.count;
        }
        for (int fit = 1; ; fit++) {
            scale(weights);
            var line = new Line(offset, regression.fit(rows.columns, rows.targets, weights, ridge * rows.count));
            if (fit == FITS) {
                return line;
            }
            for (int row = 0; row < rows.count; row++) {
                double error = Math.abs(rows.targets[row] - line.at(rows.columns[row]));
                weights[row] = rows.weights[row] / Math.max(SMALL, error / size);
            }
        }
    }

    /** To a mean of 1, so that the penalty means the same in each fit. */
    private static void scale(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= weights.length / sum;
        }
    }

    /** What was known at each step of the past, and what came. Gaps are left out. */
    private static final class Rows {
        final int count;
        final double[][] columns;
        final double[] targets;
        final double[] weights;

        Rows(Window window, StepSeries series, int ahead, Seasons seasons) {
            long last = series.newest() - ahead;
            int known = 0;
            for (long step = series.oldest() + 1; step <= last; step++) {
                known += isWhole(series, step, ahead) ? 1 : 0;
            }
            count = known;
            columns = new double[count][Predictors.COUNT];
            targets = new double[count];
            weights = new double[count];
            int row = 0;
            for (long step = series.oldest() + 1; step <= last; step++) {
                if (isWhole(series, step, ahead)) {
                    Window at = window.from(step);
                    Predictors.write(at, seasons, columns[row]);
                    targets[row] = at.target() - at.now();
                    // an error of a logarithm is worth as much as the load it is of
                    weights[row] = at.isLogarithmic() ? Math.exp(at.now()) : 1;
                    row++;
                }
            }
        }

        private static boolean isWhole(StepSeries series, long step, int ahead) {
            return series.isKnown(step) && series.isKnown(step + ahead);
        }
    }
}
