package io.novacron.zeroops.agents.provisioning;

import java.time.Duration;

/**
 * When a VM counts as idle, and what follows: it is stopped and a snapshot taken; after the grace it is deleted. Inside the
 * grace one step undoes it all.
 *
 * @param watch how long a VM must have been watched before it is first stopped, so that its rhythm is known
 * @param after how long CPU, network and storage must all have been at or below their floors
 * @param caution a VM whose idleness has ended before is given this many times the longest such idleness; 0 for no such
 *     learning
 * @param patienceMax beyond which caution asks for no more
 * @param cpuFloor share of its CPU, 0..1
 */
public record IdlePolicy(
        Duration watch,
        Duration after,
        double caution,
        Duration patienceMax,
        Duration grace,
        double cpuFloor,
        double networkFloorKbps,
        double storageFloorKbps) {
    /** The rhythm of most VMs is a day or a week. */
    public static final IdlePolicy DEFAULTS = new IdlePolicy(
            Duration.ofDays(7), Duration.ofHours(1), 2, Duration.ofDays(14), Duration.ofDays(7), 0.02, 5, 20);

    public IdlePolicy {
        if (watch.isNegative()
                || after.isNegative()
                || after.isZero()
                || grace.isNegative()
                || patienceMax.compareTo(after) < 0) {
            throw new IllegalArgumentException(
                    "idle after " + after + ", at most " + patienceMax + ", watched for " + watch + ", grace " + grace
                            + ": the first is more than nothing, the second no less, the others not negative");
        }
        if (!(caution >= 0) || !(cpuFloor >= 0) || !(networkFloorKbps >= 0) || !(storageFloorKbps >= 0)) {
            throw new IllegalArgumentException("floors and caution are not negative");
        }
    }

    /** The same, without learning: neither a rhythm before the first stop, nor from wake-ups. */
    public IdlePolicy withoutLearning() {
        return new IdlePolicy(
                Duration.ZERO, after, 0, patienceMax, grace, cpuFloor, networkFloorKbps, storageFloorKbps);
    }

    public IdlePolicy withFloors(double cpu, double networkKbps, double storageKbps) {
        return new IdlePolicy(watch, after, caution, patienceMax, grace, cpu, networkKbps, storageKbps);
    }

    /** What is not measured does not speak against idleness. */
    public boolean isQuiet(Activity activity) {
        return !(activity.cpuShare() > cpuFloor)
                && !(activity.networkKbps() > networkFloorKbps)
                && !(activity.storageKbps() > storageFloorKbps);
    }

    /** How long a VM must have been quiet whose longest idleness that ended lasted so long. */
    public Duration patience(Duration longestEnded) {
        long cautious = (long) (longestEnded.toMillis() * Math.min(caution, 1e3));
        long millis = Math.max(after.toMillis(), Math.min(cautious, patienceMax.toMillis()));
        return Duration.ofMillis(millis);
    }
}
