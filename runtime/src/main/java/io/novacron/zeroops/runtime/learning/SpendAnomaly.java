package io.novacron.zeroops.runtime.learning;

/**
 * Spend that rose beyond what was to be expected; the first step of it.
 *
 * @param step in which it was found
 * @param actual dollars of that step
 * @param expected dollars of that step
 */
public record SpendAnomaly(long step, double actual, double expected) {

    /** By which share it was more than expected: 0.5 is half as much again; infinite where nothing was expected. */
    public double excessShare() {
        return expected > 0 ? actual / expected - 1 : Double.POSITIVE_INFINITY;
    }
}
