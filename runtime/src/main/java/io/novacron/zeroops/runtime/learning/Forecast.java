package io.novacron.zeroops.runtime.learning;

import java.time.Duration;
import java.time.Instant;

/**
 * One forecast of a value at one future instant.
 *
 * @param madeAt the time of the last observation it rests on
 * @param horizon how far ahead of {@code madeAt} the forecast is
 * @param median as likely to be exceeded as not; for plots and explanations
 * @param lower the interval's lower end, not negative
 * @param upper the interval's upper end, not less than {@code lower}
 * @param coverage the probability that the value lies between them, as 0.9
 */
public record Forecast(Instant madeAt, Duration horizon, double median, double lower, double upper, double coverage) {

    /** When the forecast value is due. */
    public Instant dueAt() {
        return madeAt.plus(horizon);
    }
}
