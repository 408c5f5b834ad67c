package io.novacron.zeroops.runtime.learning;

import java.time.Duration;

/**
 * What of spend is an anomaly.
 *
 * @param step an hour or a day: how long each amount is spent
 * @param threshold by which share an amount exceeds what is expected, 0.5 being half as much again; above 0
 * @param floor dollars a step by which it exceeds it besides, so that cents alarm nobody; at least 0
 */
public record SpendAnomalySettings(Duration step, double threshold, double floor) {
    public static final double THRESHOLD = 0.5;
    public static final Duration HOUR = Duration.ofHours(1);
    public static final Duration DAY = Duration.ofDays(1);

    public SpendAnomalySettings {
        if (!step.equals(HOUR) && !step.equals(DAY)) {
            throw new IllegalArgumentException("step " + step + " is neither an hour nor a day");
        } else if (!(threshold > 0 && floor >= 0)) { // also catches NaN
            throw new IllegalArgumentException("threshold " + threshold + " or floor " + floor + " is out of range");
        }
    }

    boolean isHourly() {
        return step.equals(HOUR);
    }

    /** A week. */
    int season() {
        return (int) Duration.ofDays(7).dividedBy(step);
    }

    /** Steps whose median is the level: a day of hours, a week of days. */
    int levelSteps() {
        return isHourly() ? 24 : 7;
    }

    /** So long an anomaly lasts until it is the new level. */
    int adoptSteps() {
        return isHourly() ? 24 : 3;
    }
}
