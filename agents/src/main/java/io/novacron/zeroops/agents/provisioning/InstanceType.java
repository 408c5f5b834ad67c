package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;

/**
 * A size of machine that can be had.
 *
 * @param architecture such as {@code amd64}; empty where the list does not tell
 * @param isBurstable its CPU is a share that may be exceeded for a while only, so that {@code capacity} cannot be had all the
 *     time
 * @param capacity 0 in a dimension of which the list tells nothing: what is not promised cannot be relied on
 */
public record InstanceType(String name, String architecture, boolean isBurstable, Resources capacity, Prices prices) {

    public InstanceType {
        if (name.isBlank()) {
            throw new IllegalArgumentException("An instance type has a name");
        }
    }

    public Money onDemand() {
        return prices.onDemand();
    }

    /** At least as much in every dimension, and no dearer. */
    boolean replaces(InstanceType other) {
        return other.capacity.fitsIn(capacity) && !onDemand().exceeds(other.onDemand());
    }
}
