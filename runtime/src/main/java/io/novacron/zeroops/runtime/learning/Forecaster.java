package io.novacron.zeroops.runtime.learning;

import java.time.Duration;

/**
 * Learns one series as it arrives and says what comes next, with how sure it is. It never looks ahead: a forecast rests on
 * the observations made before it only. An instance serves one series and one thread; its memory is bounded.
 *
 * <p>Values are loads of any unit (requests per second, CPU cores): finite and not negative. Forecasts have the same unit.
 */
public interface Forecaster {

    /**
     * Takes one measurement. Intervals may vary; after a silence the model starts its short memory afresh.
     *
     * @param atMillis when it was measured, milliseconds of the epoch (UTC): the time of day is learned from it
     * @throws IllegalArgumentException if the time is not after the last one's, or the value is NaN, infinite or negative;
     *     the message names it, and nothing is changed
     */
    void observe(long atMillis, double value);

    /**
     * The value expected at the last observation's time plus {@code horizon}, with the interval that holds it in {@code
     * coverage} of the cases.
     *
     * @param horizon more than zero, at most the longest horizon that this forecaster learns; one in between is answered by
     *     the next longer
     * @param coverage between 0 and 1, both excluded, as 0.9
     * @throws IllegalStateException before the first observation
     * @throws IllegalArgumentException if an argument is out of range
     */
    Forecast at(Duration horizon, double coverage);

    /**
     * What the highest value between now (excluded) and {@code horizon} (included) stays at or below with probability {@code
     * quantile}. It may be less than the current value, when a fall is expected: who needs a floor takes the maximum of both.
     *
     * @param horizon as for {@link #at}
     * @param quantile between 0 and 1, both excluded, as 0.95
     * @throws IllegalStateException before the first observation
     * @throws IllegalArgumentException if an argument is out of range
     */
    double peak(Duration horizon, double quantile);

    /**
     * How good the forecasts at {@code horizon} lately were, measured on what came after they had been made.
     *
     * @throws IllegalArgumentException if the horizon is out of range
     */
    Skill skill(Duration horizon);

    /** The model and its version, as {@code adaptive-peak/1}: journaled with each decision that rests on it. */
    String model();
}
