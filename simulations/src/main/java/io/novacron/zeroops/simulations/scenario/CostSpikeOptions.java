package io.novacron.zeroops.simulations.scenario;

import java.time.Duration;

/**
 * How many VMs that nobody uses come, and for how long what was stopped can be had back.
 *
 * @param zombies 1 to {@link #ZOMBIES_MAX}
 * @param within which they come
 */
public record CostSpikeOptions(Seeds seeds, int zombies, Duration within, Duration grace) {
    public static final int ZOMBIES_MAX = 500;
    public static final Duration GRACE_MAX = Duration.ofDays(30);
    private static final Duration WITHIN_MAX = Duration.ofHours(1);

    public CostSpikeOptions {
        if (zombies < 1 || zombies > ZOMBIES_MAX) {
            throw new InvalidInputException(zombies + " zombies are out of range; use 1 to " + ZOMBIES_MAX);
        }
        if (within.compareTo(Duration.ofSeconds(1)) < 0 || within.compareTo(WITHIN_MAX) > 0) {
            throw new InvalidInputException("within " + within + " is out of range; use 1s to 1h");
        }
        if (grace.compareTo(Duration.ofHours(1)) < 0 || grace.compareTo(GRACE_MAX) > 0) {
            throw new InvalidInputException(
                    "a grace of " + grace + " is out of range; use 1h to " + GRACE_MAX.toDays() + "d");
        }
    }
}
