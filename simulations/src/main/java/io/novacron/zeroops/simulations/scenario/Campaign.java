package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.evaluation.CampaignReport;
import io.novacron.zeroops.simulations.evaluation.CampaignReport.FailingSeed;
import io.novacron.zeroops.simulations.fault.CrashPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Many runs of {@link FaultCampaign}, and what they found together. */
final class Campaign {
    /** Told in words; all are counted. */
    private static final int FAILING_TOLD_MAX = 100;

    private final FaultCampaignOptions options;
    private final Surroundings surroundings;

    Campaign(FaultCampaignOptions options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
    }

    CampaignReport run() {
        var totals = new Totals(surroundings.wallClock());
        List<FailingSeed> failing = new ArrayList<>();
        Map<String, Long> faults = new TreeMap<>();
        Map<String, Long> crashes = new TreeMap<>();
        long decisions = 0;
        long fewest = Long.MAX_VALUE;
        long violations = 0;
        long pending = 0;
        int done = 0;
        List<Long> seeds = options.seeds().values();
        for (long seed : seeds) {
            surroundings.progress().at("seed " + seed, (double) done++ / seeds.size());
            var outcome = new FaultCampaign(seed, options.decisions(), surroundings.journal()).run();
            totals.add(
                    outcome.virtualS(),
                    outcome.steps(),
                    outcome.journalEvents(),
                    outcome.sha256(),
                    outcome.checked(),
                    outcome.violations());
            outcome.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum));
            outcome.crashes().forEach((point, count) -> crashes.merge(point, count, Long::sum));
            decisions += outcome.decisions();
            fewest = Math.min(fewest, outcome.decisions());
            violations += outcome.violations();
            pending += outcome.pending().size();
            if (outcome.violations() > 0 && failing.size() < FAILING_TOLD_MAX) {
                failing.add(new FailingSeed(seed, outcome.problems().get(0), repeat(seed)));
            }
        }
        return new CampaignReport(
                "fault-campaign",
                seeds.size(),
                decisions,
                fewest,
                violations,
                pending,
                failing,
                faults,
                crashes.size(),
                CrashPoints.all().size(),
                crashes,
                totals.virtualS(),
                totals.wallS(),
                totals.steps(),
                totals.journalEvents(),
                totals.journalSha256(),
                totals.checked());
    }

    private String repeat(long seed) {
        return "./zeroops simulate fault-campaign --seed " + seed + " --decisions " + options.decisions()
                + " --journal seed-" + seed + ".jsonl";
    }
}
