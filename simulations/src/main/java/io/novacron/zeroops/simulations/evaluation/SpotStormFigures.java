package io.novacron.zeroops.simulations.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a service on spot capacity when most of its markets were taken away at about the same time.
 *
 * @param wanted instances, all the time
 * @param policies the service under each policy, over all seeds
 * @param noticed instances under notice, over all runs, and {@code taken} of these before they were given back
 * @param notices announcements that concerned any instance
 * @param coveredP95S 95th percentile of the time from such a notice until as many as wanted served that were not under notice; {@code
 *     coveredMaxS} the longest; null if one never was
 * @param spotShareBeforePct of the instances that served, those on spot, in the hour before the storm; {@code spotShareDuringPct} from its
 *     last notice until the first market is back; {@code spotShareAfterPct} in the last hour
 * @param heldUsdPerH what the budget still holds at the end; {@code heldAtBidUsdPerH} what it takes to hold, at the bids, for what runs
 */
public record SpotStormFigures(
        String scenario,
        List<Long> seeds,
        int wanted,
        int markets,
        int struck,
        List<Policy> policies,
        long notices,
        long noticed,
        long taken,
        @Nullable Double coveredP95S,
        @Nullable Double coveredMaxS,
        double spotShareBeforePct,
        double spotShareDuringPct,
        double spotShareAfterPct,
        long proposals,
        double heldUsdPerH,
        double heldAtBidUsdPerH,
        double virtualS,
        double wallS,
        long journalEvents,
        String journalSha256,
        long invariantsChecked,
        long invariantsViolated) {

    /**
     * One policy.
     *
     * @param availabilityPct instance-time that served, of what was wanted, no more than wanted counting
     * @param fewest instances at any time
     * @param longestShortageS the longest stretch with fewer than wanted
     * @param usd per run, on average
     * @param savedPct against all on demand
     */
    public record Policy(
            String policy, double availabilityPct, int fewest, double longestShortageS, double usd, double savedPct) {}
}
