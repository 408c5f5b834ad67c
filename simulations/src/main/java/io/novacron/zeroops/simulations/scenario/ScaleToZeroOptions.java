package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.scaling.BootTime;
import java.time.Duration;

/**
 * How to try scale to zero.
 *
 * @param idleAfter without load for so long the last instance is given up
 * @param within what a first request should wait at most; at least 2 s
 */
public record ScaleToZeroOptions(Seeds seeds, Duration idleAfter, Duration within, ProviderFaults provider) {
    private static final Duration IDLE_MIN = Duration.ofMinutes(1);
    private static final Duration IDLE_MAX = Duration.ofHours(12);
    private static final Duration WITHIN_MIN = Duration.ofSeconds(2);

    public ScaleToZeroOptions {
        if (idleAfter.compareTo(IDLE_MIN) < 0 || idleAfter.compareTo(IDLE_MAX) > 0) {
            throw new InvalidInputException(
                    "idle time " + idleAfter.toSeconds() + " s is out of range; use 1m to 12h, such as 60m");
        }
        if (within.compareTo(WITHIN_MIN) < 0) {
            throw new InvalidInputException(
                    "within " + within.toMillis() + " ms is too little; use at least 2s, such as 30s");
        }
        if (racing(within) == 0) {
            throw new InvalidInputException("within " + within.toSeconds() + " s cannot be met even by "
                    + BootTime.BOOTS_MAX + " boots at once, of median 25 s; use more, such as 30s");
        }
    }

    /** How many boots it takes; 0 if none suffice. */
    static int racing(Duration within) {
        return BootTime.DEFAULT.quickestOf(within.minus(BEFORE_BOOT), MISSED).orElse(0);
    }

    private static final Duration BEFORE_BOOT = Duration.ofMillis(1_500);
    private static final double MISSED = 0.01;
}
