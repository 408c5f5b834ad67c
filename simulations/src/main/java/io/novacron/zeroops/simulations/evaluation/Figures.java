package io.novacron.zeroops.simulations.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report's figures as tables of text, which a terminal and a page show alike. */
final class Figures {
    private Figures() {}

    /** The rest is in the JSON. */
    private static final int FAILING_SEEDS_SHOWN = 20;

    private static final int MEMBERS_SHOWN = 10;

    /** @param rows each as long as {@code header}; the first column is text, the others are numbers */
    record Grid(String title, List<String> header, List<List<String>> rows) {}

    private static final List<String> HEADER = List.of(
            "policy",
            "detect s",
            "ready s",
            "SLO viol. %",
            "under %",
            "over %",
            "theta_U %",
            "theta_O %",
            "upsilon %",
            "jitter /h",
            "inst. hours",
            "cost $",
            "peak",
            "final",
            "decisions",
            "interventions");

    static List<Grid> of(SimulationReport report) {
        List<Grid> grids = new ArrayList<>();
        if (report.variants().isEmpty()) {
            grids.add(grid(report.scenario(), report.policies(), report.reactiveFront()));
        }
        for (SimulationReport.Variant variant : report.variants()) {
            grids.add(grid(variant.name(), variant.policies(), variant.reactiveFront()));
        }
        return List.copyOf(grids);
    }

    static List<Grid> of(CampaignReport report) {
        List<Grid> grids = new ArrayList<>();
        grids.add(counts("Faults injected", "kind", report.faultsByKind()));
        grids.add(counts("Crash points hit", "crash point", report.crashPointHits()));
        if (!report.failingSeeds().isEmpty()) {
            grids.add(new Grid(
                    "Failing seeds (" + report.failingSeeds().size() + ")",
                    List.of("problem", "seed", "repeat"),
                    report.failingSeeds().stream()
                            .limit(FAILING_SEEDS_SHOWN)
                            .map(f -> List.of(f.problem(), String.valueOf(f.seed()), f.repeat()))
                            .toList()));
        }
        return List.copyOf(grids);
    }

    static List<Grid> of(ForecastReport report) {
        List<List<String>> errors = new ArrayList<>();
        errors.add(List.of(report.model(), Numbers.fixed(percentOf(report.wape()), 2)));
        report.baselines()
                .forEach(
                        (name, wape) -> errors.add(List.of(name.replace('_', ' '), Numbers.fixed(percentOf(wape), 2))));
        List<List<String>> members = report.weights().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(MEMBERS_SHOWN)
                .map(e -> List.of(e.getKey(), Numbers.fixed(100 * e.getValue(), 1)))
                .toList();
        return List.of(
                new Grid("Error", List.of("forecast", "WAPE %"), List.copyOf(errors)),
                new Grid("What the last forecast was made of", List.of("member", "weight %"), members));
    }

    private static @Nullable Double percentOf(@Nullable Double share) {
        return share == null ? null : 100 * share;
    }

    static Map<String, String> totals(ForecastReport report) {
        return ordered(
                "forecast at t",
                        "the mean over (t + " + Numbers.fixed(report.horizonS() - report.stepS(), 0) + " s, t + "
                                + Numbers.fixed(report.horizonS(), 0) + " s], every " + Numbers.fixed(report.stepS(), 0)
                                + " s",
                "scored",
                        Numbers.grouped(report.n()) + " after the first " + Numbers.fixed(report.warmUpS() / 3600, 1)
                                + " h; " + Numbers.grouped(report.notScored()) + " had no outcome in the file",
                "accuracy (1 - WAPE)", Numbers.fixed(report.accuracy(), 4),
                "error, of the best baseline's", Numbers.fixed(report.relativeToBest(), 3),
                "in the 90 % interval", percent(report.coverage90()),
                "width of the interval, of the load", percent(report.width90()),
                "recent regret against the best member", percent(report.regretEnd()) + " of the load",
                "seasons",
                        String.join(
                                ", ",
                                report.seasonsS().stream()
                                        .map(s -> Numbers.fixed(s / 3600, 2) + " h")
                                        .toList()),
                "cost",
                        Numbers.fixed(report.microsPerForecast(), 1) + " us a forecast, "
                                + Numbers.fixed(report.millisPerTraining(), 1) + " ms a training (" + report.trainings()
                                + "), "
                                + Numbers.grouped(report.bytesPerSeries()) + " bytes");
    }

