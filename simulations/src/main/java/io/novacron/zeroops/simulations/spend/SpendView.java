package io.novacron.zeroops.simulations.spend;

import static io.novacron.zeroops.simulations.evaluation.Numbers.fixed;
import static io.novacron.zeroops.simulations.evaluation.Numbers.grouped;

import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Goal;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Table;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.spend.SpendReport.Accuracy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A report on spend for people. */
final class SpendView {
    /** The rest is in the JSON. */
    private static final int ANOMALIES_SHOWN = 30;

    private static final double COVERAGE_MIN = 85;
    private static final double COVERAGE_MAX = 95;
    private static final int ORIGINS_MIN = 30;
    private static final int PERIODS_MIN = 10;

    private final SpendReport report;
    private final List<Plot> plots;

    SpendView(SpendReport report, List<Plot> plots) {
        this.report = report;
        this.plots = plots;
    }

    EvaluationView view() {
        return new EvaluationView(
                "spend: " + report.column() + " of " + report.file(),
                report,
                tables(),
                totals(),
                goals(),
                report.notes(),
                plots,
                definitions());
    }

    private List<Table> tables() {
        List<Table> grids = new ArrayList<>();
        grids.add(forecasts());
        grids.add(new Table(
                "Rises put into the series, at once or later found",
                List.of("size", "rises", "found", "found %", "median delay", "p95 delay"),
                report.injected().stream()
                        .map(i -> List.of(
                                "+" + fixed(i.sizePct(), 0) + " %",
                                grouped(i.anomalies()),
                                grouped(i.found()),
                                fixed(i.anomalies() == 0 ? Double.NaN : 100.0 * i.found() / i.anomalies(), 1),
                                fixed(i.medianDelaySteps(), 0),
                                fixed(i.p95DelaySteps(), 0)))
                        .toList()));
        int all = report.anomalies().size();
        int shown = Math.min(all, ANOMALIES_SHOWN);
        grids.add(new Table(
                "Anomalies of the series itself (" + all + (shown < all ? ", the last " + shown : "") + ")",
                List.of(report.step(), "spent $", "expected $", "more %"),
                report.anomalies().subList(all - shown, all).stream()
                        .map(a -> List.of(
                                a.at(), fixed(a.actualUsd(), 2), fixed(a.expectedUsd(), 2), fixed(a.excessPct(), 0)))
                        .toList()));
        return grids;
    }

    private Table forecasts() {
        List<List<String>> rows = new ArrayList<>();
        report.forecasts()
                .forEach((name, a) -> rows.add(List.of(
                        name.replace('_', ' '),
                        fixed(a.dailyWapePct(), 1),
                        fixed(a.totalErrorPct(), 1),
                        fixed(a.totalBiasPct(), 1),
                        fixed(a.dailyCoveragePct(), 1),
                        fixed(a.totalCoveragePct(), 1),
                        fixed(a.totalWidthPct(), 0))));
        return new Table(
                report.horizonDays() + " days ahead, from each of " + report.origins() + " days",
                List.of(
                        "forecast",
                        "daily WAPE %",
                        "error of sum %",
                        "bias of sum %",
                        "days in interval %",
                        "sums in interval %",
                        "width %"),
                rows);
    }

    private Map<String, String> totals() {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put("series", report.from() + " to " + report.to());
        totals.put(
                "steps",
                grouped(report.steps()) + " of a " + report.step() + ", " + grouped(report.missing()) + " missing");
        totals.put(
                "next " + report.horizonDays() + " days",
                "$" + fixed(report.next().expectedUsd(), 2) + ", 90 % interval $"
                        + fixed(report.next().lowerUsd(), 2) + " to $"
                        + fixed(report.next().upperUsd(), 2));
        totals.put("periods that do not overlap", grouped(report.periods()));
        totals.put(
                "an anomaly is",
                fixed(100 * report.threshold(), 0) + " % and $" + fixed(report.floorUsd(), 2)
                        + " more than expected in a " + report.step());
        totals.put("false alarms beside rises", fixed(report.injectedFalseAlarmsPerMonth(), 3) + " in 30 days");
        SpendReport.Detection labelled = report.labelled();
        if (labelled != null) {
            totals.put(
                    "labelled anomalies",
                    labelled.found() + " of " + labelled.anomalies() + " found, median delay "
                            + fixed(labelled.medianDelaySteps(), 0) + ", " + labelled.falseAlarms()
                            + " false alarms (" + fixed(labelled.falseAlarmsPerMonth(), 2) + " in 30 days)");
        }
        totals.put("wall time", fixed(report.wallS(), 2) + " s");
        return totals;
    }

    private List<Goal> goals() {
        Accuracy ours = report.forecasts().get("zeroops");
        if (ours == null) {
            return List.of();
        }
        return List.of(
                best("daily error no worse than any simple method", ours, Accuracy::dailyWapePct),
                best("error of the sum no worse than any simple method", ours, Accuracy::totalErrorPct),
                coverage("85 to 95 % of days in the 90 % interval", ours.dailyCoveragePct(), report.periods()),
                coverage("85 to 95 % of sums in the 90 % interval", ours.totalCoveragePct(), report.periods()));
    }

    private Goal best(String name, Accuracy ours, ToDoubleFunction<Accuracy> error) {
        double rival = report.forecasts().values().stream()
                .filter(a -> !a.equals(ours))
                .mapToDouble(error)
                .min()
                .orElse(Double.NaN);
        double value = error.applyAsDouble(ours);
        String found = fixed(value, 1) + " %, the best of them " + fixed(rival, 1) + " %";
        return report.origins() < ORIGINS_MIN || Double.isNaN(rival)
                ? Goal.notShown(name, found)
                : Goal.judged(name, value <= rival, found);
    }

    private static Goal coverage(String name, @Nullable Double coverage, int periods) {
        if (coverage == null || periods < PERIODS_MIN) {
            return Goal.notShown(name, fixed(coverage, 1) + " %, " + periods + " periods, " + PERIODS_MIN + " needed");
        }
        boolean isMet = coverage >= COVERAGE_MIN && coverage <= COVERAGE_MAX;
        return Goal.judged(name, isMet, fixed(coverage, 1) + " %");
    }

    private static Map<String, String> definitions() {
        Map<String, String> definitions = new LinkedHashMap<>();
        definitions.put(
                "daily WAPE",
                "sum of |forecast - actual| over sum of actual, over every day ahead of every day from which was forecast");
        definitions.put("error of the sum", "the same of the sums over all days ahead");
        definitions.put("bias of the sum", "all sums forecast, relative to all that came");
        definitions.put(
                "in interval", "days, or sums, that came to lie in the 90 % interval that was given for them before");
        definitions.put("width", "of the interval of the sum, relative to the sum forecast; mean");
        definitions.put("delay", "steps from the first of a rise to the alarm; 0 is with the first");
        return definitions;
    }
}
