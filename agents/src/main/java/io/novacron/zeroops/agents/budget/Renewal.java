package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetEvent.Funding;
import io.novacron.zeroops.agents.budget.BudgetEvent.PeriodRenewed;
import io.novacron.zeroops.agents.budget.BudgetEvent.PeriodRenewed.Closing;
import io.novacron.zeroops.agents.budget.BudgetState.Notice;
import io.novacron.zeroops.agents.core.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pcollections.TreePMap;

/**
 * Who gets how much of a new period's money: commitments in the order of their nodes' priority, the more important
 * first, then by resource. Whoever does not fit to the end of the period is refused, but keeps running for as long as the
 * money of its path lasts, so that there is time to drain it and what it bills meanwhile is covered; that leaves
 * nothing for those after it on the same path. A refused commitment gets more as soon as a person raises the limit, or
 * when it is next billed or changed.
 */
final class Renewal {
    /** A message to people names at most this many resources; the event has all. */
    static final int NAMED_MAX = 50;

    private Renewal() {}

    /**
     * Up to when {@code available} pays for this commitment, what it has already included; at most the period's end, and
     * never less than before.
     */
    static Instant affordableUntil(Commitment commitment, Period period, Money available) {
        Instant start = period.start();
        if (!commitment.fundedTo(period.end()).committed(start).exceeds(available)) {
            return period.end();
        }
        long low = commitment.until().toEpochMilli(); // affordable
        long high = period.end().toEpochMilli(); // not affordable
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            Commitment tried = commitment.fundedTo(Instant.ofEpochMilli(middle));
            if (tried.committed(start).exceeds(available)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Instant.ofEpochMilli(low);
    }

    static PeriodRenewed renew(String tree, BudgetState state, Instant now, Duration patience) {
        Period period = Period.containing(now);
        BudgetState unfunded = opened(state, period, Map.of(), period.start());
        List<Funding> refused = new ArrayList<>();
        for (Funding funding : extensions(unfunded)) {
            if (funding.until().isBefore(period.end())) {
                refused.add(funding);
            }
        }
        Collections.reverse(refused); // the order of draining
        Optional<Notice> notice = refused.isEmpty()
                ? Optional.empty()
                : Optional.of(new Notice(tree + "/renewal/" + period.start(), text(tree, refused), now.plus(patience)));
        return new PeriodRenewed(now, period, closings(state), refused, notice);
    }

    /** Whom the next period would refuse, as things are now: how far the money of each would go. */
    static List<Funding> refusedAfter(BudgetState state) {
        Period next = Period.containing(state.period().end());
        return extensions(opened(state, next, Map.of(), next.start())).stream()
                .filter(funding -> funding.until().isBefore(next.end()))
                .toList();
    }

    /** How far each commitment that has no money to the period's end gets, in order of priority. */
    static List<Funding> extensions(BudgetState state) {
        Instant start = state.period().start();
        List<Commitment> wanting = state.commitments().values().stream()
                .filter(c -> c.until().isBefore(state.period().end()))
                .sorted(Comparator.comparing((Commitment c) ->
                        -(long) state.tree().priority(c.project()))) // of equals by resource, as they come
                .toList();
        List<Funding> extensions = new ArrayList<>();
        Tree tree = state.tree();
        for (Commitment commitment : wanting) {
            Money has = commitment.committed(start);
            Money available = tree.available(commitment.project()).plus(has);
            Commitment funded = commitment.fundedTo(affordableUntil(commitment, state.period(), available));
            extensions.add(new Funding(commitment.resource(), funded.until()));
            Money more = funded.committed(start).minus(has);
            tree = tree.using(commitment.project(), Usage.ofCommitted(more));
        }
        return extensions;
    }

    /** What a commitment may use: what it has, and what its path leaves. */
    static Money available(BudgetState state, Commitment commitment) {
        return state.tree().available(commitment.project()).plus(state.committed(commitment.resource()));
    }

    static BudgetState funded(BudgetState state, List<Funding> fundings) {
        BudgetState next = state;
        for (Funding funding : fundings) {
            Optional<Commitment> commitment = next.commitment(funding.resource());
            if (commitment.isPresent()) {
                next = next.with(commitment.get().fundedTo(funding.until()));
            }
        }
        return next;
    }

    static BudgetState renewed(BudgetState state, Period period, List<Funding> refused) {
        Map<String, Instant> untils = refused.stream()
                .collect(Collectors.toMap(Funding::resource, Funding::until, (a, b) -> b, TreeMap::new));
        return opened(state, period, untils, period.end());
    }

    /**
     * The new period, with nothing spent, and each commitment funded up to its instant, or else the given one. What has
     * come to cost nothing stays for one period more, for its last bill.
     */
    private static BudgetState opened(BudgetState state, Period period, Map<String, Instant> untils, Instant other) {
        SortedMap<String, Commitment> commitments = new TreeMap<>();
        Watch watch = state.watch().inNewPeriod();
        for (Commitment old : state.commitments().values()) {
            if (!old.isOver(state.period().start())) {
                commitments.put(old.resource(), old.fundedTo(untils.getOrDefault(old.resource(), other)));
            } else {
                watch = watch.without(old.resource());
            }
        }
        return state.with(period)
                .spentNothing()
                .with(watch)
                .with(TreePMap.fromSortedMap(commitments))
                .summed();
    }

    private static List<Closing> closings(BudgetState state) {
        List<Closing> closings = new ArrayList<>();
        for (Node node : state.tree().nodes().values()) {
            if (node.isRoot()) {
                Usage usage = state.usageOf(node.id());
                closings.add(new Closing(node.id(), usage.total(), usage.committed()));
            }
        }
        return closings;
    }

    private static String text(String tree, List<Funding> refused) {
        String named = refused.stream()
                .limit(NAMED_MAX)
                .map(r -> r.resource() + " (money until " + r.until() + ")")
                .collect(Collectors.joining(", "));
        int more = refused.size() - NAMED_MAX;
        return tree + ": no money to renew, to be drained in this order: " + named
                + (more > 0 ? ", and " + more + " more" : "");
    }
}
