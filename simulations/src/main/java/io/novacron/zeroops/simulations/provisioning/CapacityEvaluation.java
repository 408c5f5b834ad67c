package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.runtime.learning.EnsembleForecaster;
import io.novacron.zeroops.runtime.learning.ForecastHorizon;
import io.novacron.zeroops.runtime.learning.ForecasterSettings;
import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.PlotThinning;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Series;
import io.novacron.zeroops.simulations.provisioning.CapacityReport.Plan;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Capacity planned a week ahead, hour by hour, and what of it to commit to. The plan for an hour is made when the same hour
 * of a week before ends, from what was known then.
 */
public final class CapacityEvaluation {
    static final String ZEROOPS = "zeroops";
    private static final int WEEK_HOURS = 168;
    private static final int POINTS_MAX = 4_000;
    private static final double LAST_WEEK_MARGIN = 1.2;

    private final CapacityOptions options;
    private final HourlyLoad load;
    private final int first;
    private String model = "";

    private CapacityEvaluation(CapacityOptions options) {
        this.options = options;
        this.load = HourlyLoad.read(options.series(), options.column());
        this.first = (int) options.warmUp().toHours() + WEEK_HOURS;
        if (load.hours() < first + WEEK_HOURS) {
            throw new InvalidInputException(options.series() + ": lasts " + load.hours() / 24
                    + " days; with a warm-up of " + options.warmUp().toDays() + " days at least "
                    + (first + WEEK_HOURS) / 24 + " are needed; give a shorter --warm-up, or a longer series");
        }
    }

    /** @throws InvalidInputException if the series cannot be used */
    public static EvaluationView of(CapacityOptions options) {
        return new CapacityEvaluation(options).run();
    }

    private EvaluationView run() {
        double[] actual = load.between(first, load.hours());
        double peak = Arrays.stream(actual).max().orElse(0);
        if (peak == 0) {
            throw new InvalidInputException(
                    options.series() + ": column '" + options.column() + "' is 0 in all measured hours");
        }
        double[] ours = forecast();
        List<Plan> plans = List.of(
                plan(ZEROOPS, ours, actual, peak),
                plan("a fifth above last week", lastWeek(), actual, peak),
                plan("peak so far", peakSoFar(), actual, peak),
                plan("static peak", filled(actual.length, peak), actual, peak),
                plan("clairvoyant", actual, actual, peak));
        var commitments = new CommitmentRun(options, load.between(0, load.hours()), first, ours);
        var report = new CapacityReport(
                options.series() + ", " + options.column(),
                actual.length,
                model,
                Arrays.stream(actual).average().orElse(0),
                peak,
                plans,
                commitments.figures(peak),
                load.notes());
        return new CapacityView(options, report, plots(actual, ours, commitments.held())).view();
    }

    /** For each measured hour, made a week before it. */
    private double[] forecast() {
        double[] plan = new double[load.hours() - first];
        var forecaster = new EnsembleForecaster(
                ForecasterSettings.of(Duration.ofMinutes(15)), List.of(ForecastHorizon.WEEK), 0, Runnable::run);
        for (int hour = 0; hour + WEEK_HOURS < load.hours(); hour++) {
            forecaster.observe(load.endMillis(hour), load.at(hour));
            if (hour + WEEK_HOURS >= first) {
                var forecast = forecaster.at(ForecastHorizon.WEEK.horizon(), 2 * options.quantile() - 1);
                plan[hour + WEEK_HOURS - first] = forecast.upper();
                model = forecast.model();
            }
        }
        return plan;
    }

    private double[] lastWeek() {
        double[] plan = new double[load.hours() - first];
        Arrays.setAll(plan, i -> LAST_WEEK_MARGIN * load.at(first + i - WEEK_HOURS));
        return plan;
    }

    /** As known a week before, like every plan. */
    private double[] peakSoFar() {
        double[] plan = new double[load.hours() - first];
        double peak = Arrays.stream(load.between(0, first - WEEK_HOURS)).max().orElse(0);
        for (int i = 0; i < plan.length; i++) {
            peak = Math.max(peak, load.at(first + i - WEEK_HOURS));
            plan[i] = peak;
        }
        return plan;
    }

    private static double[] filled(int length, double value) {
        double[] values = new double[length];
        Arrays.fill(values, value);
        return values;
    }

    private Plan plan(String name, double[] plan, double[] actual, double peak) {
        double units = 0;
        double missing = 0;
        double all = 0;
        int shortHours = 0;
        int inARow = 0;
        int longest = 0;
        for (int i = 0; i < plan.length; i++) {
            units += plan[i];
            all += actual[i];
            missing += Math.max(0, actual[i] - plan[i]);
            boolean isShort = actual[i] > plan[i] * (1 + 1e-9);
            shortHours += isShort ? 1 : 0;
            inARow = isShort ? inARow + 1 : 0;
            longest = Math.max(longest, inARow);
        }
        return new Plan(
                name,
                units * options.pricePerUnitHour(),
                100 * (1 - units / (peak * plan.length)),
                100.0 * shortHours / plan.length,
                100 * missing / all,
                longest,
                units == 0 ? Double.NaN : 100 * (all - missing) / units);
    }

    private static List<Plot> plots(double[] actual, double[] plan, double[] held) {
        List<Double> seconds = new ArrayList<>();
        List<Double> used = new ArrayList<>();
        List<Double> planned = new ArrayList<>();
        List<Double> committed = new ArrayList<>();
        for (int i = 0; i < actual.length; i++) {
            seconds.add(i * 3600.0);
            used.add(actual[i]);
            planned.add(plan[i]);
            committed.add(held[i]);
        }
        var plot = new Plot(
                "Load, the plan of a week before, and what is committed",
                "units of the series",
                seconds,
                List.of(new Series("load", used), new Series("planned", planned), new Series("committed", committed)),
                List.of());
        return List.of(PlotThinning.thin(plot, POINTS_MAX));
    }
}
