package io.novacron.zeroops.simulations.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of VMs that nobody uses and that came all at once.
 *
 * @param zombies in each run
 * @param signalS 95th percentile, over the runs, of the time from the first zombie's start until the anomaly was journaled
 * @param stoppedWithinS the longest, over the runs, from then until the last zombie was verified as stopped; null if one never was
 * @param stopped zombies, over all runs
 * @param deletedBeforeGrace of those deleted, how many before their grace was over
 * @param falseStops stops of VMs that were wanted before their grace was over; and {@code wrongDeletions} of those that were wanted later
 * @param undone stops that a person undid, one for each zombie in runs of their own, at times spread over the grace
 * @param back of those, how many ran again
 * @param backP95S 95th percentile of how long that took
 */
public record CostSpikeFigures(
        String scenario,
        List<Long> seeds,
        int zombies,
        double risePct,
        @Nullable Double signalS,
        @Nullable Double stoppedWithinS,
        long stopped,
        long snapshotted,
        long deleted,
        long deletedBeforeGrace,
        long falseStops,
        long wrongDeletions,
        long undone,
        long back,
        @Nullable Double backP95S,
        List<Waste> waste,
        double virtualS,
        double wallS,
        long journalEvents,
        String journalSha256,
        long invariantsChecked,
        long invariantsViolated) {

    /** @param usd what the zombies cost until the end of a run, on average */
    public record Waste(String policy, double usd, double hoursEach) {}
}
