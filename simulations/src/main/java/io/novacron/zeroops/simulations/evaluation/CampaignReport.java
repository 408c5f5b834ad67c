package io.novacron.zeroops.simulations.evaluation;

import java.util.List;
import java.util.Map;

/**
 * What a fault campaign found.
 *
 * @param decisions that reached a verdict, over all runs
 * @param decisionsMin the fewest in one run
 * @param violations of invariants
 * @param pendingAtEnd effects still pending after the faults had stopped and all was given time to end
 * @param failingSeeds each with what failed first, and how to repeat it
 * @param crashPointsCovered how many of {@code crashPoints} were hit
 * @param crashPointHits how often each crash point was hit
 */
public record CampaignReport(
        String scenario,
        long runs,
        long decisions,
        long decisionsMin,
        long violations,
        long pendingAtEnd,
        List<FailingSeed> failingSeeds,
        Map<String, Long> faultsByKind,
        long crashPointsCovered,
        long crashPoints,
        Map<String, Long> crashPointHits,
        double virtualS,
        double wallS,
        long steps,
        long journalEvents,
        String journalSha256,
        long invariantsChecked) {

    public record FailingSeed(long seed, String problem, String repeat) {}
}
