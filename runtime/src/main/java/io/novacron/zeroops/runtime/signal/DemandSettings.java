package io.novacron.zeroops.runtime.signal;

import java.time.Duration;

/**
 * How a {@link DemandWindow} looks back and ahead.
 *
 * @param growthHorizon how long until the next growth could be ready: boot, one change in flight, one telemetry interval
 * @param growthQuantile the probability with which the load stays within {@link Demand#growthPeak()}
 * @param scaleInHorizon for how long capacity given back must not be wanted again
 * @param scaleInQuantile the probability with which the load stays within the forecast part of {@link Demand#scaleInPeak()}
 * @param stabilisation how far back {@link Demand#recentPeak()} looks
 * @param tellChange the relative change of a figure since it was last told that makes it worth telling again
 * @param tellEvery at the latest after this it is told again
 */
public record DemandSettings(
        Duration growthHorizon,
        double growthQuantile,
        Duration scaleInHorizon,
        double scaleInQuantile,
        Duration stabilisation,
        double tellChange,
        Duration tellEvery) {

    /** What the evaluation on public traces recommends for instances that boot within 40 seconds. */
    public static final DemandSettings DEFAULT = new DemandSettings(
            Duration.ofSeconds(90),
            0.9,
            Duration.ofMinutes(10),
            0.8,
            Duration.ofMinutes(5),
            0.02,
            Duration.ofMinutes(1));

    public DemandSettings {
        requirePositive("growthHorizon", growthHorizon);
        requirePositive("stabilisation", stabilisation);
        requirePositive("tellEvery", tellEvery);
        requireShare("growthQuantile", growthQuantile);
        requireShare("scaleInQuantile", scaleInQuantile);
        if (scaleInHorizon.compareTo(growthHorizon) < 0) {
            throw new IllegalArgumentException(
                    "scaleInHorizon " + scaleInHorizon + " must not be less than growthHorizon " + growthHorizon);
        }
        if (!(tellChange >= 0 && tellChange < 1)) {
            throw new IllegalArgumentException("tellChange must be from 0 to below 1: " + tellChange);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.toMillis() <= 0) {
            throw new IllegalArgumentException(name + " must be at least a millisecond: " + value);
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1: " + value);
        }
    }
}
