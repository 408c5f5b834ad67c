package io.novacron.zeroops.simulations.spend;

import io.novacron.zeroops.runtime.learning.SpendForecast;
import io.novacron.zeroops.runtime.learning.SpendForecaster;
import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Series;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs over one recorded series: each day is forecast before it is seen. */
public final class SpendEvaluation {
    public static final int DAYS_MAX = 90;

    /** Two months go before the first forecast that is scored. */
    private static final int WARM_UP_DAYS = 60;

    private final SpendOptions options;
    private final SpendSeries series;
    private final double[] days;
    private final Instant firstDay;

    private SpendEvaluation(SpendOptions options, SpendSeries series) {
        this.options = options;
        this.series = series;
        SpendSeries daily = series.byDay();
        this.days = daily.values();
        this.firstDay = daily.start();
    }

    /** @throws InvalidInputException for what its caller can put right */
    public static EvaluationView run(SpendOptions options, InstantSource clock) {
        Instant begun = clock.instant();
        if (options.days() < 1 || options.days() > DAYS_MAX) {
            throw new InvalidInputException("--days " + options.days() + " is out of range; give 1 to " + DAYS_MAX);
        } else if (!(options.threshold() > 0 && options.threshold() <= 100)) {
            throw new InvalidInputException("--threshold " + options.threshold()
                    + " is out of range; give a share above 0 and at most 100, such as 0.5 for half as much again");
        } else if (!(options.floor() >= 0 && Double.isFinite(options.floor()))) {
            throw new InvalidInputException("--floor " + options.floor() + " is out of range; give dollars, 0 or more");
        }
        SpendSeries series = SpendSeries.read(options.file(), options.column());
        var evaluation = new SpendEvaluation(options, series);
        int needed = WARM_UP_DAYS + options.days() + 1;
        if (evaluation.days.length < needed) {
            throw new InvalidInputException(
                    options.file() + " has " + evaluation.days.length + " days; a forecast of " + options.days()
                            + " days is scored with " + needed + " or more: give a longer series, or less --days");
        } else if (Arrays.stream(evaluation.days).noneMatch(day -> day > 0)) {
            throw new InvalidInputException(
                    options.file() + ": all of column '" + options.column() + "' is 0; name the column with the cost");
        }
        return evaluation.view(begun, clock);
    }

    private EvaluationView view(Instant begun, InstantSource clock) {
        int horizon = options.days();
        var scores = new LinkedHashMap<String, ForecastScore>();
        scores.put("zeroops", new ForecastScore());
        for (NaiveForecast naive : NaiveForecast.values()) {
            scores.put(naive.name().toLowerCase(Locale.ROOT), new ForecastScore());
        }
        var forecaster = new SpendForecaster(horizon);
        double[] known = new double[days.length];
        double[][] totals = new double[4][days.length];
        int origins = 0;
        for (int day = 0; day < days.length; day++) {
            known[day] = Double.isNaN(days[day]) ? (day == 0 ? 0 : known[day - 1]) : days[day];
            forecaster.observe(days[day]);
            keep(totals, day, forecaster.forecast(), horizon);
            if (day >= WARM_UP_DAYS && day + horizon < days.length) {
                double[] actual = Arrays.copyOfRange(days, day + 1, day + 1 + horizon);
                score(scores, forecaster.forecast(), known, day, actual);
                origins++;
            }
        }
        var detection = new SpendDetection(series, options);
        List<Plot> plots = new ArrayList<>();
        plots.add(totalsPlot(totals, horizon));
        plots.add(nextPlot(known, forecaster.forecast()));
        plots.add(detection.plot());
        Map<String, SpendReport.Accuracy> accuracy = new LinkedHashMap<>();
        scores.forEach((name, score) -> accuracy.put(name, score.accuracy()));
        var report = new SpendReport(
                String.valueOf(options.file().getFileName()),
                options.column(),
                series.isHourly() ? "hour" : "day",
                series.steps(),
                series.missing(),
                series.start().toString(),
                series.at(series.steps()).toString(),
                horizon,
                origins,
                origins / horizon,
                accuracy,
                amount(forecaster.forecast().total()),
                options.threshold(),
                options.floor(),
                detection.anomalies(),
                detection.labelled(),
                detection.injected(),
                detection.falseAlarmsPerMonth(),
                SpendDetection.SEEDS,
                Duration.between(begun, clock.instant()).toMillis() / 1e3,
                notes());
        return new SpendView(report, plots).view();
    }

