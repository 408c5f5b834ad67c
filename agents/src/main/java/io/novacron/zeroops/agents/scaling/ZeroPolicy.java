package io.novacron.zeroops.agents.scaling;

import java.time.Duration;

/**
 * How a workload that may have no instance at all comes to have none, and comes back.
 *
 * @param idleAfter how long it must have been without load before its last instance is given up; above zero
 * @param wakeInstances how many are started at once for the first request: the quickest of them serves it; at least 1
 */
public record ZeroPolicy(Duration idleAfter, int wakeInstances) {

    /** An hour; three of {@link BootTime#DEFAULT} boot within 30 s, detection and decision included, in 99 of 100 cases. */
    public static final ZeroPolicy DEFAULTS = new ZeroPolicy(Duration.ofHours(1), 3);

    public ZeroPolicy {
        if (idleAfter.isNegative() || idleAfter.isZero() || wakeInstances < 1) {
            throw new IllegalArgumentException("idleAfter=" + idleAfter + " wakeInstances=" + wakeInstances
                    + ": use an idle time above zero and at least one instance to wake with");
        }
    }
}
