package io.novacron.zeroops.simulations.scenario;

import static io.novacron.zeroops.simulations.evaluation.Numbers.fixed;
import static io.novacron.zeroops.simulations.evaluation.Numbers.grouped;

import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Goal;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Table;
import io.novacron.zeroops.simulations.evaluation.MonthFigures;
import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A month for people. */
final class MonthView {
    private static final double ORACLE_SHARE_MIN = 0.8;
    private static final double SAVED_PCT_MIN = 30;
    private static final List<String> HEADER =
            List.of("policy", "cost $", "SLO viol. %", "under %", "over %", "inst. hours", "changes");

    private final MonthFigures figures;
    private final List<String> notes;
    private final List<Plot> plots;

    MonthView(MonthFigures figures, List<String> notes, List<Plot> plots) {
        this.figures = figures;
        this.notes = notes;
        this.plots = plots;
    }

    EvaluationView view() {
        List<Table> tables = new ArrayList<>();
        tables.add(table("All workloads and VMs", figures.policies()));
        for (Variant variant : figures.variants()) {
            tables.add(table("Workload " + variant.name() + ", without VMs", variant.policies()));
        }
        tables.add(new Table(
                "Waste, by kind",
                List.of("kind", "taken away $", "left $"),
                figures.waste().stream()
                        .map(w -> List.of(w.kind(), fixed(w.removedUsd(), 2), fixed(w.leftUsd(), 2)))
                        .toList()));
        return new EvaluationView(figures.scenario(), figures, tables, totals(), goals(), notes, plots, definitions());
    }

    private static Table table(String title, Map<String, PolicyFigures> policies) {
        List<List<String>> rows = new ArrayList<>();
        policies.forEach((name, f) -> rows.add(List.of(
                name,
                fixed(f.costUsd(), 2),
                fixed(f.sloViolationPct(), 4),
                fixed(f.underProvisionedPct(), 3),
                fixed(f.overProvisionedPct(), 2),
                fixed(f.instanceHours(), 1),
                grouped(f.decisions()))));
        return new Table(title, HEADER, rows);
    }

    private Map<String, String> totals() {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put("days", grouped(figures.days()) + ", " + figures.seeds().size() + " seeds");
        totals.put("saved against static peak", fixed(figures.savedVsStaticPct(), 1) + " %");
        totals.put("share of the way from best reactive to oracle", share(figures.oracleShare()));
        totals.put(
                "SLO violations, of those of reactive at the same cost", share(figures.violationsVsReactiveSameCost()));
        totals.put("abandoned VMs stopped", figures.abandonedStopped() + " of " + figures.abandoned());
        totals.put(
                "decisions",
                grouped(figures.decisions()) + ", of which people had to do with " + grouped(figures.interventions()));
        totals.put("wall time", fixed(figures.wallS(), 1) + " s");
        totals.put("invariants", figures.invariantsViolated() + " violated of " + grouped(figures.invariantsChecked()));
        totals.put("journal", grouped(figures.journalEvents()) + " events, sha256 " + figures.journalSha256());
        return totals;
    }

    private static String share(@Nullable Double share) {
        return share == null ? "-" : fixed(share, 3);
    }

    private List<Goal> goals() {
        Double oracle = figures.oracleShare();
        Double within = figures.zombiesStoppedWithinS();
        String name = "at least 0.8 of the way from best reactive to oracle";
        return List.of(
                Goal.judged(
                        "at least 30 % saved against static peak",
                        figures.savedVsStaticPct() >= SAVED_PCT_MIN, fixed(figures.savedVsStaticPct(), 1) + " %"),
                oracle == null
                        ? Goal.notShown(name, "no reactive target has as few SLO violations")
                        : Goal.judged(name, oracle >= ORACLE_SHARE_MIN, fixed(oracle, 3)),
                Goal.judged(
                        "what nobody uses is stopped less than " + fixed(CostSpikeView.STOPPED_WITHIN_S, 0)
                                + " s after the anomaly's signal",
                        within != null && within < CostSpikeView.STOPPED_WITHIN_S,
                        figures.zombiesStopped() + " of " + figures.zombies() + ", longest "
                                + (within == null ? "-" : fixed(within, 0) + " s")),
                Goal.judged(
                        "nothing stopped that is wanted later",
                        figures.falseStops() == 0 && figures.wrongDeletions() == 0,
                        figures.falseStops() + " stopped, " + figures.wrongDeletions() + " deleted"),
                Goal.judged(
                        "no anomaly told while there is none",
                        figures.falseAnomalies() == 0,
                        grouped(figures.falseAnomalies())),
                Goal.judged(
                        "no invariant violated",
                        figures.invariantsViolated() == 0,
                        grouped(figures.invariantsViolated())));
    }

    private static Map<String, String> definitions() {
        Map<String, String> definitions = new LinkedHashMap<>();
        definitions.put(
                "reactive",
                "the cheapest target with no more SLO violations than zeroops, the same for all workloads, or else the one with"
                        + " the fewest; every VM runs");
        definitions.put("static", "the peak of each workload all month; every VM runs");
        definitions.put(
                "oracle",
                "knows all loads and boots; stops a VM when it was used for the last time, and never starts one that nobody uses");
        definitions.put("taken away", "against static; of VMs, against letting them run");
        definitions.put("left", "against the oracle");
        return definitions;
    }
}
