package io.novacron.zeroops.simulations.scenario;

import static io.novacron.zeroops.simulations.evaluation.Numbers.fixed;
import static io.novacron.zeroops.simulations.evaluation.Numbers.grouped;

import io.novacron.zeroops.simulations.evaluation.CostSpikeFigures;
import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Goal;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cost spike for people. */
final class CostSpikeView {
    /** From the anomaly's signal until all that caused it is stopped. */
    static final double STOPPED_WITHIN_S = 300;

    private final CostSpikeOptions options;
    private final CostSpikeFigures figures;
    private final List<String> notes;

    CostSpikeView(CostSpikeOptions options, CostSpikeFigures figures, List<String> notes) {
        this.options = options;
        this.figures = figures;
        this.notes = notes;
    }

    EvaluationView view() {
        return new EvaluationView(
                figures.scenario(),
                figures,
                List.of(waste()),
                totals(),
                goals(),
                notes,
                List.of(),
                Map.of(
                        "no automation", "they run to the end of the run",
                        "idleness alone",
                                "nobody watches spend; a VM is stopped once it was watched for a week and idle for an hour"));
    }

    private Table waste() {
        return new Table(
                "What the VMs that nobody uses cost, until a day after their grace",
                List.of("policy", "$", "hours each"),
                figures.waste().stream()
                        .map(w -> List.of(w.policy(), fixed(w.usd(), 2), fixed(w.hoursEach(), 2)))
                        .toList());
    }

    private long all() {
        return (long) options.zombies() * options.seeds().values().size();
    }

    private Map<String, String> totals() {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put(
                "zombies",
                grouped(figures.zombies()) + " a run, within "
                        + options.within().toSeconds() + " s; the spend rises by " + fixed(figures.risePct(), 0)
                        + " %");
        totals.put("runs", grouped(figures.seeds().size()) + " seeds, three runs each");
        totals.put("first zombie to signal, p95", seconds(figures.signalS()));
        totals.put("signal to all stopped, longest", seconds(figures.stoppedWithinS()));
        totals.put("undone, p95 to running", seconds(figures.backP95S()));
        totals.put("invariants", figures.invariantsViolated() + " violated of " + grouped(figures.invariantsChecked()));
        totals.put("journal", grouped(figures.journalEvents()) + " events, sha256 " + figures.journalSha256());
        return totals;
    }

    private static String seconds(@Nullable Double seconds) {
        return seconds == null ? "-" : fixed(seconds, 1) + " s";
    }

    private List<Goal> goals() {
        Double within = figures.stoppedWithinS();
        return List.of(
                new Goal(
                        "all stopped less than " + fixed(STOPPED_WITHIN_S, 0) + " s after the signal",
                        Optional.of(within != null && within < STOPPED_WITHIN_S),
                        figures.stopped() + " of " + all() + ", longest " + seconds(within)),
                new Goal(
                        "all deleted, none before its grace of "
                                + options.grace().toHours() + " h was over",
                        Optional.of(figures.deleted() == all() && figures.deletedBeforeGrace() == 0),
                        figures.deleted() + " of " + all() + ", " + figures.deletedBeforeGrace() + " early"),
                new Goal("nothing else stopped", Optional.of(figures.falseStops() == 0), grouped(figures.falseStops())),
                new Goal(
                        "each stop can be undone inside its grace",
                        Optional.of(figures.undone() == all() && figures.back() == all()),
                        figures.back() + " of " + figures.undone() + " run again"));
    }
}
