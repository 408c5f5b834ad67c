package io.novacron.zeroops.simulations.evaluation;

import static io.novacron.zeroops.simulations.evaluation.Numbers.fixed;
import static io.novacron.zeroops.simulations.evaluation.Numbers.grouped;

import io.novacron.zeroops.simulations.evaluation.EvaluationView.Goal;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reports of simulations for people. */
public final class SimulationView {
    /** The fewest runs of which a 95th percentile says more than their maximum. */
    private static final int RUNS_MIN = 20;

    /** The rest is in the JSON. */
    private static final int FAILING_SEEDS_SHOWN = 20;

    private static final double VIOLATIONS_MAX = 1.0 / 3;
    private static final double ORACLE_SHARE_MIN = 0.8;
    private static final double DETECTION_S_MAX = 12;
    private static final double READY_S_MAX = 47;
    private static final double SPEED_MIN = 100_000;
    private static final long DECISIONS_MIN = 50;
    private static final double CAMPAIGN_S_MAX = 300;

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

    private static final Map<String, String> DEFINITIONS = ordered(
            "detect",
                    "seconds from the start of the need to the first decision to grow since then; the 95th percentile over the seeds. The need starts where the scenario makes the load rise; in a trace, at the first instant at which the load is more than the instances at the start can serve within the SLO",
            "ready",
                    "seconds from that start until the ready instances suffice to the end of the rise; the 95th percentile over the seeds",
            "SLO viol.", "requests that failed or were over their SLO, percent of all",
            "under, over", "time with fewer, with more ready instances than required (SPEC RG: tau)",
            "theta_U, theta_O", "instances missing, in excess, relative to those required (SPEC RG: theta)",
            "upsilon",
                    "time in which required and ready instances change in different directions, sampled every 15 s (SPEC RG: instability)",
            "jitter",
                    "changes of the ready instances less those of the required ones, an hour, sampled likewise (SPEC RG: jitter)",
            "peak, final", "instances booting and ready: the most, and those at the end",
            "decisions", "that reached a verdict; of a baseline, changes of its target",
            "cost", "instances billed by the second, at least 60 s each");

    private SimulationView() {}

    public static EvaluationView of(SimulationReport report) {
        return new EvaluationView(
                report.scenario(),
                report,
                tables(report),
                totals(report),
                goals(report),
                report.notes(),
                report.plots(),
                DEFINITIONS);
    }

    public static EvaluationView of(CampaignReport report) {
        return new EvaluationView(
                report.scenario(),
                report,
                tables(report),
                totals(report),
                goals(report),
                List.of(),
                List.of(),
                DEFINITIONS);
    }

    private static List<Table> tables(SimulationReport report) {
        List<Table> grids = new ArrayList<>();
        if (report.variants().isEmpty()) {
            grids.add(grid(report.scenario(), report.policies(), report.reactiveFront()));
        }
        for (SimulationReport.Variant variant : report.variants()) {
            grids.add(grid(variant.name(), variant.policies(), variant.reactiveFront()));
        }
        return List.copyOf(grids);
    }

    private static List<Table> tables(CampaignReport report) {
        List<Table> grids = new ArrayList<>();
        grids.add(counts("Faults injected", "kind", report.faultsByKind()));
        grids.add(counts("Crash points hit", "crash point", report.crashPointHits()));
        if (!report.failingSeeds().isEmpty()) {
            grids.add(new Table(
                    "Failing seeds (" + report.failingSeeds().size() + ")",
                    List.of("problem", "seed", "repeat"),
                    report.failingSeeds().stream()
                            .limit(FAILING_SEEDS_SHOWN)
                            .map(f -> List.of(f.problem(), String.valueOf(f.seed()), f.repeat()))
                            .toList()));
        }
        return List.copyOf(grids);
    }

    private static Map<String, String> totals(SimulationReport report) {
        return ordered(
                "seeds", grouped(report.seeds().size()),
                "share of the way from best reactive to oracle", percent(report.oracleShare()),
                "SLO violations, of those of reactive at the same cost", percent(report.violationsVsReactiveSameCost()),
                "virtual time", fixed(report.virtualS(), 0) + " s",
                "wall time", fixed(report.wallS(), 2) + " s",
                "steps", grouped(report.steps()),
                "journal", grouped(report.journalEvents()) + " events, SHA-256 " + report.journalSha256(),
                "invariants checked", grouped(report.invariantsChecked()),
                "invariants violated", grouped(report.invariantsViolated()));
    }

    private static Map<String, String> totals(CampaignReport report) {
        return ordered(
                "runs", grouped(report.runs()),
                "decisions", grouped(report.decisions()),
                "fewest decisions in a run", grouped(report.decisionsMin()),
                "invariants checked", grouped(report.invariantsChecked()),
                "violations", grouped(report.violations()),
                "pending at the end", grouped(report.pendingAtEnd()),
                "crash points hit", report.crashPointsCovered() + " of " + report.crashPoints(),
                "virtual time", fixed(report.virtualS(), 0) + " s",
                "wall time", fixed(report.wallS(), 2) + " s",
                "steps", grouped(report.steps()),
                "journal", grouped(report.journalEvents()) + " events, SHA-256 " + report.journalSha256());
    }