    private static void score(
            Map<String, ForecastScore> scores, SpendForecast ours, double[] known, int day, double[] actual) {
        for (var entry : scores.entrySet()) {
            SpendForecast forecast = entry.getKey().equals("zeroops")
                    ? ours
                    : NaiveForecast.valueOf(entry.getKey().toUpperCase(Locale.ROOT))
                            .forecast(known, day, actual.length);
            entry.getValue().add(forecast, actual);
        }
    }

    private static SpendReport.Amount amount(SpendForecast.Range range) {
        return new SpendReport.Amount(range.expected(), bound(range.lower()), bound(range.upper()));
    }

    private static @Nullable Double bound(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("Forecasts overlap: " + options.days() + " days from each day on. Their errors are not independent.");
        if (series.missing() > 0) {
            notes.add(series.missing() + " of " + series.steps()
                    + " steps are missing; they are not scored, and a forecast takes them as the step before.");
        }
        if (series.isHourly()) {
            notes.add("Forecasts are of whole days (UTC); anomalies are looked for hour by hour.");
        }
        notes.add(
                "Anomalies of the series itself have no labels unless --labels names them: whether they are true is for"
                        + " people to say. Injected rises are of known size and place, added to the real series from "
                        + SpendDetection.SEEDS.size()
                        + " seeds, at least a week away from the series' own; a false alarm is one outside of them"
                        + " that the series as it is does not raise.");
        return notes;
    }

    private static void keep(double[][] totals, int day, SpendForecast forecast, int horizon) {
        int due = day + horizon;
        if (day >= WARM_UP_DAYS && due < totals[0].length) {
            totals[1][due] = forecast.total().expected();
            totals[2][due] = forecast.total().lower();
            totals[3][due] = forecast.total().upper();
        }
    }

    /** What each period came to, on its last day, beside what was forecast a horizon before. */
    private Plot totalsPlot(double[][] totals, int horizon) {
        int from = WARM_UP_DAYS + horizon;
        List<List<Double>> values = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<Double> seconds = new ArrayList<>();
        for (int day = from; day < days.length; day++) {
            double sum = 0;
            int count = 0;
            for (int i = day - horizon + 1; i <= day; i++) {
                sum += Double.isNaN(days[i]) ? 0 : days[i];
                count += Double.isNaN(days[i]) ? 0 : 1;
            }
            seconds.add(seconds(day));
            values.get(0).add(sum * horizon / Math.max(1, count));
            for (int i = 1; i < totals.length; i++) {
                values.get(i).add(totals[i][day]);
            }
        }
        return new Plot(
                "Spend of the last " + horizon + " days, and what was forecast " + horizon + " days before",
                "dollars",
                seconds,
                List.of(
                        new Series("spent", values.get(0)),
                        new Series("forecast", values.get(1)),
                        new Series("lower (90 %)", values.get(2)),
                        new Series("upper (90 %)", values.get(3))),
                List.of());
    }

    private Plot nextPlot(double[] known, SpendForecast forecast) {
        int before = Math.min(known.length, 3 * forecast.day().size());
        List<Double> seconds = new ArrayList<>();
        List<List<Double>> values = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int day = known.length - before;
                day < known.length + forecast.day().size();
                day++) {
            boolean isKnown = day < known.length;
            var range = isKnown
                    ? new SpendForecast.Range(Double.NaN, Double.NaN, Double.NaN)
                    : forecast.day().get(day - known.length);
            seconds.add(seconds(day));
            values.get(0).add(isKnown ? known[day] : Double.NaN);
            values.get(1).add(range.expected());
            values.get(2).add(range.lower());
            values.get(3).add(range.upper());
        }
        return new Plot(
                "The days ahead",
                "dollars a day",
                seconds,
                List.of(
                        new Series("spent", values.get(0)),
                        new Series("forecast", values.get(1)),
                        new Series("lower (90 %)", values.get(2)),
                        new Series("upper (90 %)", values.get(3))),
                List.of());
    }

    private double seconds(int day) {
        return firstDay.plus(Duration.ofDays(day)).getEpochSecond();
    }
}
