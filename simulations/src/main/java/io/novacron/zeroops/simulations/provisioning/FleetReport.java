package io.novacron.zeroops.simulations.provisioning;

import java.util.List;

/**
 * What an evaluation of a fleet found.
 *
 * @param recommendations how often each VM was given one, over all
 * @param samplesHeld on which they were measured
 * @param saturatedVms that used all their CPU or memory at the percentile, at least once
 */
public record FleetReport(
        int vms,
        double days,
        int stepS,
        int origins,
        long recommendations,
        long samplesHeld,
        int saturatedVms,
        List<Sizing> sizing,
        List<Binding> binding,
        List<Hosts> hosts,
        List<Idle> idle,
        int zombiesInHindsight,
        List<String> notes) {

    /**
     * One way of choosing sizes, over all VMs and all holds.
     *
     * @param shortOfTypePct time in which a VM used more than the chosen type has, in any dimension; percent
     * @param shortOfSizePct time in which it used more CPU or memory than the recommended size; percent
     * @param shortCpuPct of that, by CPU
     * @param shortMemoryPct of that, by memory
     * @param vmsShort that were short of their size at any time
     * @param worstVmShortPct share of time of the VM that was short of its size the longest; percent
     */
    public record Sizing(
            String policy,
            double costUsd,
            double savedPct,
            double vcpuHours,
            double memoryGibHours,
            double vcpuSavedPct,
            double memorySavedPct,
            double shortOfTypePct,
            double shortOfSizePct,
            double shortCpuPct,
            double shortMemoryPct,
            int vmsShort,
            double worstVmShortPct) {}

    /** How many recommendations a dimension decided, and what its need added to their price. */
    public record Binding(String dimension, long recommendations, double costPerHUsd) {}

    /**
     * One way of having hosts, averaged over the recommendations.
     *
     * @param boundPerHUsd no packing can cost less (a linear program over the sums, and the dearest single VM)
     * @param overloadedPct of the hosts' time in which their VMs together used more than the host has; percent
     */
    public record Hosts(
            String policy,
            double hosts,
            double costPerHUsd,
            double boundPerHUsd,
            double aboveBoundPct,
            double cpuUsedPct,
            double memoryUsedPct,
            double overloadedPct,
            double moves,
            double movedGib,
            int unplaced) {}

    /**
     * One way of telling idleness.
     *
     * @param found times that a VM was found idle and stopped
     * @param falsePositives of them, woke up again within the grace
     * @param deletedWrongly of the deleted, active again later
     * @param zombiesDeleted of the deleted, never active again in the data
     * @param lostActiveHours of deleted VMs that should have run
     * @param savedPct of the cost of all VMs as provisioned
     */
    public record Idle(
            String policy,
            long found,
            long falsePositives,
            double falsePositivePct,
            long deleted,
            long deletedWrongly,
            long zombiesDeleted,
            double stoppedHours,
            double lostActiveHours,
            double savedUsd,
            double savedPct) {}
}
