package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.Selection.Chosen;
import io.novacron.zeroops.agents.provisioning.Selection.NothingFits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The types that can be had, cheapest on demand first; of equal price by name, so that every choice is repeatable. */
public final class Catalogue {
    private static final Comparator<InstanceType> CHEAPEST =
            Comparator.comparing(InstanceType::onDemand).thenComparing(InstanceType::name);

    private final List<InstanceType> types;

    /** @throws IllegalArgumentException if there is no type, or two have one name */
    public Catalogue(List<InstanceType> types) {
        Set<String> names = new HashSet<>();
        for (InstanceType type : types) {
            if (!names.add(type.name())) {
                throw new IllegalArgumentException("Two instance types are named " + type.name());
            }
        }
        if (types.isEmpty()) {
            throw new IllegalArgumentException("A catalogue has at least one instance type");
        }
        this.types = types.stream().sorted(CHEAPEST).toList();
    }

    public List<InstanceType> types() {
        return types;
    }

    public Optional<InstanceType> find(String name) {
        return types.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /** Empty if none is left. */
    public Optional<Catalogue> only(Predicate<InstanceType> wanted) {
        List<InstanceType> left = types.stream().filter(wanted).toList();
        return left.isEmpty() ? Optional.empty() : Optional.of(new Catalogue(left));
    }

    /** The dimensions of which the list tells anything. */
    public Set<Dimension> told() {
        return Arrays.stream(Dimension.values())
                .filter(dimension ->
                        types.stream().anyMatch(type -> type.capacity().of(dimension) > 0))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Dimension.class)));
    }

    /** Those that no other replaces: whatever is chosen by price and size is among them. */
    public List<InstanceType> frontier() {
        List<InstanceType> kept = new ArrayList<>();
        for (InstanceType type : types) {
            if (kept.stream().noneMatch(cheaper -> cheaper.replaces(type))) {
                kept.removeIf(type::replaces); // of the same price, but smaller
                kept.add(type);
            }
        }
        return List.copyOf(kept);
    }

    public Selection cheapest(Resources need) {
        return first(need).<Selection>map(type -> chosen(need, type)).orElseGet(() -> nothingFits(need));
    }

    /** The cheapest that holds it. */
    Optional<InstanceType> first(Resources need) {
        return types.stream().filter(type -> need.fitsIn(type.capacity())).findFirst();
    }

    private Chosen chosen(Resources need, InstanceType type) {
        Dimension binding = Dimension.CPU;
        Money cost = Money.ZERO;
        for (Dimension dimension : Dimension.values()) {
            Money without = first(need.without(dimension)).orElse(type).onDemand();
            Money saved = type.onDemand().minus(without);
            boolean isFuller = need.shareOf(type.capacity(), dimension) > need.shareOf(type.capacity(), binding);
            if (saved.exceeds(cost) || (saved.equals(cost) && isFuller)) {
                binding = dimension;
                cost = saved;
            }
        }
        return new Chosen(need, type, binding, cost);
    }

    private NothingFits nothingFits(Resources need) {
        Optional<Dimension> without = Optional.empty();
        for (Dimension dimension : Dimension.values()) {
            InstanceType largest = largest(dimension);
            double most = largest.capacity().of(dimension);
            if (need.of(dimension) > most) {
                return new NothingFits(need, dimension, most, largest.name());
            }
            if (without.isEmpty() && first(need.without(dimension)).isPresent()) {
                without = Optional.of(dimension);
            }
        }
        Dimension scarce = without.orElse(Dimension.CPU);
        InstanceType largest = largest(scarce);
        return new NothingFits(need, scarce, largest.capacity().of(scarce), largest.name());
    }

    private InstanceType largest(Dimension dimension) {
        return types.stream()
                .max(Comparator.comparingDouble(
                        (InstanceType type) -> type.capacity().of(dimension)))
                .orElseThrow();
    }
}
