package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Expiries.Expiry;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Holds;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The holds and, so that no vote has to look at all of them, what those that are open draw on the quotas together, and
 * which of them concern a resource.
 *
 * @param grants when the grant of each open hold stops counting against the rate
 * @param changes the open holds that add VMs or change a capacity
 * @param scaling how many of them change a capacity
 */
public record Leases(
        Holds holds, PSortedMap<String, Instant> grants, PSortedSet<Change> changes, int scaling, Sums sums) {
    static final Leases NONE = new Leases(Holds.NONE, TreePMap.empty(), TreePSet.empty(), 0, Sums.NONE);

    /** One open hold, in the order of resources. */
    public record Change(String resource, String decision) implements Comparable<Change> {
        @Override
        public int compareTo(Change other) {
            int byResource = resource.compareTo(other.resource);
            return byResource != 0 ? byResource : decision.compareTo(other.decision);
        }
    }

    /** The open holds that add VMs to this resource or change its capacity; as many steps as there are such. */
    Stream<Holds.Entry> changesOf(String resource) {
        return changes.tailSet(new Change(resource, ""), true).stream()
                .takeWhile(change -> change.resource().equals(resource))
                .flatMap(change -> holds.get(change.decision()).stream());
    }

    Optional<Expiry> grant(String decision) {
        return Optional.ofNullable(grants.get(decision)).map(at -> new Expiry(at, decision));
    }

    Leases promised(String decision, Holds.Entry entry, Instant countsUntil) {
        Leases before = uncounted(decision);
        Action action = entry.action();
        return new Leases(
                holds.promised(decision, entry),
                before.grants.plus(decision, countsUntil),
                Quantities.isTracked(action)
                        ? before.changes.plus(new Change(action.resource(), decision))
                        : before.changes,
                before.scaling + count(action),
                before.sums.plus(Sums.of(action)));
    }

    Leases confirmed(String decision) {
        return with(holds.confirmed(decision));
    }

    Leases ended(String decision, Instant until, Instant at) {
        return uncounted(decision).with(HoldRules.ended(holds, decision, until, at));
    }

    Leases without(List<String> decisions) {
        Leases left = this;
        for (String decision : decisions) {
            left = left.uncounted(decision);
        }
        return left.with(holds.without(decisions));
    }

    private Leases uncounted(String decision) {
        return holds.get(decision)
                .map(Holds.Entry::action)
                .map(action -> new Leases(
                        holds,
                        grants.minus(decision),
                        changes.minus(new Change(action.resource(), decision)),
                        scaling - count(action),
                        sums.minus(Sums.of(action))))
                .orElse(this);
    }

    private Leases with(Holds newHolds) {
        return new Leases(newHolds, grants, changes, scaling, sums);
    }

    private static int count(Action action) {
        return Quantities.scales(action) ? 1 : 0;
    }

    /** Counted anew from each single hold; to be equal to this. */
    Leases recounted() {
        Leases counted = NONE;
        for (var open : holds.open().entrySet()) {
            Instant countsUntil = grants.getOrDefault(open.getKey(), Instant.EPOCH);
            counted = counted.promised(open.getKey(), open.getValue(), countsUntil);
        }
        return counted.with(holds);
    }
}
