package io.novacron.zeroops.simulations.scenario;

import static io.novacron.zeroops.simulations.evaluation.Numbers.fixed;
import static io.novacron.zeroops.simulations.evaluation.Numbers.grouped;

import io.novacron.zeroops.agents.scaling.ZeroPolicy;
import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Goal;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Table;
import io.novacron.zeroops.simulations.evaluation.PlotThinning;
import io.novacron.zeroops.simulations.evaluation.ScenarioReport;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.scenario.ScaleToZeroReport.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workload that is idle most of the time, three times over: never without an instance; at zero, and woken by one boot;
 * and at zero, and woken by the quickest of several.
 */
final class ScaleToZero {
    private static final String SCENARIO = "scale-to-zero";
    private static final int PLOT_POINTS_MAX = 2_000;
    private static final double PERCENTILE = 0.95;

    /** So many wakes, and their 95th percentile means something. */
    private static final int WAKES_MIN = 20;

    private final ScaleToZeroOptions options;
    private final Surroundings surroundings;
    private final Totals totals;
    private final List<String> notes = new ArrayList<>();
    private final List<Plot> plots = new ArrayList<>();

    ScaleToZero(ScaleToZeroOptions options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
        this.totals = new Totals(surroundings.wallClock());
    }

    /** @param minInstances 0 if it may have none */
    private record Variant(String name, int minInstances, int wakeInstances) {}

    ScenarioReport run() {
        int racing = ScaleToZeroOptions.racing(options.within());
        var variants = List.of(
                new Variant(ScalingRun.POLICY, 0, racing),
                new Variant("to zero, one boot", 0, 1),
                new Variant("never to zero", 1, 1));
        List<List<ScaleToZeroRun.Outcome>> outcomes =
                variants.stream().map(this::runs).toList();
        double awakeUsd = cost(outcomes.get(2));
        List<Policy> policies = new ArrayList<>();
        for (int i = 0; i < variants.size(); i++) {
            policies.add(policy(variants.get(i).name(), outcomes.get(i), awakeUsd));
        }
        notes.add("zeroops wakes with the quickest of " + racing
                + " boots, the least that are in time in 99 of 100 cases");
        var report = new ScaleToZeroReport(
                SCENARIO,
                options.seeds().values(),
                policies,
                totals.virtualS(),
                totals.wallS(),
                totals.steps(),
                totals.journalEvents(),
                totals.journalSha256(),
                totals.checked(),
                totals.violated());
        return new ScenarioReport(view(report), totals.violated());
    }

    private List<ScaleToZeroRun.Outcome> runs(Variant variant) {
        List<ScaleToZeroRun.Outcome> outcomes = new ArrayList<>();
        int done = 0;
        for (long seed : options.seeds().values()) {
            String run = SCENARIO + "/" + variant.name() + "/seed-" + seed;
            surroundings
                    .progress()
                    .at(run, (double) done++ / options.seeds().values().size());
            var zero = new ZeroPolicy(options.idleAfter(), variant.wakeInstances());
            var outcome = new ScaleToZeroRun(
                            run, seed, variant.name(), variant.minInstances(), zero, options.provider())
                    .run(surroundings);
            totals.add(
                    outcome.virtualS(),
                    outcome.steps(),
                    outcome.journalEvents(),
                    outcome.sha256(),
                    outcome.checked(),
                    outcome.violated());
            outcome.problems().forEach(problem -> notes.add(run + ": " + problem));
            if (outcomes.isEmpty()) {
                plots.add(PlotThinning.thin(outcome.plot(), PLOT_POINTS_MAX));
            }
            outcomes.add(outcome);
        }
        return outcomes;
    }

    private static double cost(List<ScaleToZeroRun.Outcome> outcomes) {
        return outcomes.stream().mapToDouble(o -> o.figures().costUsd()).sum();
    }

    private static Policy policy(String name, List<ScaleToZeroRun.Outcome> outcomes, double awakeUsd) {
        double[] wakes = outcomes.stream()
                .flatMap(o -> o.wakeSeconds().stream())
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int n = wakes.length;
        double sum = 0;
        for (double seconds : wakes) {
            sum += seconds;
        }
        @Nullable Double none = null;
        return new Policy(
                name,
                n,
                n == 0 ? none : Double.valueOf(sum / n),
                n == 0 ? none : Double.valueOf(wakes[(int) Math.ceil(PERCENTILE * n) - 1]),
                n == 0 ? none : Double.valueOf(wakes[n - 1]),
                outcomes.stream().mapToDouble(ScaleToZeroRun.Outcome::requests).sum(),
                outcomes.stream().mapToDouble(ScaleToZeroRun.Outcome::late).sum(),
                outcomes.stream().mapToDouble(ScaleToZeroRun.Outcome::held).sum(),
                outcomes.stream().mapToDouble(ScaleToZeroRun.Outcome::heldLost).sum(),
                outcomes.stream().mapToDouble(ScaleToZeroRun.Outcome::lost).sum(),
                outcomes.stream().mapToDouble(o -> o.figures().instanceHours()).sum(),
                cost(outcomes),
                100 * (1 - cost(outcomes) / awakeUsd),
                outcomes.stream().mapToLong(o -> o.figures().decisions()).sum());
    }

