package io.novacron.zeroops.agents.budget;

import java.time.Duration;

/**
 * The limits that an operator sets.
 *
 * @param billingMinimum for how long a provider bills an instance at least, and so for how long the money of one that is
 *     taken away stays committed; not negative
 * @param clockTolerance by how much the clock that journals may be ahead of the provider's, which bills: money is held from
 *     that much earlier on; not negative
 * @param noticePatience how long a notice of refused renewals may stay undelivered; above zero
 */
public record BudgetPolicy(Duration billingMinimum, Duration clockTolerance, Duration noticePatience) {
    /** Instances are billed per second, with a minimum of 60 s; as with the three large public clouds. */
    public static final BudgetPolicy DEFAULT =
            new BudgetPolicy(Duration.ofSeconds(60), Duration.ofSeconds(2), Duration.ofHours(1));

    public BudgetPolicy {
        if (billingMinimum.isNegative()
                || clockTolerance.isNegative()
                || noticePatience.isNegative()
                || noticePatience.isZero()) {
            throw new IllegalArgumentException("budget policy out of range: billingMinimum=" + billingMinimum
                    + ", clockTolerance=" + clockTolerance + ", noticePatience=" + noticePatience);
        }
    }
}
