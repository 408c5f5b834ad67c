package io.novacron.zeroops.agents.fleet;

import java.time.Duration;

/**
 * How long the owner of a resource waits for its provider.
 *
 * @param callPatience for the answer to a change, after which the outcome counts as unknown
 * @param askPatience for the answer to a question, after which a person has to look
 * @param verifyPatience for the post-condition, such as all instances ready
 * @param reportPatience for the decision to take the report; not less than {@link
 *     io.novacron.zeroops.agents.decision.DecisionAgent#OWNER_REMEMBERS}
 */
public record ResourcePolicy(
        Duration callPatience, Duration askPatience, Duration verifyPatience, Duration reportPatience) {

    /** Attempts at one goal: the first, and one that tops up or tries again; what did not help twice is not repeated. */
    public static final int ATTEMPTS_MAX = 2;

    public static final ResourcePolicy DEFAULTS = new ResourcePolicy(
            Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofDays(1));

    public ResourcePolicy {
        requirePositive("callPatience", callPatience);
        requirePositive("askPatience", askPatience);
        requirePositive("verifyPatience", verifyPatience);
        requirePositive("reportPatience", reportPatience);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + "=" + value + ": use a time above zero");
        }
    }

    /** The longest that a change can take: every attempt doubted, counted and, at last, undone the same way. */
    Duration longest() {
        Duration attempt = callPatience.plus(verifyPatience).plus(askPatience.multipliedBy(2));
        return attempt.multipliedBy(2L * ATTEMPTS_MAX);
    }
}
