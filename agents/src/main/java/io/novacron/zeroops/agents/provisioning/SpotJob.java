package io.novacron.zeroops.agents.provisioning;

import java.time.Duration;
import java.time.Instant;

/**
 * Work that has to be done by a deadline and can be moved.
 *
 * @param length all of the work, on one instance
 * @param remaining of it
 */
public record SpotJob(Instant arrival, Instant deadline, Duration length, Duration remaining, Placement placement) {

    /** Where it runs. */
    public record Placement(Kind kind, String pool) {
        public static final Placement WAITING = new Placement(Kind.WAITING, "");
        public static final Placement ON_DEMAND = new Placement(Kind.ON_DEMAND, "");

        public static Placement spot(String pool) {
            return new Placement(Kind.SPOT, pool);
        }
    }

    public enum Kind {
        WAITING,
        SPOT,
        ON_DEMAND
    }

    /** What is left to the deadline beyond the work itself; negative once it cannot be met. */
    public Duration slack(Instant now) {
        return Duration.between(now, deadline).minus(remaining);
    }
}
