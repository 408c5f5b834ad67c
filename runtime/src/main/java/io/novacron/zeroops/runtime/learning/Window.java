package io.novacron.zeroops.runtime.learning;

import java.util.Arrays;

/** What forecasts are made of: recent means and medians, and what seasons ago was then to come. NaN where nothing is known. */
final class Window {
    /** How many seasons back means and medians over seasons go. */
    private static final int CYCLES = 7;

    /** Neighbours on each side over which a season's steps are smoothed. */
    private static final int BESIDE = 2;

    private final StepSeries series;
    private final int ahead;
    private final double offset;
    private long step;

    /**
     * @param ahead steps to the forecast one
     * @param offset NaN for the values as they are; else values are ln(value + offset)
     */
    Window(StepSeries series, int ahead, double offset) {
        this.series = series;
        this.ahead = ahead;
        this.offset = offset;
    }

    /** The step from which all is seen: nothing after it is looked at. */
    Window from(long step) {
        this.step = step;
        return this;
    }

    boolean isLogarithmic() {
        return !Double.isNaN(offset);
    }

    private double view(double value) {
        return isLogarithmic() ? Math.log(value + offset) : value;
    }

    /** The value of which this is the logarithm, where there are logarithms. */
    double load(double seen) {
        return isLogarithmic() ? Math.exp(seen) - offset : seen;
    }

    double now() {
        return back(0);
    }

    double back(long steps) {
        return view(series.at(step - steps));
    }

    double tail() {
        return view(series.tail(step));
    }

    /** What came after {@code ahead} steps: for training only. */
    double target() {
        return back(-ahead);
    }

    double mean(int steps) {
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            sum += series.at(step - i);
        }
        return view(sum / steps);
    }

    double median(int steps) {
        double[] sorted = new double[steps];
        for (int i = 0; i < steps; i++) {
            sorted[i] = series.at(step - i);
        }
        return Double.isNaN(sorted[steps - 1]) ? Double.NaN : view(median(sorted, steps));
    }

    private static double median(double[] values, int count) {
        Arrays.sort(values, 0, count);
        int middle = count / 2;
        return count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** As many whole seasons as have passed at the forecast step's time, and {@code more}. */
    private long seasonsAgo(int period, int more, int beside) {
        return (long) period * ((ahead + beside + period - 1) / period + more);
    }

    /** The forecast step's value a season ago; two seasons ago with {@code more} = 1, and so on. */
    double seasonal(int period, int more) {
        return back(seasonsAgo(period, more, 0) - ahead);
    }

    private double smooth(long stepsBack) {
        double sum = 0;
        for (int i = -BESIDE; i <= BESIDE; i++) {
            sum += series.at(step - stepsBack + i);
        }
        return view(sum / (2 * BESIDE + 1));
    }

    /** By how much it then grew from this step to the forecast one. */
    double growth(int period) {
        return seasonal(period, 0) - back(seasonsAgo(period, 0, 0));
    }

    double smoothGrowth(int period) {
        long ago = seasonsAgo(period, 0, BESIDE);
        return smooth(ago - ahead) - smooth(ago);
    }

    /** Mean growth over so many seasons, as far as there are so many. */
    double meanGrowth(int period, int cycles) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < cycles; i++) {
            double growth = seasonal(period, i) - back(seasonsAgo(period, i, 0));
            if (Double.isNaN(growth)) {
                break;
            }
            sum += growth;
            count++;
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    double meanGrowth(int period) {
        return meanGrowth(period, CYCLES);
    }

    double seasonalMean(int period) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < CYCLES && !Double.isNaN(seasonal(period, i)); i++) {
            sum += seasonal(period, i);
            count++;
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    double seasonalMedian(int period) {
        double[] values = new double[CYCLES];
        int count = 0;
        while (count < CYCLES && !Double.isNaN(seasonal(period, count))) {
            values[count] = seasonal(period, count);
            count++;
        }
        return count == 0 ? Double.NaN : median(values, count);
    }

    /** Where the forecast step is in the season, in turns. */
    double phase(int period) {
        return (double) Math.floorMod(step + ahead, (long) period) / period;
    }
}
