package io.novacron.zeroops.simulations.forecast;

import static io.novacron.zeroops.simulations.evaluation.Numbers.fixed;
import static io.novacron.zeroops.simulations.evaluation.Numbers.grouped;

import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Goal;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Table;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;

/** A forecast report for people. */
final class ForecastView {
    private static final double ACCURACY_MIN = 0.9;
    private static final double RELATIVE_MAX = 0.9;
    private static final double COVERAGE_MIN = 0.85;
    private static final double COVERAGE_MAX = 0.95;

    /** The rest is in the JSON. */
    private static final int MEMBERS_SHOWN = 10;

    private final ForecastReport report;
    private final List<Plot> plots;

    ForecastView(ForecastReport report, List<Plot> plots) {
        this.report = report;
        this.plots = plots;
    }

    EvaluationView view() {
        return new EvaluationView(
                "forecast of " + report.series(),
                report,
                List.of(errors(), members()),
                totals(),
                goals(),
                report.notes(),
                plots,
                definitions());
    }

    private Table errors() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(report.model(), percents(report.wape(), 2)));
        report.baselines().forEach((name, wape) -> rows.add(List.of(name.replace('_', ' '), percents(wape, 2))));
        return new Table("Error", List.of("forecast", "WAPE %"), rows);
    }

    private Table members() {
        return new Table(
                "What the last forecast was made of",
                List.of("member", "weight %"),
                report.weights().entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .limit(MEMBERS_SHOWN)
                        .map(e -> List.of(e.getKey(), percents(e.getValue(), 1)))
                        .toList());
    }

    private Map<String, String> totals() {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put(
                "forecast at t",
                "the mean over (t + " + fixed(report.horizonS() - report.stepS(), 0) + " s, t + "
                        + fixed(report.horizonS(), 0) + " s], every " + fixed(report.stepS(), 0) + " s");
        totals.put(
                "scored",
                grouped(report.n()) + " after the first " + fixed(report.warmUpS() / 3600, 1) + " h; "
                        + grouped(report.notScored()) + " had no outcome in the file");
        totals.put("accuracy (1 - WAPE)", fixed(report.accuracy(), 4));
        totals.put("error, of the best baseline's", fixed(report.relativeToBest(), 3));
        totals.put("in the 90 % interval", percent(report.coverage90()));
        totals.put("width of the interval, of the load", percent(report.width90()));
        totals.put("recent regret against the best member", percent(report.regretEnd()) + " of the load");
        totals.put(
                "seasons",
                String.join(
                        ", ",
                        report.seasonsS().stream()
                                .map(s -> fixed(s / 3600, 2) + " h")
                                .toList()));
        totals.put(
                "cost",
                fixed(report.microsPerForecast(), 1) + " us a forecast, " + fixed(report.millisPerTraining(), 1)
                        + " ms a training (" + report.trainings() + "), " + grouped(report.bytesPerSeries())
                        + " bytes");
        return totals;
    }

    private List<Goal> goals() {
        return List.of(
                goal("accuracy of at least 0.90", report.accuracy(), value -> value >= ACCURACY_MIN),
                goal(
                        "error at most 0.90 of the best baseline's",
                        report.relativeToBest(),
                        value -> value <= RELATIVE_MAX),
                goal(
                        "90 % interval covers 85 to 95 %",
                        report.coverage90(), value -> value >= COVERAGE_MIN && value <= COVERAGE_MAX));
    }

    private static Goal goal(String name, @Nullable Double figure, DoublePredicate isMet) {
        return figure == null
                ? Goal.notShown(name, "no figure")
                : Goal.judged(name, isMet.test(figure), fixed(figure, 4));
    }

    private static Map<String, String> definitions() {
        Map<String, String> definitions = new LinkedHashMap<>();
        definitions.put("WAPE", "sum of |actual - forecast| over the sum of the actual values");
        definitions.put("last value", "the mean of the newest step, expected to stay");
        definitions.put("seasonal naive", "what was at the same time a season before");
        definitions.put("holt winters", "level, trend and season, smoothed exponentially");
        definitions.put("weight", "a member's share in the last forecast");
        definitions.put(
                "in the 90 % interval", "outcomes that came to lie in the interval that was given for them before");
        return definitions;
    }

    private static String percents(@Nullable Double share, int digits) {
        return fixed(share == null ? null : 100 * share, digits);
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : percents(share, 1) + " %";
    }
}