    private EvaluationView view(ScaleToZeroReport report) {
        var table = new Table(
                "Half a day of sessions, idle for more than an hour between them",
                List.of(
                        "policy",
                        "wakes",
                        "mean s",
                        "p95 s",
                        "max s",
                        "requests",
                        "late %",
                        "held",
                        "held, lost",
                        "lost",
                        "instance h",
                        "cost $",
                        "saved %",
                        "decisions"),
                report.policies().stream()
                        .map(p -> List.of(
                                p.policy(),
                                grouped(p.wakes()),
                                fixed(p.wakeMeanS(), 1),
                                fixed(p.wakeP95S(), 1),
                                fixed(p.wakeMaxS(), 1),
                                fixed(p.requests(), 0),
                                fixed(100 * p.late() / p.requests(), 3),
                                fixed(p.held(), 0),
                                fixed(p.heldLost(), 0),
                                fixed(p.lost(), 0),
                                fixed(p.instanceHours(), 1),
                                fixed(p.costUsd(), 2),
                                fixed(p.savedPct(), 1),
                                grouped(p.decisions())))
                        .toList());
        return new EvaluationView(
                SCENARIO, report, List.of(table), summary(report), goals(report), notes, plots, definitions());
    }

    private static Map<String, String> summary(ScaleToZeroReport report) {
        Map<String, String> summary = new LinkedHashMap<>();
        summary.put("runs", grouped(report.seeds().size()) + " of each policy");
        summary.put("virtual hours", fixed(report.virtualS() / 3_600, 1));
        summary.put("journal", grouped(report.journalEvents()) + " events, SHA-256 " + report.journalSha256());
        summary.put("invariants checked", grouped(report.invariantsChecked()));
        return summary;
    }

    private List<Goal> goals(ScaleToZeroReport report) {
        Policy ours = report.policies().get(0);
        double within = options.within().toMillis() / 1e3;
        Double p95 = ours.wakeP95S();
        String found = "p95 " + fixed(p95, 1) + " s, max " + fixed(ours.wakeMaxS(), 1) + " s, n = " + ours.wakes();
        return List.of(
                new Goal(
                        "from zero within " + fixed(within, 0) + " s (p95)",
                        p95 == null || ours.wakes() < WAKES_MIN ? Optional.empty() : Optional.of(p95 < within),
                        found),
                new Goal(
                        "no held request lost",
                        ours.wakes() == 0 ? Optional.empty() : Optional.of(ours.heldLost() == 0),
                        fixed(ours.heldLost(), 0) + " of " + fixed(ours.held(), 0)),
                new Goal(
                        "cheaper than never to zero",
                        Optional.of(ours.savedPct() > 0),
                        fixed(ours.savedPct(), 1) + " % saved"),
                new Goal(
                        "no invariant violated",
                        Optional.of(report.invariantsViolated() == 0),
                        grouped(report.invariantsViolated())));
    }

    private Map<String, String> definitions() {
        Map<String, String> definitions = new LinkedHashMap<>();
        definitions.put("wakes", "times that a request came while no instance was ready");
        definitions.put(
                "mean, p95, max s", "from that request to the first ready instance: detection, decision and boot");
        definitions.put(
                "late",
                "requests over their SLO, among them all that were held; boots take 25 s (median) to 35 s (99th"
                        + " percentile), so that who comes to a workload at zero is late, under every policy");
        definitions.put("held", "requests that came while no instance was ready");
        definitions.put(
                "held, lost",
                "those of them that failed: more than 1,000 held at once, or one for more than 60 s, or its instance gone");
        definitions.put(
                "lost",
                "all that failed, also those that found the queue full: a session that at once grows to more than its"
                        + " instance can serve at all has that under every policy");
        definitions.put("saved", "of the cost of never to zero");
        definitions.put(
                "never to zero",
                "the same agents, with a minimum of one instance; load above it is forecast and met alike");
        return definitions;
    }
}
