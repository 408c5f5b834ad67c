package io.novacron.zeroops.simulations.provisioning;

import java.util.List;

/**
 * What plans of capacity a week ahead came to.
 *
 * @param hours that were measured
 * @param model of the forecast
 * @param meanLoad of the measured hours, in units of the series
 */
public record CapacityReport(
        String series,
        int hours,
        String model,
        double meanLoad,
        double peakLoad,
        List<Plan> plans,
        List<Commitments> commitments,
        List<String> notes) {

    /**
     * One way of planning.
     *
     * @param savedPct against capacity for the peak of the measured time, all the time
     * @param shortPct hours in which the load was more than was planned; percent
     * @param missingPct of the load that was more than was planned; percent
     * @param longestShortHours in a row
     */
    public record Plan(
            String policy,
            double costUsd,
            double savedPct,
            double shortPct,
            double missingPct,
            double longestShortHours,
            double meanUsedPct) {}

    /**
     * One way of committing, under the plan of ours.
     *
     * @param costUsd of commitments, used or not, and of what the plan needs beyond them on demand
     * @param savedPct against the same plan all on demand
     * @param savedVsPeakPct against capacity for the peak of the measured time, all on demand
     * @param usedPct of the committed unit-hours that the load used
     * @param purchases how many
     * @param heldAtEnd units
     * @param owedUsd for the rest of their terms after the data end
     */
    public record Commitments(
            String policy,
            double costUsd,
            double savedPct,
            double savedVsPeakPct,
            double usedPct,
            int purchases,
            double heldAtEnd,
            double owedUsd) {}
}
