package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Expiries;
import io.novacron.zeroops.agents.core.Expiries.Expiry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What a reviewer has promised, by decision: the same book for all of them.
 *
 * @param open what is promised now
 * @param lapsing those of {@code open} that are not firm, and when they lapse
 * @param ended decisions that were ended, until the instant from which a late {@link ReviewCommand.Hold} of theirs is too
 *     late by itself; without these tombstones it would open a hold that nobody ends
 */
public record Holds(PSortedMap<String, Entry> open, Expiries lapsing, Expiries ended) {
    public static final Holds NONE = new Holds(TreePMap.empty(), Expiries.NONE, Expiries.NONE);

    /**
     * One promise.
     *
     * @param action what it is for, by the measure that was promised
     * @param vote what was answered, and is answered again
     * @param until when it lapses, unless it is {@code firm}
     */
    public record Entry(Action action, Priority priority, Vote vote, boolean firm, Instant until) {}

    public Optional<Entry> get(String decision) {
        return Optional.ofNullable(open.get(decision));
    }

    /** The promise, unless its time is over: it may still be in the book then, since few are taken out at once. */
    public Optional<Entry> held(String decision, Instant now) {
        return lapsing.isDue(decision, now) ? Optional.empty() : get(decision);
    }

    public boolean isEnded(String decision) {
        return ended.contains(decision);
    }

    public Holds promised(String decision, Entry entry) {
        return promised(decision, entry, entry.until());
    }

    /** @param lapsesAt not after the promise's own {@code until} */
    public Holds promised(String decision, Entry entry, Instant lapsesAt) {
        return new Holds(open.plus(decision, entry), lapsing.plus(decision, lapsesAt), ended);
    }

    public Holds confirmed(String decision) {
        return get(decision)
                .map(e -> new Entry(e.action(), e.priority(), e.vote(), true, e.until()))
                .map(firm -> new Holds(open.plus(decision, firm), lapsing.minus(decision), ended))
                .orElse(this);
    }

    /** Also where there was no hold: its command may still be under way. */
    public Holds ended(String decision, Instant until) {
        return new Holds(open.minus(decision), lapsing.minus(decision), ended.plus(decision, until));
    }

    /** Likewise, but with a tombstone only where a late hold is not too late anyway. */
    public Holds ended(String decision, Instant until, Instant now) {
        return until.isAfter(now) ? ended(decision, until) : without(List.of(decision));
    }

    /**
     * The decisions whose tentative hold, and then those whose tombstone, is past its time, in the order in which it came;
     * of each at most {@link Expiries#DUE_MAX}.
     */
    public List<String> lapsed(Instant now) {
        List<String> lapsed = lapsing.due(now);
        List<String> forgotten = ended.due(now);
        if (lapsed.isEmpty() || forgotten.isEmpty()) {
            return lapsed.isEmpty() ? forgotten : lapsed;
        }
        return Stream.concat(lapsed.stream(), forgotten.stream()).toList();
    }

    public Holds without(List<String> decisions) {
        return new Holds(open.minusAll(decisions), lapsing.minusAll(decisions), ended.minusAll(decisions));
    }

    /** When something next lapses; past, where more had lapsed than was taken out at once. */
    public Optional<Instant> nextLapse() {
        if (lapsing.size() == 0 || ended.size() == 0) {
            return (lapsing.size() == 0 ? ended : lapsing).first().map(Expiry::at);
        }
        Instant lapses = lapsing.order().first().at();
        Instant ends = ended.order().first().at();
        return Optional.of(ends.isBefore(lapses) ? ends : lapses);
    }

    /** Whether the order of lapses agrees with the holds; looks at everything. */
    public boolean isSound() {
        var tentative = open.entrySet().stream()
                .filter(e -> !e.getValue().firm())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return lapsing.isSound()
                && ended.isSound()
                && lapsing.instants().keySet().equals(tentative);
    }
}
