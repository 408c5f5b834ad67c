package io.novacron.zeroops.simulations.provisioning;

import static io.novacron.zeroops.simulations.evaluation.Numbers.fixed;
import static io.novacron.zeroops.simulations.evaluation.Numbers.grouped;

import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Goal;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Table;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.provisioning.CapacityReport.Commitments;
import io.novacron.zeroops.simulations.provisioning.CapacityReport.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A capacity report for people. */
final class CapacityView {
    private static final double SAVED_PCT_MIN = 30;

    private final CapacityOptions options;
    private final CapacityReport report;
    private final List<Plot> plots;

    CapacityView(CapacityOptions options, CapacityReport report, List<Plot> plots) {
        this.options = options;
        this.report = report;
        this.plots = plots;
    }

    EvaluationView view() {
        return new EvaluationView(
                "capacity",
                report,
                List.of(plans(), commitments()),
                totals(),
                goals(),
                report.notes(),
                plots,
                definitions());
    }

    private Table plans() {
        return new Table(
                "Plans of a week before",
                List.of("policy", "cost $", "saved %", "short hours %", "missing %", "longest short h", "used %"),
                report.plans().stream()
                        .map(p -> List.of(
                                p.policy(),
                                fixed(p.costUsd(), 2),
                                fixed(p.savedPct(), 1),
                                fixed(p.shortPct(), 2),
                                fixed(p.missingPct(), 3),
                                fixed(p.longestShortHours(), 0),
                                fixed(p.meanUsedPct(), 1)))
                        .toList());
    }

    private Table commitments() {
        return new Table(
                "Commitments under the plan of zeroops",
                List.of(
                        "policy",
                        "cost $",
                        "saved %",
                        "saved vs peak %",
                        "used %",
                        "purchases",
                        "held at end",
                        "owed $"),
                report.commitments().stream()
                        .map(c -> List.of(
                                c.policy(),
                                fixed(c.costUsd(), 2),
                                fixed(c.savedPct(), 1),
                                fixed(c.savedVsPeakPct(), 1),
                                fixed(c.usedPct(), 1),
                                grouped(c.purchases()),
                                fixed(c.heldAtEnd(), 2),
                                fixed(c.owedUsd(), 2)))
                        .toList());
    }

    private Map<String, String> totals() {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put("series", report.series());
        totals.put("hours measured", grouped(report.hours()));
        totals.put("forecast", report.model());
        totals.put("mean load", fixed(report.meanLoad(), 3));
        totals.put("peak load", fixed(report.peakLoad(), 3));
        return totals;
    }

    private List<Goal> goals() {
        Plan ours = report.plans().get(0);
        Commitments committed = report.commitments().get(0);
        double mayBeShort = 100 * (1 - options.quantile());
        return List.of(
                new Goal(
                        "plan and commitments save at least 30 % of static peak provisioning",
                        Optional.of(committed.savedVsPeakPct() >= SAVED_PCT_MIN),
                        fixed(committed.savedVsPeakPct(), 1) + " %"),
                new Goal(
                        "short for at most " + fixed(mayBeShort, 1) + " % of the hours",
                        Optional.of(ours.shortPct() <= mayBeShort),
                        fixed(ours.shortPct(), 2) + " %"),
                new Goal(
                        "commitments cost no more than none",
                        Optional.of(committed.savedPct() >= 0),
                        fixed(committed.savedPct(), 1) + " % saved"));
    }

    private Map<String, String> definitions() {
        var policy = options.commitments();
        Map<String, String> definitions = new LinkedHashMap<>();
        definitions.put(
                "zeroops (plans)",
                "for each hour the " + fixed(100 * options.quantile(), 1)
                        + "th percentile of the forecast that was made a week before");
        definitions.put("static peak", "the peak of the measured hours, all the time: it knows the future peak");
        definitions.put("peak so far", "the highest load that was known a week before");
        definitions.put("clairvoyant", "exactly the load of each hour");
        definitions.put("saved (plans)", "against static peak");
        definitions.put(
                "short, missing",
                "hours in which the load was more than planned, and how much of all load that was;"
                        + " the scaler has to get it on demand");
        definitions.put("used (plans)", "of the planned unit-hours");
        definitions.put(
                "zeroops (commitments)",
                "each week a part in " + policy.rungs()
                        + " of what is missing to the load that was reached for more than "
                        + fixed(100 * (1 - policy.discount()), 0) + " % of the last week and of the last four, at most "
                        + fixed(100 * policy.shareMax(), 0) + " % of the mean load; for "
                        + policy.term().toDays()
                        + " days at " + fixed(100 * policy.discount(), 0) + " % less");
        definitions.put("best constant in hindsight", "what would have cost least, had one known the plan");
        definitions.put("owed", "for the rest of the terms, after the data end");
        return definitions;
    }
}
