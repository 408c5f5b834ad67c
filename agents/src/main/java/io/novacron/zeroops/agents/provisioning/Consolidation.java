package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.Packing.Bin;
import io.novacron.zeroops.agents.provisioning.Packing.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Empties machines whose load fits on the others, the most saved for the least moved first: score = dollars an hour saved /
 * (GiB of memory moved + {@link #MOVE_COST_GIB} a move), since a live migration takes as long as its memory is large (Beloglazov
 * and Buyya, Concurrency and Computation 24, 2012: minimum migration time). Nothing is moved for less than a least score.
 */
public final class Consolidation {
    /** What any move costs besides its memory: the risk of it, and its pause. */
    public static final double MOVE_COST_GIB = 1;

    private Consolidation() {}

    /**
     * One machine emptied.
     *
     * @param moved with the names of the items, in the order of moving
     * @param score dollars an hour saved for each GiB moved
     */
    public record Step(InstanceType emptied, List<String> moved, double movedGib, Money savedPerHour, double score) {}

    public record Plan(Packing after, List<Step> steps) {
        public Plan {
            steps = List.copyOf(steps);
        }

        public int moves() {
            return steps.stream().mapToInt(step -> step.moved().size()).sum();
        }

        public double movedGib() {
            return steps.stream().mapToDouble(Step::movedGib).sum();
        }
    }

    /** @param scoreMin dollars an hour for each GiB moved, below which a machine stays */
    public static Plan of(Packing placed, double scoreMin) {
        List<Bin> bins = new ArrayList<>(placed.bins());
        List<Step> steps = new ArrayList<>();
        Optional<Candidate> next = best(bins, scoreMin);
        while (next.isPresent()) { // each round has one machine less
            bins = next.get().after();
            steps.add(next.get().step());
            next = best(bins, scoreMin);
        }
        return new Plan(new Packing(bins, placed.unplaced()), steps);
    }

    private record Candidate(Step step, List<Bin> after) {}

    private static Optional<Candidate> best(List<Bin> bins, double scoreMin) {
        List<Bin> byScore = bins.stream()
                .filter(bin -> score(bin) >= scoreMin)
                .sorted(Comparator.comparingDouble((Bin bin) -> -score(bin)))
                .toList();
        for (Bin bin : byScore) {
            Optional<List<Bin>> after = without(bin, bins);
            if (after.isPresent()) {
                return Optional.of(new Candidate(step(bin), after.get()));
            }
        }
        return Optional.empty();
    }

    private static double score(Bin bin) {
        return bin.type().onDemand().toDollars() / disruption(bin);
    }

    /** In GiB; above 0 also for a machine that is empty. */
    private static double disruption(Bin bin) {
        return Math.max(
                1e-3, bin.used().memoryGib() + MOVE_COST_GIB * bin.items().size());
    }

    private static Step step(Bin bin) {
        return new Step(
                bin.type(),
                bin.items().stream().map(Item::name).toList(),
                bin.used().memoryGib(),
                bin.type().onDemand(),
                score(bin));
    }

    /** Its items on the fullest of the others that has room, the largest first; empty if one finds none. */
    private static Optional<List<Bin>> without(Bin emptied, List<Bin> bins) {
        List<Bin> others = new ArrayList<>(bins);
        others.remove(emptied);
        List<Resources> used = new ArrayList<>(others.stream().map(Bin::used).toList());
        List<Item> largestFirst = emptied.items().stream()
                .sorted(Comparator.comparingDouble((Item item) ->
                                -item.demand().dominantShare(emptied.type().capacity()))
                        .thenComparing(Item::name))
                .toList();
        for (Item item : largestFirst) {
            int target = fullestWithRoom(others, used, item);
            if (target < 0) {
                return Optional.empty();
            }
            Bin bin = others.get(target);
            List<Item> items = new ArrayList<>(bin.items());
            items.add(item);
            others.set(target, new Bin(bin.type(), List.copyOf(items)));
            used.set(target, used.get(target).plus(item.demand()));
        }
        return Optional.of(others);
    }

    private static int fullestWithRoom(List<Bin> bins, List<Resources> used, Item item) {
        int found = -1;
        double fullest = -1;
        for (int i = 0; i < bins.size(); i++) {
            Resources capacity = bins.get(i).type().capacity();
            Resources after = used.get(i).plus(item.demand());
            double share = after.dominantShare(capacity);
            if (after.fitsIn(capacity) && share > fullest) {
                found = i;
                fullest = share;
            }
        }
        return found;
    }
}
