package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;
import java.util.List;

/**
 * Which machines to have, and what runs on each.
 *
 * @param unplaced what no type holds
 */
public record Packing(List<Bin> bins, List<Item> unplaced) {

    /** Something that runs, and what it needs. */
    public record Item(String name, Resources demand) {}

    /** One machine. */
    public record Bin(InstanceType type, List<Item> items) {
        public Resources used() {
            return Packing.sum(items);
        }
    }

    public Packing {
        bins = List.copyOf(bins);
        unplaced = List.copyOf(unplaced);
    }

    public Money costPerHour() {
        return bins.stream().map(bin -> bin.type().onDemand()).reduce(Money.ZERO, Money::plus);
    }

    /** Of all that the machines have of it, 0..1; 0 where they have none. */
    public double utilisation(Dimension dimension) {
        double used = 0;
        double capacity = 0;
        for (Bin bin : bins) {
            used += bin.used().of(dimension);
            capacity += bin.type().capacity().of(dimension);
        }
        return capacity == 0 ? 0 : used / capacity;
    }

    static Resources sum(List<Item> items) {
        return items.stream().map(Item::demand).reduce(Resources.NONE, Resources::plus);
    }
}
