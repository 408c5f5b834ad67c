package io.novacron.zeroops.agents.provisioning;

import java.time.Duration;

/**
 * What it takes to use capacity that may be taken away.
 *
 * @param changeover from the decision to run something elsewhere until it makes progress there: boot and restore
 * @param notice that is given before an interruption; work is saved and drained in it
 * @param step between two decisions
 * @param poolShareMax of all instances that one pool may hold where others can be had; above 0, at most 1
 */
public record SpotSettings(Duration changeover, Duration notice, Duration step, double poolShareMax) {
    public static final SpotSettings DEFAULTS =
            new SpotSettings(Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(10), 0.5);

    public SpotSettings {
        if (changeover.isNegative() || notice.isNegative() || step.isNegative() || step.isZero()) {
            throw new IllegalArgumentException("changeover " + changeover + ", notice " + notice + ", step " + step
                    + ": none is negative, and the step is more than nothing");
        }
        if (!(poolShareMax > 0 && poolShareMax <= 1)) {
            throw new IllegalArgumentException(
                    "pool share " + poolShareMax + " is out of range; use more than 0 and at most 1");
        }
    }
}
