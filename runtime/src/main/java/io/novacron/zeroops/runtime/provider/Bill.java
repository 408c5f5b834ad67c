package io.novacron.zeroops.runtime.provider;

import io.novacron.zeroops.agents.core.Money;
import java.time.Instant;

/**
 * One entry of a provider's bills. Sequences grow from 1, and what has one never changes; those of one resource are in the
 * order of time, its {@link Opening}, if there is one, first.
 */
public sealed interface Bill {
    long sequence();

    /** Whose it is, such as {@code workload/web}. */
    String resource();

    /**
     * A resource that already ran when billing began: its money is held from then on.
     *
     * @param at not after the start of what its first {@link Usage} is for
     * @param instances that ran; of a VM 0 or 1
     * @param project the node of the budget that pays
     * @param costPerHour of one instance
     */
    record Opening(
            long sequence, String resource, Instant at, int instances, String project, String region, Money costPerHour)
            implements Bill {}

    /**
     * What a resource cost since the entry of it before this one.
     *
     * @param billed not negative
     */
    record Usage(long sequence, String resource, Money billed, Instant upTo) implements Bill {}
}
