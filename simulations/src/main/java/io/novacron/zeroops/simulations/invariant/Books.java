package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetEvent.Committed;
import io.novacron.zeroops.agents.budget.BudgetEvent.HoldEnded;
import io.novacron.zeroops.agents.budget.BudgetEvent.HoldsLapsed;
import io.novacron.zeroops.agents.budget.BudgetEvent.Metered;
import io.novacron.zeroops.agents.budget.BudgetEvent.Reserved;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Commitment;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.fleet.Observed;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The money per hour of each resource, kept a second time: from which promise became firm, and from what the decision's
 * verdict says was achieved, never from the amounts in the budget's events. A budget that counts anything twice, or not at
 * all, still adds up by itself; it does not add up with these.
 */
final class Books {
    private record Line(Action action, boolean firm) {}

    private final Verdicts verdicts;
    private final Decisions decisions;
    private final Map<String, Line> open = new TreeMap<>(); // by decision
    private final Set<String> promised = new HashSet<>(); // never iterated
    private final Map<String, Money> perHour = new TreeMap<>(); // by resource
    private final Map<String, Money> unitCosts = new HashMap<>(); // by resource; never iterated

    Books(Verdicts verdicts, Decisions decisions) {
        this.verdicts = verdicts;
        this.decisions = decisions;
    }

    /** @param whole whether to compare all resources, rather than those that these events concern */
    void saw(List<BudgetEvent> events, BudgetState after, boolean whole, Instant at) {
        Set<String> concerned = new TreeSet<>();
        for (BudgetEvent event : events) {
            concern(event, concerned);
            if (event instanceof Reserved reserved) {
                reserved(reserved, at);
            } else if (event instanceof Committed committed) {
                committed(committed.decision(), at);
            } else if (event instanceof HoldEnded ended) {
                ended(ended.decision(), at);
            } else if (event instanceof HoldsLapsed lapsed) {
                lapsed.decisions().forEach(decision -> gone(decision, at));
            }
        }
        if (whole) {
            concerned.addAll(perHour.keySet());
            concerned.addAll(after.commitments().keySet());
        }
        concerned.forEach(resource -> agree(resource, after, at));
    }

    /** The resources whose money an event moves, by the holds that it names as well as by what it says itself. */
    private void concern(BudgetEvent event, Set<String> resources) {
        if (event instanceof Committed committed) {
            committed.growth().ifPresent(growth -> resources.add(growth.resource()));
            concern(committed.decision(), resources);
        } else if (event instanceof HoldEnded ended) {
            ended.release().ifPresent(release -> resources.add(release.resource()));
            concern(ended.decision(), resources);
        } else if (event instanceof Metered metered) {
            resources.add(metered.resource());
        }
    }

    private void concern(String decision, Set<String> resources) {
        Line line = open.get(decision);
        if (line != null) {
            resources.add(line.action().resource());
        }
    }

    private void reserved(Reserved event, Instant at) {
        verdicts.check(promised.add(event.decision()), at, () -> event.decision() + " was promised money twice");
        event.preempted().forEach(decision -> gone(decision, at));
        open.put(event.decision(), new Line(event.action(), false));
    }

    private void committed(String decision, Instant at) {
        Line line = open.get(decision);
        verdicts.check(line != null, at, () -> decision + " got money that was not promised");
        if (line != null) {
            verdicts.check(!line.firm(), at, () -> decision + " got its money twice");
            open.put(decision, new Line(line.action(), true));
            add(line.action(), line.action().costAddedPerHour());
        }
    }

    private void ended(String decision, Instant at) {
        Line line = open.remove(decision);
        if (line == null || !line.firm()) {
            return;
        }
        Action action = line.action();
        int size = Math.abs(action.delta());
        OptionalInt achieved = decisions.isKnown(decision) ? decisions.achieved(decision) : OptionalInt.of(size);
        verdicts.check(achieved.isPresent(), at, () -> decision + " gave its money back before its verdict");
        int done = Math.min(size, achieved.orElse(0));
        add(action, action.unitCostPerHour().times(action.delta() > 0 ? done - size : -done));
    }

    /** Lapsed or preempted: which only what is not firm can be. */
    private void gone(String decision, Instant at) {
        Line line = open.remove(decision);
        verdicts.check(line == null || !line.firm(), at, () -> decision + " lost money that was firmly its own");
    }

    private void add(Action action, Money more) {
        unitCosts.put(action.resource(), action.unitCostPerHour());
        perHour.merge(action.resource(), more, (before, m) -> before.plus(m).max(Money.ZERO));
        perHour.computeIfPresent(action.resource(), (r, rate) -> rate.max(Money.ZERO));
    }

    private void agree(String resource, BudgetState budget, Instant at) {
        Money rate = perHour.get(resource);
        Money committed = rate(budget, resource);
        verdicts.check(
                rate != null || budget.commitment(resource).isEmpty(),
                at,
                () -> resource + " has money that nobody decided on");
        verdicts.check(
                rate == null || committed.equals(rate),
                at,
                () -> resource + " has " + committed + " per hour, by what was decided and done " + rate);
    }

    private static Money rate(BudgetState budget, String resource) {
        return budget.commitment(resource).map(Commitment::finalRatePerHour).orElse(Money.ZERO);
    }

    /** At the end: every hold was given back, and what runs is paid for. What nobody could find out keeps its money. */
    void settled(Observed truth, int lost, Instant at) {
        Money paid = perHour.getOrDefault(truth.resource(), Money.ZERO);
        Money unit = unitCosts.getOrDefault(truth.resource(), Money.ZERO);
        Money running = unit.times(truth.instances() + truth.booting());
        boolean known = !decisions.isInDoubt(truth.resource());
        verdicts.check(
                !running.exceeds(paid),
                at,
                () -> truth.resource() + " runs at " + running + " per hour, and only " + paid + " is committed");
        verdicts.check(
                !known || !paid.exceeds(running.plus(unit.times(lost))),
                at,
                () -> truth.resource() + " runs at " + running + " per hour, but " + paid + " is committed");
    }
}