    private static List<Goal> goals(SimulationReport report) {
        List<Goal> targets = new ArrayList<>();
        for (SimulationReport.Variant variant : report.variants()) {
            PolicyFigures ours = variant.policies().get("zeroops");
            if (ours == null) {
                continue;
            }
            if (report.scenario().equals("traffic-spike")) {
                int runs = report.seeds().size();
                targets.add(percentile(variant.name() + ": detection", ours.detectionS(), DETECTION_S_MAX, runs));
                targets.add(percentile(variant.name() + ": capacity ready", ours.readyS(), READY_S_MAX, runs));
            } else if (report.scenario().equals("scaling")) {
                targets.add(atMost(
                        "SLO violations at most a third of those of reactive at the same cost",
                        variant.violationsVsReactiveSameCost(),
                        VIOLATIONS_MAX));
                targets.add(atLeast(
                        "at least 0.8 of the way from best reactive to oracle",
                        variant.oracleShare(),
                        ORACLE_SHARE_MIN));
            } else {
                targets.add(againstReactive(variant, ours));
            }
        }
        if (report.scenario().equals("replay")) {
            double speed = report.virtualS() / report.wallS();
            targets.add(Goal.judged("at least 100,000 virtual seconds a second", speed >= SPEED_MIN, fixed(speed, 0)));
        }
        targets.add(none("no invariant violated", report.invariantsViolated()));
        return List.copyOf(targets);
    }

    private static List<Goal> goals(CampaignReport report) {
        return List.of(
                none("no invariant violated", report.violations()),
                none("nothing pending at the end", report.pendingAtEnd()),
                Goal.judged(
                        "at least 50 decisions a seed",
                        report.decisionsMin() >= DECISIONS_MIN,
                        "fewest " + report.decisionsMin()),
                Goal.judged(
                        "every crash point hit",
                        report.crashPointsCovered() == report.crashPoints(),
                        report.crashPointsCovered() + " of " + report.crashPoints()),
                Goal.judged(
                        "done within five minutes", report.wallS() < CAMPAIGN_S_MAX, fixed(report.wallS(), 1) + " s"));
    }

    private static Goal percentile(String what, @Nullable Double value, double limit, int runs) {
        String name = what + " within " + fixed(limit, 0) + " s (p95)";
        if (value == null || value.isNaN()) {
            return Goal.notShown(name, "no figure");
        }
        String found = fixed(value, 1) + " s, n = " + runs;
        return runs < RUNS_MIN && value <= limit
                ? Goal.notShown(name, found + ", " + RUNS_MIN + " needed")
                : Goal.judged(name, value <= limit, found);
    }

    private static Goal atMost(String name, @Nullable Double value, double limit) {
        return value == null ? Goal.notShown(name, "no figure") : Goal.judged(name, value <= limit, percent(value));
    }

    private static Goal atLeast(String name, @Nullable Double value, double limit) {
        return value == null ? Goal.notShown(name, "no figure") : Goal.judged(name, value >= limit, percent(value));
    }

    private static Goal againstReactive(SimulationReport.Variant variant, PolicyFigures ours) {
        String name = "fewer SLO violations than every reactive target that costs no more";
        List<SimulationReport.ReactiveTarget> rivals = variant.reactiveFront().stream()
                .filter(r -> r.figures().costUsd() <= ours.costUsd())
                .toList();
        if (rivals.isEmpty()) {
            return Goal.notShown(name, "none costs as little");
        }
        Optional<SimulationReport.ReactiveTarget> better = rivals.stream()
                .filter(r -> !(r.figures().sloViolationPct() > ours.sloViolationPct())) // also catches NaN
                .findFirst();
        return Goal.judged(
                name,
                better.isEmpty(),
                better.map(r -> "reactive at " + fixed(r.target(), 2) + " has no more of them")
                        .orElse(fixed(ours.sloViolationPct(), 4) + " %, against " + rivals.size() + " of them"));
    }

    private static Goal none(String name, long count) {
        return Goal.judged(name, count == 0, grouped(count));
    }

    private static Table grid(
            String title, Map<String, PolicyFigures> policies, List<SimulationReport.ReactiveTarget> front) {
        List<List<String>> rows = new ArrayList<>();
        policies.forEach((name, figures) -> rows.add(row(name, figures)));
        front.forEach(r -> rows.add(row("reactive at " + fixed(r.target(), 2), r.figures())));
        return new Table(title, HEADER, List.copyOf(rows));
    }

    private static List<String> row(String name, PolicyFigures f) {
        return List.of(
                name,
                fixed(f.detectionS(), 1),
                fixed(f.readyS(), 1),
                fixed(f.sloViolationPct(), 4),
                fixed(f.underProvisionedPct(), 2),
                fixed(f.overProvisionedPct(), 2),
                fixed(f.thetaU(), 2),
                fixed(f.thetaO(), 2),
                fixed(f.instabilityPct(), 2),
                fixed(f.jitterPerH(), 2),
                fixed(f.instanceHours(), 2),
                fixed(f.costUsd(), 2),
                String.valueOf(f.peakInstances()),
                String.valueOf(f.finalInstances()),
                String.valueOf(f.decisions()),
                String.valueOf(f.interventions()));
    }

    private static Table counts(String title, String what, Map<String, Long> counts) {
        return new Table(
                title,
                List.of(what, "times"),
                counts.entrySet().stream()
                        .map(e -> List.of(e.getKey(), grouped(e.getValue())))
                        .toList());
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : fixed(100 * share, 1) + " %";
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
