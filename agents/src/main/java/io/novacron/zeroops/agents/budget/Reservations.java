package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Holds;
import java.time.Instant;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The holds, with their money.
 *
 * @param amounts what each tentative hold reserved at its project; a firm hold's money is with the commitment
 */
public record Reservations(Holds holds, PSortedMap<String, Money> amounts) {
    /**
     * Open holds and tombstones together: those of 2,500 decisions a second that take 50 s from hold to end, and are
     * remembered for 30 s.
     */
    public static final int HOLDS_MAX = 200_000;

    static final Reservations NONE = new Reservations(Holds.NONE, TreePMap.empty());

    Optional<Holds.Entry> get(String decision) {
        return holds.get(decision);
    }

    Money amount(String decision) {
        return amounts.getOrDefault(decision, Money.ZERO);
    }

    boolean isFull() {
        return holds.open().size() + holds.ended().size() >= HOLDS_MAX;
    }

    /** @param lapsesAt not after the hold's own {@code until}, and not after the period whose money it is */
    Reservations promised(String decision, Holds.Entry entry, Money amount, Instant lapsesAt) {
        return new Reservations(holds.promised(decision, entry, lapsesAt), amounts.plus(decision, amount));
    }

    /** Its money goes to the commitment; it lapses no more. */
    Reservations confirmed(String decision) {
        return new Reservations(holds.confirmed(decision), amounts.minus(decision));
    }

    /** Leaves a tombstone while a late hold could still come. */
    Reservations ended(String decision, Instant until, Instant now) {
        return new Reservations(holds.ended(decision, until, now), amounts.minus(decision));
    }

    /**
     * A hold that goes before its own time, because it was preempted or its period is over, leaves a tombstone: a late
     * repeat would otherwise hold anew, perhaps less, and a confirmation find what was never voted.
     */
    Reservations lapsed(String decision, Instant now) {
        return ended(decision, get(decision).map(Holds.Entry::until).orElse(now), now);
    }
}
