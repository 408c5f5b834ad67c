package io.novacron.zeroops.agents.provisioning;

import java.time.Duration;

/**
 * What it takes to use capacity that may be taken away.
 *
 * @param changeover of a job: from the decision to run it elsewhere until it makes progress there (boot and restore)
 * @param boot of an instance of a service: from the request until it serves
 * @param notice that is given before an interruption; work is saved and drained in it
 * @param step between two decisions
 * @param poolShareMax of all instances that one pool may hold where others can be had; above 0, at most 1
 * @param availabilityMin of a service, 0..1: no more of it is on spot than interruptions may take away
 */
public record SpotSettings(
        Duration changeover,
        Duration boot,
        Duration notice,
        Duration step,
        double poolShareMax,
        double availabilityMin) {
    public static final SpotSettings DEFAULTS = new SpotSettings(
            Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(10), 0.5, 0.999);

    public SpotSettings {
        if (changeover.isNegative() || boot.isNegative() || notice.isNegative() || step.isNegative() || step.isZero()) {
            throw new IllegalArgumentException("changeover " + changeover + ", boot " + boot + ", notice " + notice
                    + ", step " + step + ": none is negative, and the step is more than nothing");
        }
        if (!(poolShareMax > 0 && poolShareMax <= 1)) {
            throw new IllegalArgumentException(
                    "pool share " + poolShareMax + " is out of range; use more than 0 and at most 1");
        }
        if (!(availabilityMin >= 0 && availabilityMin < 1)) {
            throw new IllegalArgumentException("availability " + availabilityMin
                    + " is out of range; use at least 0 and less than 1, such as 0.999");
        }
    }

    public SpotSettings withStep(Duration between) {
        return new SpotSettings(changeover, boot, notice, between, poolShareMax, availabilityMin);
    }

    /** What a service misses of an instance that is taken away, after a replacement was asked for at the notice. */
    public Duration gap() {
        Duration gap = boot.minus(notice);
        return gap.isNegative() ? Duration.ZERO : gap;
    }
}
