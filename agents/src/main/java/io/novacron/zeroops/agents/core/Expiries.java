package io.novacron.zeroops.agents.core;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * Ids, and when each falls due: found by id as well as in order of time, so that nobody looks at all of them to find the
 * few whose time has come. Each step costs the logarithm of how many there are.
 *
 * @param instants by id
 * @param order the same again, the earliest first, of equals by id
 */
public record Expiries(PSortedMap<String, Instant> instants, PSortedSet<Expiry> order) {
    /**
     * How many are taken out by one command at most, so that a silence is not followed by one event of megabytes: the rest
     * is left to the next command, or to the deadline, which has then come already. A command adds less than a handful.
     */
    public static final int DUE_MAX = 1024;

    public static final Expiries NONE = new Expiries(TreePMap.empty(), TreePSet.empty());

    /** One line of the order. */
    public record Expiry(Instant at, String id) implements Comparable<Expiry> {
        /** Before all that is due after {@code now}, and after all that is due by then. */
        public static Expiry firstAfter(Instant now) {
            return new Expiry(now.plusNanos(1), ""); // no id comes before the empty one
        }

        @Override
        public int compareTo(Expiry other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : id.compareTo(other.id);
        }
    }

    public boolean contains(String id) {
        return instants.containsKey(id);
    }

    public int size() {
        return instants.size();
    }

    /** Whether its time has come; not that of an id that is not here. */
    public boolean isDue(String id, Instant now) {
        return Optional.ofNullable(instants.get(id))
                .filter(at -> !at.isAfter(now))
                .isPresent();
    }

    /** Those whose time has come, the earliest first; at most {@link #DUE_MAX}. */
    public List<String> due(Instant now) {
        if (order.isEmpty() || order.first().at().isAfter(now)) {
            return List.of(); // as nearly always
        }
        return order.stream()
                .takeWhile(expiry -> !expiry.at().isAfter(now))
                .limit(DUE_MAX)
                .map(Expiry::id)
                .toList();
    }

    /** How many there are whose time has not come. */
    public int sizeAfter(Instant now) {
        return order.tailSet(Expiry.firstAfter(now), true).size();
    }

    /** The earliest. */
    public Optional<Expiry> first() {
        return order.isEmpty() ? Optional.empty() : Optional.of(order.first());
    }

    /** In place of the instant that this id had. */
    public Expiries plus(String id, Instant at) {
        Expiries others = minus(id);
        return new Expiries(others.instants.plus(id, at), others.order.plus(new Expiry(at, id)));
    }

    public Expiries minus(String id) {
        Instant at = instants.get(id);
        return at == null ? this : new Expiries(instants.minus(id), order.minus(new Expiry(at, id)));
    }

    public Expiries minusAll(Collection<String> ids) {
        Expiries left = this;
        for (String id : ids) {
            left = left.minus(id);
        }
        return left;
    }

    /** Whether both books say the same; looks at everything. */
    public boolean isSound() {
        var lines = new TreeSet<Expiry>();
        instants.forEach((id, at) -> lines.add(new Expiry(at, id)));
        return lines.equals(order);
    }
}
