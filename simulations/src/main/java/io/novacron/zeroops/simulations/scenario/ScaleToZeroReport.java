package io.novacron.zeroops.simulations.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ./zeroops simulate scale-to-zero} found.
 *
 * @param journalSha256 of the journals' SHA-256s, as hexadecimal text, one a line
 */
record ScaleToZeroReport(
        String scenario,
        List<Long> seeds,
        List<Policy> policies,
        double virtualS,
        double wallS,
        long steps,
        long journalEvents,
        String journalSha256,
        long invariantsChecked,
        long invariantsViolated) {

    /**
     * One policy over all seeds.
     *
     * @param wakes times that a request came while no instance was ready
     * @param wakeP95S seconds until one was, by nearest rank; null where there were no wakes
     * @param requests that came
     * @param late of them, over their SLO or failed
     * @param held of them, while no instance was ready
     * @param heldLost of those, the ones that failed: held in vain, or without a place
     * @param lost of all, those that failed; those that were not held found the queue full
     * @param instanceHours billed
     * @param savedPct of what never going to zero costs
     */
    record Policy(
            String policy,
            int wakes,
            @Nullable Double wakeMeanS,
            @Nullable Double wakeP95S,
            @Nullable Double wakeMaxS,
            double requests,
            double late,
            double held,
            double heldLost,
            double lost,
            double instanceHours,
            double costUsd,
            double savedPct,
            long decisions) {}
}
