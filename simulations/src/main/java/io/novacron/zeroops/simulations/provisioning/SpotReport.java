package io.novacron.zeroops.simulations.provisioning;

import java.util.List;

/** What spot capacity would have cost and done, by class. */
public record SpotReport(List<CapacityClass> classes, List<String> notes) {

    /** @param availablePct of the time, of each pool */
    public record CapacityClass(
            String name,
            List<String> pools,
            List<Double> availablePct,
            double days,
            double onDemandUsdPerH,
            double spotUsdPerH,
            List<Jobs> jobs,
            List<Service> service) {}

    /**
     * Jobs with deadlines, under one policy.
     *
     * @param savedPct of the cost all on demand
     * @param missed deadlines
     * @param unfinished of them, not done when the data end; their cost counts up to there
     * @param spotHoursPct of all hours paid
     */
    public record Jobs(
            String policy,
            int jobs,
            int missed,
            int unfinished,
            double costUsd,
            double savedPct,
            long interruptions,
            double spotHoursPct,
            double meanHours) {}

    /**
     * A service of a number of instances, under one policy.
     *
     * @param availabilityPct instance time that was up, of that which was wanted
     */
    public record Service(
            String policy,
            double costUsd,
            double savedPct,
            double availabilityPct,
            double longestShortageMinutes,
            long interruptions,
            double spotHoursPct) {}
}
