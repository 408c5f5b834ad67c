package io.novacron.zeroops.runtime.learning;

import java.time.Duration;

/**
 * How far ahead an ensemble forecasts, and the mean over how long: what is forecast at t is the mean over (t + horizon - step,
 * t + horizon].
 *
 * @param horizon a whole number of steps, 1 to {@value #STEPS_MAX}
 * @param step from a second to a day
 */
public record ForecastHorizon(Duration horizon, Duration step) {
    /** A week of hours. */
    public static final int STEPS_MAX = 168;

    private static final Duration STEP_MIN = Duration.ofSeconds(1);
    private static final Duration STEP_MAX = Duration.ofDays(1);

    /** A quarter of an hour ahead, the mean of its last five minutes: what scaling can still act on. */
    public static final ForecastHorizon QUARTER_HOUR =
            new ForecastHorizon(Duration.ofMinutes(15), Duration.ofMinutes(5));

    /** A week ahead by the hour: what capacity can be bought for. */
    public static final ForecastHorizon WEEK = new ForecastHorizon(Duration.ofDays(7), Duration.ofHours(1));

    public ForecastHorizon {
        if (step.compareTo(STEP_MIN) < 0 || step.compareTo(STEP_MAX) > 0) {
            throw new IllegalArgumentException("step must be from " + STEP_MIN + " to " + STEP_MAX + ": " + step);
        }
        long steps = horizon.toMillis() / step.toMillis();
        if (steps < 1 || steps > STEPS_MAX || steps * step.toMillis() != horizon.toMillis()) {
            throw new IllegalArgumentException(
                    "horizon must be 1 to " + STEPS_MAX + " whole steps of " + step + ": " + horizon);
        }
    }

    int steps() {
        return (int) (horizon.toMillis() / step.toMillis());
    }
}
