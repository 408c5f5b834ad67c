package io.novacron.zeroops.runtime.learning;

/**
 * How good forecasts at one horizon lately were; older ones count less, by half each {@link
 * ForecasterSettings#memory()}. Figures rest on forecasts whose time has come; before the first, errors are 0 and the
 * coverage is NaN.
 *
 * @param model the model and its version
 * @param observations how many measurements it has seen since it began
 * @param scored how many forecasts at this horizon were compared with what came
 * @param error weighted absolute percentage error of the median: sum of |actual - forecast| / sum of actual
 * @param lastValueError the same of the simplest rival: that nothing changes
 * @param peakCoverage share of highest values that stayed at or below the forecast at {@link
 *     ForecasterSettings#scoredQuantile()}; near that quantile when the margins are honest
 */
public record Skill(
        String model, long observations, long scored, double error, double lastValueError, double peakCoverage) {

    /** The same figures, under the name of what is followed instead. */
    public Skill of(String other) {
        return new Skill(other, observations, scored, error, lastValueError, peakCoverage);
    }

    /** How much worse than the last value the forecast was, as a share of the load; negative when it was better. */
    public double regret() {
        return error - lastValueError;
    }
}
