package io.novacron.zeroops.agents.provisioning;

import java.time.Duration;

/**
 * How long a pool of spot capacity lately lasted between interruptions. What is older counts less, by half every {@link
 * #HALF_LIFE}; at first it is as if one interruption had been seen in {@link #PRIOR_UP}.
 *
 * @param upS seconds available, discounted
 * @param interruptions discounted
 */
public record SpotRecord(double upS, double interruptions, boolean wasAvailable) {
    public static final Duration HALF_LIFE = Duration.ofDays(3);
    public static final Duration PRIOR_UP = Duration.ofHours(2);
    public static final SpotRecord NEW = new SpotRecord(0, 0, false);

    /** @param elapsed since the last observation; it is taken to have been so all the while */
    public SpotRecord observe(Duration elapsed, boolean isAvailable) {
        double seconds = elapsed.toMillis() / 1e3;
        double kept = Math.pow(0.5, seconds / HALF_LIFE.toSeconds());
        return new SpotRecord(
                upS * kept + (wasAvailable ? seconds : 0),
                interruptions * kept + (wasAvailable && !isAvailable ? 1 : 0),
                isAvailable);
    }

    /** Mean time to interruption. */
    public Duration meanUp() {
        return Duration.ofMillis((long) (1e3 * (upS + PRIOR_UP.toSeconds()) / (interruptions + 1)));
    }
}