    static List<Grid> of(EvaluationView view) {
        return view.tables().stream()
                .map(table -> new Grid(table.title(), table.header(), table.rows()))
                .toList();
    }

    /** Name and value of what a report counts besides. */
    static Map<String, String> totals(SimulationReport report) {
        return ordered(
                "seeds", Numbers.grouped(report.seeds().size()),
                "share of the way from best reactive to oracle", percent(report.oracleShare()),
                "SLO violations, of those of reactive at the same cost", percent(report.violationsVsReactiveSameCost()),
                "virtual time", Numbers.fixed(report.virtualS(), 0) + " s",
                "wall time", Numbers.fixed(report.wallS(), 2) + " s",
                "steps", Numbers.grouped(report.steps()),
                "journal", Numbers.grouped(report.journalEvents()) + " events, SHA-256 " + report.journalSha256(),
                "invariants checked", Numbers.grouped(report.invariantsChecked()),
                "invariants violated", Numbers.grouped(report.invariantsViolated()));
    }

    static Map<String, String> totals(CampaignReport report) {
        return ordered(
                "runs", Numbers.grouped(report.runs()),
                "decisions", Numbers.grouped(report.decisions()),
                "fewest decisions in a run", Numbers.grouped(report.decisionsMin()),
                "invariants checked", Numbers.grouped(report.invariantsChecked()),
                "violations", Numbers.grouped(report.violations()),
                "pending at the end", Numbers.grouped(report.pendingAtEnd()),
                "crash points hit", report.crashPointsCovered() + " of " + report.crashPoints(),
                "virtual time", Numbers.fixed(report.virtualS(), 0) + " s",
                "wall time", Numbers.fixed(report.wallS(), 2) + " s",
                "steps", Numbers.grouped(report.steps()),
                "journal", Numbers.grouped(report.journalEvents()) + " events, SHA-256 " + report.journalSha256());
    }

    private static Grid grid(
            String title, Map<String, PolicyFigures> policies, List<SimulationReport.ReactiveTarget> front) {
        List<List<String>> rows = new ArrayList<>();
        policies.forEach((name, figures) -> rows.add(row(name, figures)));
        front.forEach(r -> rows.add(row("reactive at " + Numbers.fixed(r.target(), 2), r.figures())));
        return new Grid(title, HEADER, List.copyOf(rows));
    }

    private static List<String> row(String name, PolicyFigures f) {
        return List.of(
                name,
                Numbers.fixed(f.detectionS(), 1),
                Numbers.fixed(f.readyS(), 1),
                Numbers.fixed(f.sloViolationPct(), 4),
                Numbers.fixed(f.underProvisionedPct(), 2),
                Numbers.fixed(f.overProvisionedPct(), 2),
                Numbers.fixed(f.thetaU(), 2),
                Numbers.fixed(f.thetaO(), 2),
                Numbers.fixed(f.instabilityPct(), 2),
                Numbers.fixed(f.jitterPerH(), 2),
                Numbers.fixed(f.instanceHours(), 2),
                Numbers.fixed(f.costUsd(), 2),
                String.valueOf(f.peakInstances()),
                String.valueOf(f.finalInstances()),
                String.valueOf(f.decisions()),
                String.valueOf(f.interventions()));
    }

    private static Grid counts(String title, String what, Map<String, Long> counts) {
        return new Grid(
                title,
                List.of(what, "times"),
                counts.entrySet().stream()
                        .map(e -> List.of(e.getKey(), Numbers.grouped(e.getValue())))
                        .toList());
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : Numbers.fixed(100 * share, 1) + " %";
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
