package io.novacron.zeroops.simulations.scenario;

import static io.novacron.zeroops.simulations.evaluation.Numbers.fixed;
import static io.novacron.zeroops.simulations.evaluation.Numbers.grouped;

import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Goal;
import io.novacron.zeroops.simulations.evaluation.EvaluationView.Table;
import io.novacron.zeroops.simulations.evaluation.SpotStormFigures;
import io.novacron.zeroops.simulations.evaluation.SpotStormFigures.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A spot storm for people. */
final class SpotStormView {
    private static final double AVAILABILITY_PCT = 99.9;
    private static final double SAVED_PCT = 30;

    private final SpotStormOptions options;
    private final SpotStormFigures figures;
    private final List<String> notes;

    SpotStormView(SpotStormOptions options, SpotStormFigures figures, List<String> notes) {
        this.options = options;
        this.figures = figures;
        this.notes = notes;
    }

    EvaluationView view() {
        return new EvaluationView(
                figures.scenario(),
                figures,
                List.of(policies()),
                totals(),
                goals(),
                notes,
                List.of(),
                Map.of(
                        "up", "instance-time that served, of what was wanted, after the first hour",
                        "fewest", "that served at any time of any run",
                        "shortage", "the longest stretch with fewer than wanted, of any run",
                        "cheapest market, no fall-back", "all in the market that is cheapest at the start",
                        "any market, no fall-back",
                                "what is missing from whichever is cheapest then, told of everything at once"));
    }

    private Table policies() {
        return new Table(
                "A service of " + figures.wanted() + " instances; " + figures.struck() + " of " + figures.markets()
                        + " markets are taken away within ten minutes",
                List.of("policy", "up %", "fewest", "shortage s", "$", "saved %"),
                figures.policies().stream().map(SpotStormView::row).toList());
    }

    private static List<String> row(Policy p) {
        return List.of(
                p.policy(),
                fixed(p.availabilityPct(), 3),
                grouped(p.fewest()),
                fixed(p.longestShortageS(), 0),
                fixed(p.usd(), 2),
                fixed(p.savedPct(), 1));
    }

    private Map<String, String> totals() {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put("runs", grouped(figures.seeds().size()) + ", 20 h each, the storm after 12 h");
        totals.put(
                "notices",
                grouped(figures.notices()) + ", " + grouped(figures.noticed()) + " instances, "
                        + grouped(figures.taken()) + " of them taken before they were given back");
        totals.put(
                "notice to covered",
                "p95 " + seconds(figures.coveredP95S()) + ", longest " + seconds(figures.coveredMaxS()));
        totals.put(
                "share on spot",
                fixed(figures.spotShareBeforePct(), 1) + " % before, " + fixed(figures.spotShareDuringPct(), 1)
                        + " % in the storm, " + fixed(figures.spotShareAfterPct(), 1) + " % after");
        totals.put("proposals", grouped(figures.proposals()));
        totals.put(
                "money held at the end",
                fixed(figures.heldUsdPerH(), 2) + " $/h, for what runs at its bids "
                        + fixed(figures.heldAtBidUsdPerH(), 2));
        totals.put("invariants", figures.invariantsViolated() + " violated of " + grouped(figures.invariantsChecked()));
        totals.put("journal", grouped(figures.journalEvents()) + " events, sha256 " + figures.journalSha256());
        return totals;
    }

    private static String seconds(@Nullable Double seconds) {
        return seconds == null ? "-" : fixed(seconds, 0) + " s";
    }

    private List<Goal> goals() {
        Policy own = figures.policies().get(figures.policies().size() - 1);
        Double covered = figures.coveredP95S();
        return List.of(
                Goal.judged(
                        "up at least " + fixed(AVAILABILITY_PCT, 1) + " %",
                        own.availabilityPct() >= AVAILABILITY_PCT,
                        fixed(own.availabilityPct(), 3) + " %"),
                new Goal(
                        "made good before the notice of " + options.notice().toSeconds() + " s is over, p95",
                        figures.notices() == 0
                                ? Optional.empty()
                                : Optional.of(covered != null
                                        && covered <= options.notice().toSeconds()),
                        seconds(covered)),
                Goal.judged(
                        "saves at least " + fixed(SAVED_PCT, 0) + " % against all on demand",
                        own.savedPct() >= SAVED_PCT,
                        fixed(own.savedPct(), 1) + " %"),
                Goal.judged(
                        "on spot again after " + options.outage().toMinutes() + " min as before",
                        figures.spotShareAfterPct() >= figures.spotShareBeforePct() - 5,
                        fixed(figures.spotShareAfterPct(), 1) + " %"),
                Goal.judged(
                        "no invariant violated",
                        figures.invariantsViolated() == 0,
                        grouped(figures.invariantsViolated())));
    }
}
