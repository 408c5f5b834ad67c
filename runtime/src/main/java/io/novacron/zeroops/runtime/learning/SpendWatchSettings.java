package io.novacron.zeroops.runtime.learning;

import java.time.Duration;

/**
 * What of spend somebody is told of at once.
 *
 * @param threshold by which share it exceeds what is expected, 0.5 being half as much again; above 0
 * @param floor dollars an hour by which it exceeds it besides; at least 0
 * @param lasting for how long what runs must cost so much; not negative
 */
public record SpendWatchSettings(double threshold, double floor, Duration lasting) {
    /** Longer than a machine that replaces another runs beside it, with the minute that it is billed at least. */
    public static final Duration LASTING = Duration.ofSeconds(90);

    public SpendWatchSettings {
        if (!(threshold > 0 && floor >= 0) || lasting.isNegative()) { // also catches NaN
            throw new IllegalArgumentException(
                    "threshold " + threshold + ", floor " + floor + " or lasting " + lasting + " is out of range");
        }
    }
}
