package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.provisioning.Packing.Bin;
import io.novacron.zeroops.agents.provisioning.Packing.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packs demands in several dimensions onto machines of several types, for little money. The problem is NP-hard; this is
 * first-fit and best-fit decreasing by dominant share (the vector form of Johnson's 1973 heuristics as in Panigrahy, Talwar,
 * Uyeda and Wieder, Heuristics for Vector Bin Packing, 2011), once with machines of each type alone, after which each machine
 * shrinks to the cheapest type that holds what is on it (the iterated scheme for bins of variable size of Kang and Park,
 * EJOR 147, 2003); the cheapest outcome is taken. Repeatable: all ties are decided by name.
 */
public final class Packer {
    /** Packing looks at each machine for each item, for each type: beyond this it would take minutes. */
    public static final int ITEMS_MAX = 20_000;

    private final Catalogue catalogue;
    private final List<InstanceType> types;

    public Packer(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.types = catalogue.frontier();
    }

    /** @throws IllegalArgumentException for more than {@link #ITEMS_MAX} */
    public Packing pack(List<Item> items) {
        if (items.size() > ITEMS_MAX) {
            throw new IllegalArgumentException(
                    "At most " + ITEMS_MAX + " items are packed at once, not " + items.size());
        }
        List<Item> placeable = new ArrayList<>();
        List<Item> unplaced = new ArrayList<>();
        items.forEach(item -> (isPlaceable(item) ? placeable : unplaced).add(item));
        Packing best = new Packing(shrunk(eachAlone(placeable)), unplaced);
        for (InstanceType type : types) {
            List<Item> sorted = decreasing(placeable, type.capacity());
            for (boolean isBestFit : new boolean[] {false, true}) {
                var packing = new Packing(shrunk(fill(sorted, type, isBestFit)), unplaced);
                if (isBetter(packing, best)) {
                    best = packing;
                }
            }
        }
        return best;
    }

    private boolean isPlaceable(Item item) {
        return types.stream().anyMatch(type -> item.demand().fitsIn(type.capacity()));
    }

    private static boolean isBetter(Packing packing, Packing best) {
        int byCost = packing.costPerHour().compareTo(best.costPerHour());
        return byCost < 0 || (byCost == 0 && packing.bins().size() < best.bins().size());
    }

    private static List<Item> decreasing(List<Item> items, Resources capacity) {
        return items.stream()
                .sorted(Comparator.comparingDouble((Item item) -> -item.demand().dominantShare(capacity))
                        .thenComparing(Item::name))
                .toList();
    }

    private static List<Open> eachAlone(List<Item> items) {
        return items.stream().map(Open::new).toList();
    }

    /** What does not fit into this type has a machine of its own. */
    private static List<Open> fill(List<Item> sorted, InstanceType type, boolean isBestFit) {
        List<Open> shared = new ArrayList<>();
        List<Open> own = new ArrayList<>();
        for (Item item : sorted) {
            if (!item.demand().fitsIn(type.capacity())) {
                own.add(new Open(item));
                continue;
            }
            Open chosen = choose(shared, item, type.capacity(), isBestFit);
            if (chosen == null) {
                shared.add(new Open(item));
            } else {
                chosen.add(item);
            }
        }
        shared.addAll(own);
        return shared;
    }

    private static @Nullable Open choose(List<Open> open, Item item, Resources capacity, boolean isBestFit) {
        Open best = null;
        double fullest = -1;
        for (Open machine : open) {
            Resources after = machine.used.plus(item.demand());
            if (!after.fitsIn(capacity)) {
                continue;
            }
            if (!isBestFit) {
                return machine;
            }
            double share = after.dominantShare(capacity);
            if (share > fullest) {
                best = machine;
                fullest = share;
            }
        }
        return best;
    }

    private List<Bin> shrunk(List<Open> open) {
        return open.stream()
                .map(machine -> new Bin(catalogue.first(machine.used).orElseThrow(), List.copyOf(machine.items)))
                .toList();
    }

    /** A machine that is being filled; its type is decided at the end. */
    private static final class Open {
        private final List<Item> items = new ArrayList<>();
        private Resources used = Resources.NONE;

        Open(Item first) {
            add(first);
        }

        void add(Item item) {
            items.add(item);
            used = used.plus(item.demand());
        }
    }
}
