package io.novacron.zeroops.runtime.learning;

import java.time.Duration;
import java.time.Instant;

/**
 * One forecast, of a value at one future instant or of the mean over the step that ends there.
 *
 * @param madeAt the time of the last observation it rests on; with an ensemble the end of the last whole step
 * @param horizon how far ahead of {@code madeAt} the forecast is
 * @param median as likely to be exceeded as not; for plots and explanations
 * @param lower the interval's lower end, not negative
 * @param upper the interval's upper end, not less than {@code lower}
 * @param coverage the probability that the value lies between them, as 0.9
 * @param model the model and its version, as {@code ensemble/1}
 * @param regret by how much such forecasts were lately further off than the best of those they are made of, or than the last value
 *     where there is no such, as a share of the load; negative when they were nearer
 */
public record Forecast(
        Instant madeAt,
        Duration horizon,
        double median,
        double lower,
        double upper,
        double coverage,
        String model,
        double regret) {

    /** When the forecast value is due. */
    public Instant dueAt() {
        return madeAt.plus(horizon);
    }
}
