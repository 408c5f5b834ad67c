package io.novacron.zeroops.agents.ops;

import java.time.Duration;

/**
 * @param overrideMax how long one override may pause automation, above zero
 * @param patience how long the governor has to acknowledge a mode, and a page to be taken, above zero
 */
public record OpsPolicy(Duration overrideMax, Duration patience) {
    public static final OpsPolicy DEFAULTS = new OpsPolicy(Duration.ofHours(4), Duration.ofSeconds(30));

    /** @throws IllegalArgumentException if out of range */
    public OpsPolicy {
        if (overrideMax.isNegative() || overrideMax.isZero() || patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException(
                    "ops policy out of range: overrideMax=" + overrideMax + " patience=" + patience);
        }
    }
}
