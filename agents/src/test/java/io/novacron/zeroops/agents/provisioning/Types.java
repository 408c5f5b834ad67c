package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;

/** A few instance types. */
final class Types {
    static final InstanceType SMALL = type("small", 0.10, new Resources(2, 8, 500, 500, 0));
    static final InstanceType MEMORY = type("memory", 0.13, new Resources(2, 16, 500, 500, 0));
    static final InstanceType LARGE = type("large", 0.20, new Resources(4, 16, 1_000, 1_000, 0));
    static final InstanceType HUGE = type("huge", 0.70, new Resources(16, 64, 4_000, 4_000, 0));
    static final InstanceType GPU = type("gpu", 3.00, new Resources(8, 64, 1_000, 1_000, 1));

    private Types() {}

    static InstanceType type(String name, double dollars, Resources capacity) {
        return new InstanceType(name, "amd64", false, capacity, Prices.onDemand(Money.dollars(dollars)));
    }
}
