package io.novacron.zeroops.http.fleet;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How unreliable a fleet is on purpose: drawn from a seed, one draw of each kind an operation.
 *
 * @param failShare of the operations, 0 to 1, that are turned away as busy, with nothing done
 * @param unknownShare of the operations, 0 to 1, that are done and whose answer is lost
 * @param latency that each answer takes longer, at most {@link #LATENCY_MAX}
 */
record Troubles(double failShare, double unknownShare, Duration latency, SplittableRandom random) {
    static final Duration LATENCY_MAX = Duration.ofMinutes(1);

    Troubles {
        requireShare("--fail-share", failShare);
        requireShare("--unknown-share", unknownShare);
        if (latency.isNegative() || latency.compareTo(LATENCY_MAX) > 0) {
            throw new IllegalArgumentException("--latency " + latency + ": use 0s to " + LATENCY_MAX.toSeconds() + "s");
        }
    }

    private static void requireShare(String option, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(option + " " + share + ": use a share from 0 to 1");
        }
    }

    static Troubles of(double failShare, double unknownShare, Duration latency, long seed) {
        return new Troubles(failShare, unknownShare, latency, new SplittableRandom(seed));
    }

    boolean turnsAway() {
        return strikes(failShare);
    }

    boolean losesAnswer() {
        return strikes(unknownShare);
    }

    private boolean strikes(double share) {
        synchronized (random) {
            return random.nextDouble() < share;
        }
    }
}
