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
 * @param tentative what each tentative hold reserved at its project; a firm hold's money is with the commitment
 * @param expiries when each tentative hold lapses, and each tombstone
 */
public record Reservations(Holds holds, PSortedMap<String, Tentative> tentative, PSortedSet<Expiry> expiries) {
    /** Open holds and tombstones together. */
    public static final int HOLDS_MAX = 10_000;

    static final Reservations NONE = new Reservations(Holds.NONE, TreePMap.empty(), TreePSet.empty());

    /** @param lapsesAt not after the hold's own {@code until}, and not after the period whose money it is */
    public record Tentative(Money amount, Instant lapsesAt) {}

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
        return Optional.ofNullable(tentative.get(decision))
                .map(Tentative::amount)
                .orElse(Money.ZERO);
    }

    boolean isFull() {
        return holds.open().size() + holds.ended().size() >= HOLDS_MAX;
    }

    Reservations promised(String decision, Holds.Entry entry, Tentative hold) {
        return new Reservations(
                holds.promised(decision, entry),
                tentative.plus(decision, hold),
                expiries.plus(new Expiry(hold.lapsesAt(), decision)));
    }

    /** Its money goes to the commitment; it lapses no more. */
    Reservations confirmed(String decision) {
        return new Reservations(holds.confirmed(decision), tentative.minus(decision), withoutExpiry(decision));
    }

    /** Leaves a tombstone while a late hold could still come. */
    Reservations ended(String decision, Instant until, Instant now) {
        PSortedSet<Expiry> others = withoutExpiry(decision);
        return until.isAfter(now)
                ? new Reservations(
                        holds.ended(decision, until),
                        tentative.minus(decision),
                        others.plus(new Expiry(until, decision)))
                : new Reservations(holds.without(List.of(decision)), tentative.minus(decision), others);
    }

    /**
     * A hold that goes before its own time, because it was preempted or its period is over, leaves a tombstone: a late
     * repeat would otherwise hold anew, perhaps less, and a confirmation find what was never voted.
     */
    Reservations lapsed(String decision, Instant now) {
        return ended(decision, get(decision).map(Holds.Entry::until).orElse(now), now);
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
        return Optional.ofNullable(tentative.get(decision))
                .map(Tentative::lapsesAt)
                .or(() -> Optional.ofNullable(holds.ended().get(decision)))
                .<PSortedSet<Expiry>>map(at -> expiries.minus(new Expiry(at, decision)))
                .orElse(expiries);
    }
}
