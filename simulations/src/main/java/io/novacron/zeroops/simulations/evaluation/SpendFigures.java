package io.novacron.zeroops.simulations.evaluation;

import io.novacron.zeroops.simulations.evaluation.Figures.Grid;
import io.novacron.zeroops.simulations.evaluation.SpendReport.Accuracy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A report on spend as tables of text. */
final class SpendFigures {
    /** The rest is in the JSON. */
    private static final int ANOMALIES_SHOWN = 30;

    private static final double COVERAGE_MIN = 85;
    private static final double COVERAGE_MAX = 95;
    private static final int ORIGINS_MIN = 30;
    private static final int PERIODS_MIN = 10;

    private SpendFigures() {}

    static String title(SpendReport report) {
        return "spend: " + report.column() + " of " + report.file();
    }

    static List<Grid> of(SpendReport report) {
        List<Grid> grids = new ArrayList<>();
        grids.add(forecasts(report));
        grids.add(new Grid(
                "Rises put into the series, at once or later found",
                List.of("size", "rises", "found", "found %", "median delay", "p95 delay"),
                report.injected().stream()
                        .map(i -> List.of(
                                "+" + Numbers.fixed(i.sizePct(), 0) + " %",
                                Numbers.grouped(i.anomalies()),
                                Numbers.grouped(i.found()),
                                Numbers.fixed(i.anomalies() == 0 ? Double.NaN : 100.0 * i.found() / i.anomalies(), 1),
                                Numbers.fixed(i.medianDelaySteps(), 0),
                                Numbers.fixed(i.p95DelaySteps(), 0)))
                        .toList()));
        int all = report.anomalies().size();
        int shown = Math.min(all, ANOMALIES_SHOWN);
        grids.add(new Grid(
                "Anomalies of the series itself (" + all + (shown < all ? ", the last " + shown : "") + ")",
                List.of(report.step(), "spent $", "expected $", "more %"),
                report.anomalies().subList(all - shown, all).stream()
                        .map(a -> List.of(
                                a.at(),
                                Numbers.fixed(a.actualUsd(), 2),
                                Numbers.fixed(a.expectedUsd(), 2),
                                Numbers.fixed(a.excessPct(), 0)))
                        .toList()));
        return grids;
    }

    private static Grid forecasts(SpendReport report) {
        List<List<String>> rows = new ArrayList<>();
        report.forecasts()
                .forEach((name, a) -> rows.add(List.of(
                        name.replace('_', ' '),
                        Numbers.fixed(a.dailyWapePct(), 1),
                        Numbers.fixed(a.totalErrorPct(), 1),
                        Numbers.fixed(a.totalBiasPct(), 1),
                        Numbers.fixed(a.dailyCoveragePct(), 1),
                        Numbers.fixed(a.totalCoveragePct(), 1),
                        Numbers.fixed(a.totalWidthPct(), 0))));
        return new Grid(
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

    static Map<String, String> totals(SpendReport report) {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put("series", report.from() + " to " + report.to());
        totals.put(
                "steps",
                Numbers.grouped(report.steps()) + " of a " + report.step() + ", " + Numbers.grouped(report.missing())
                        + " missing");
        totals.put(
                "next " + report.horizonDays() + " days",
                "$" + Numbers.fixed(report.next().expectedUsd(), 2) + ", 90 % interval $"
                        + Numbers.fixed(report.next().lowerUsd(), 2) + " to $"
                        + Numbers.fixed(report.next().upperUsd(), 2));
        totals.put("periods that do not overlap", Numbers.grouped(report.periods()));
        totals.put(
                "an anomaly is",
                Numbers.fixed(100 * report.threshold(), 0) + " % and $" + Numbers.fixed(report.floorUsd(), 2)
                        + " more than expected in a " + report.step());
        totals.put("false alarms beside rises", Numbers.fixed(report.injectedFalseAlarmsPerMonth(), 3) + " in 30 days");
        SpendReport.Detection labelled = report.labelled();
        if (labelled != null) {
            totals.put(
                    "labelled anomalies",
                    labelled.found() + " of " + labelled.anomalies() + " found, median delay "
                            + Numbers.fixed(labelled.medianDelaySteps(), 0) + ", " + labelled.falseAlarms()
                            + " false alarms (" + Numbers.fixed(labelled.falseAlarmsPerMonth(), 2) + " in 30 days)");
        }
        totals.put("wall time", Numbers.fixed(report.wallS(), 2) + " s");
        return totals;
    }

    static List<Target> targets(SpendReport report) {
        Accuracy ours = report.forecasts().get("zeroops");
        if (ours == null) {
            return List.of();
        }
        return List.of(
                best("daily error no worse than any simple method", report, ours, Accuracy::dailyWapePct),
                best("error of the sum no worse than any simple method", report, ours, Accuracy::totalErrorPct),
                coverage("85 to 95 % of days in the 90 % interval", ours.dailyCoveragePct(), report.periods()),
                coverage("85 to 95 % of sums in the 90 % interval", ours.totalCoveragePct(), report.periods()));
    }

    private static Target best(String name, SpendReport report, Accuracy ours, ToDoubleFunction<Accuracy> error) {
        double rival = report.forecasts().values().stream()
                .filter(a -> !a.equals(ours))
                .mapToDouble(error)
                .min()
                .orElse(Double.NaN);
        double value = error.applyAsDouble(ours);
        String found = Numbers.fixed(value, 1) + " %, the best of them " + Numbers.fixed(rival, 1) + " %";
        Target.Met met = report.origins() < ORIGINS_MIN || Double.isNaN(rival)
                ? Target.Met.NOT_SHOWN
                : value <= rival ? Target.Met.MET : Target.Met.MISSED;
        return new Target(name, met, found);
    }

    private static Target coverage(String name, @Nullable Double coverage, int periods) {
        if (coverage == null || periods < PERIODS_MIN) {
            return new Target(
                    name,
                    Target.Met.NOT_SHOWN,
                    Numbers.fixed(coverage, 1) + " %, " + periods + " periods, " + PERIODS_MIN + " needed");
        }
        boolean isMet = coverage >= COVERAGE_MIN && coverage <= COVERAGE_MAX;
        return new Target(name, isMet ? Target.Met.MET : Target.Met.MISSED, Numbers.fixed(coverage, 1) + " %");
    }
}
