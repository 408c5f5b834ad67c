package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Reviewer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What reviewers hold: none outlives its decision or its time, and no change begins without all of them. */
final class Promises {
    /** By which a node's clock may be off the true time. */
    private static final Duration SKEW_MAX = Duration.ofSeconds(2);

    private final Verdicts verdicts;
    private final Decisions decisions;
    private final TreeMap<String, Holds> books = new TreeMap<>(); // by the reviewer's address
    private final Map<String, Set<String>> holders = new HashMap<>(); // reviewers by decision; never iterated

    Promises(Verdicts verdicts, Decisions decisions) {
        this.verdicts = verdicts;
        this.decisions = decisions;
    }

    /**
     * @param touched decisions whose holds may have changed; empty to look at all
     * @param asOf the reviewer's own time, by which what has lapsed is gone before anything else happens
     */
    void keeps(String reviewer, Holds book, Optional<List<String>> touched, Instant asOf, Instant at) {
        boolean lapses = book.lapsing()
                .first()
                .filter(first -> !first.at().isAfter(asOf))
                .isPresent();
        if (touched.isEmpty() || lapses) {
            book.open()
                    .forEach((decision, entry) -> verdicts.check(
                            entry.firm() || entry.until().isAfter(asOf),
                            at,
                            () -> reviewer + " still holds for " + decision + ", which lapsed at " + entry.until()));
        }
        holds(reviewer, book, touched, at);
    }

    /** The one slot of a resource; what lapsed in it may stay until the next tick, but serves for nothing. */
    void slot(String resource, Holds slot, Instant at) {
        verdicts.check(slot.open().size() <= 1, at, () -> resource + " holds its slot twice: " + slot.open());
        holds(resource, slot, Optional.empty(), at);
    }

    private void holds(String reviewer, Holds book, Optional<List<String>> touched, Instant at) {
        Holds before = books.getOrDefault(reviewer, Holds.NONE);
        books.put(reviewer, book);
        Collection<String> changed = touched.filter(named -> explain(named, before, book))
                .<Collection<String>>map(named -> named)
                .orElseGet(() -> union(before, book));
        for (String decision : changed) {
            if (book.get(decision).isEmpty()) {
                letGo(decision, reviewer);
            } else {
                holders.computeIfAbsent(decision, d -> new TreeSet<>()).add(reviewer);
                verdicts.check(
                        !decisions.hasEnded(decision),
                        at,
                        () -> reviewer + " holds for " + decision + ", which had ended");
            }
        }
    }

    /** Whether so many holds were opened and closed as the event says: else it changed others, too. */
    private static boolean explain(List<String> named, Holds before, Holds after) {
        int more = 0;
        for (String decision : named) {
            more += (after.get(decision).isPresent() ? 1 : 0)
                    - (before.get(decision).isPresent() ? 1 : 0);
        }
        return before.open().size() + more == after.open().size();
    }

    private static Set<String> union(Holds before, Holds after) {
        Set<String> all = new TreeSet<>(before.open().keySet());
        all.addAll(after.open().keySet());
        return all;
    }

    private void letGo(String decision, String reviewer) {
        holders.computeIfPresent(decision, (d, all) -> {
            all.remove(reviewer);
            return all.isEmpty() ? null : all;
        });
    }

    void decisionEnded(String id, Instant at) {
        Set<String> still = holders.getOrDefault(id, Set.of());
        verdicts.check(
                still.isEmpty(),
                at,
                () -> String.join(" and ", still) + " still holds for " + id + ", which has ended");
    }

    /** Whoever must agree has promised at least this much, and firmly: asked of the reviewers, not of the decision. */
    void executed(String decision, Action action, Instant holdUntil, Instant at) {
        verdicts.check(at.isBefore(holdUntil.plus(SKEW_MAX)), at, () -> decision + " begins after its hold has lapsed");
        for (Reviewer reviewer : action.kind().reviewers()) {
            if (reviewer != Reviewer.OWNER) {
                boolean agreed = held(reviewer, decision)
                        .filter(Holds.Entry::firm)
                        .filter(entry -> Math.abs(entry.action().delta()) >= Math.abs(action.delta()))
                        .isPresent();
                verdicts.check(agreed, at, () -> decision + " is executed without a firm promise of " + reviewer);
            }
        }
    }

    private Optional<Holds.Entry> held(Reviewer reviewer, String decision) {
        String prefix = reviewer.name().toLowerCase(Locale.ROOT) + "/";
        return books.subMap(prefix, prefix + Character.MAX_VALUE).values().stream()
                .flatMap(book -> book.get(decision).stream())
                .findFirst();
    }

    /** At the end, when all had their time: nothing is held, and nothing remembered that could no longer come. */
    void allEnded(Instant at) {
        books.forEach((reviewer, book) -> {
            book.open()
                    .forEach((decision, entry) ->
                            verdicts.check(false, at, () -> reviewer + " holds for " + decision + " at the end"));
            book.ended()
                    .instants()
                    .forEach((decision, until) -> verdicts.check(
                            until.isAfter(at), at, () -> reviewer + " remembers " + decision + " at the end"));
        });
    }
}
