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
     * @param lost of them, those that failed: held in vain, or without a place
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
            double lost,
            double instanceHours,
            double costUsd,
            double savedPct,
            long decisions) {}
}
