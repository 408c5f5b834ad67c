package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Holds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The holds, with their money and, so that no decision has to look at all of them, in the order in which they lapse.
 *
 * @param amounts what each tentative hold reserved at its project; a firm hold's money is with the commitment
 * @param expiries when each tentative hold lapses, and each tombstone
 */
public record Reservations(Holds holds, PSortedMap<String, Money> amounts, PSortedSet<Expiry> expiries) {
    /** Open holds and tombstones together. */
    public static final int HOLDS_MAX = 10_000;

    static final Reservations NONE = new Reservations(Holds.NONE, TreePMap.empty(), TreePSet.empty());

    /** One line of the order of lapses. */
    public record Expiry(Instant at, String decision) implements Comparable<Expiry> {
        @Override
        public int compareTo(Expiry other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : decision.compareTo(other.decision);
        }
    }

    Optional<Holds.Entry> get(String decision) {
        return holds.get(decision);
    }

    Money amount(String decision) {
        return amounts.getOrDefault(decision, Money.ZERO);
    }

    boolean isFull() {
        return holds.open().size() + holds.ended().size() >= HOLDS_MAX;
    }

    Reservations promised(String decision, Holds.Entry entry, Money amount) {
        return new Reservations(
                holds.promised(decision, entry),
                amounts.plus(decision, amount),
                expiries.plus(new Expiry(entry.until(), decision)));
    }

    /** Its money goes to the commitment; it lapses no more. */
    Reservations confirmed(String decision) {
        return new Reservations(holds.confirmed(decision), amounts.minus(decision), withoutExpiry(decision));
    }

    /** Leaves a tombstone while a late hold could still come. */
    Reservations ended(String decision, Instant until, Instant now) {
        if (!until.isAfter(now)) {
            return without(decision);
        }
        Expiry tombstone = new Expiry(until, decision);
        return new Reservations(
                holds.ended(decision, until),
                amounts.minus(decision),
                withoutExpiry(decision).plus(tombstone));
    }

    Reservations without(String decision) {
        return new Reservations(holds.without(List.of(decision)), amounts.minus(decision), withoutExpiry(decision));
    }

    /** The tentative holds and tombstones whose time is over, in the order in which it was. */
    List<String> lapsed(Instant now) {
        List<String> lapsed = new ArrayList<>();
        for (Expiry expiry : expiries) {
            if (expiry.at().isAfter(now)) {
                break;
            }
            lapsed.add(expiry.decision());
        }
        return lapsed;
    }

    Optional<Instant> nextLapse() {
        return expiries.isEmpty()
                ? Optional.empty()
                : Optional.of(expiries.first().at());
    }

    private PSortedSet<Expiry> withoutExpiry(String decision) {
        var open = get(decision).map(entry -> new Expiry(entry.until(), decision));
        var tombstone = Optional.ofNullable(holds.ended().get(decision)).map(at -> new Expiry(at, decision));
        return open.or(() -> tombstone).<PSortedSet<Expiry>>map(expiries::minus).orElse(expiries);
    }
}
