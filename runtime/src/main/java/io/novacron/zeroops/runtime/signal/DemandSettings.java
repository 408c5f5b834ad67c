package io.novacron.zeroops.runtime.signal;

import java.time.Duration;

/**
 * How a {@link DemandWindow} looks back and ahead.
 *
 * @param growthHorizon how long until the next growth could be ready: boot, one change in flight, one telemetry interval
 * @param performanceWeight how much performance counts, 0 to 1; cost counts the rest
 * @param stabilisation how far back {@link Demand#recentPeak()} looks
 * @param tellChange the relative change of a figure since it was last told that makes it worth telling again
 * @param tellEvery at the latest after this it is told again
 */
public record DemandSettings(
        Duration growthHorizon,
        double performanceWeight,
        Duration stabilisation,
        double tellChange,
        Duration tellEvery) {

    /** What the evaluation on public traces recommends for instances that boot within 40 seconds. */
    public static final DemandSettings DEFAULT =
            new DemandSettings(Duration.ofSeconds(90), 0.6, Duration.ofMinutes(5), 0.02, Duration.ofMinutes(1));

    /** Where both count alike, a request that misses its objective is as bad as idle capacity for so many. */
    private static final double SHORTAGE_EVEN = 5;

    /** However much performance counts. */
    private static final double SHORTAGE_MAX = 1_000;

    public DemandSettings {
        requirePositive("growthHorizon", growthHorizon);
        requirePositive("stabilisation", stabilisation);
        requirePositive("tellEvery", tellEvery);
        if (!(performanceWeight >= 0 && performanceWeight <= 1)) {
            throw new IllegalArgumentException("performanceWeight must be from 0 to 1: " + performanceWeight);
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

    public DemandSettings withPerformanceWeight(double weight) {
        return new DemandSettings(growthHorizon, weight, stabilisation, tellChange, tellEvery);
    }

    /**
     * What a request that misses its objective costs, in idle capacity for one request: 0 where only cost counts, 7.5 by
     * default, 1,000 where only performance does.
     */
    double shortage() {
        return Math.min(SHORTAGE_MAX, SHORTAGE_EVEN * performanceWeight / (1 - performanceWeight));
    }
}
