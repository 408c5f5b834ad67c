package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetEvent.Reserved;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether there is money for an action, from now to the end of the period, and what is held for it. Looks at the path of
 * one project only; but for a {@link Priority#P0} that does not fit, which looks at all tentative holds.
 */
final class Admission {
    static final String LIMIT = "budget_limit";

    private Admission() {}

    /** @param from since when it may be billed; see {@link BudgetPolicy#clockTolerance} */
    static Result<BudgetEvent> decide(BudgetState state, Hold hold, Instant from, Instant now, int scaleDownPercent) {
        String defect = hold.action().defect();
        if (!now.isBefore(hold.until())) {
            return Result.refused("too_late");
        } else if (state.holds().isEnded(hold.decision())) {
            return Result.refused("decision_ended");
        } else if (!defect.isEmpty()) {
            return Result.refused(defect);
        }
        return state.reservations()
                .get(hold.decision())
                .map(open -> Result.<BudgetEvent>answered(open.vote()))
                .orElseGet(() -> admit(state, hold, from, now, scaleDownPercent));
    }

    private static Result<BudgetEvent> admit(
            BudgetState state, Hold hold, Instant from, Instant now, int scaleDownPercent) {
        Action action = hold.action();
        if (state.reservations().isFull()) {
            return Result.refused("too_many_holds");
        } else if (state.tree().node(action.project()).isEmpty()) {
            return reject("unknown_project", "no such budget: " + action.project());
        } else if (!action.costAddedPerHour().isPositive()) {
            return promise(hold, action, Vote.ACCEPT, now, hold.until(), Money.ZERO, List.of());
        }
        var commitment = state.commitment(action.resource());
        if (commitment.isEmpty() && state.commitments().size() >= BudgetState.COMMITMENTS_MAX) {
            return Result.refused("too_many_resources");
        } else if (commitment.isPresent() && !commitment.get().project().equals(action.project())) {
            return reject(
                    "project_mismatch",
                    action.resource() + " is paid by " + commitment.get().project());
        } else if (commitment.isPresent() && commitment.get().changes().size() >= Commitment.CHANGES_MAX) {
            return reject("meter_overdue", action.resource() + " was not billed over too many changes");
        }
        Money rate = commitment.map(Commitment::finalRatePerHour).orElse(Money.ZERO);
        if (rate.plus(action.costAddedPerHour()).exceeds(Rates.PER_HOUR_MAX)) {
            return reject(LIMIT, action.resource() + " would cost more than " + Rates.PER_HOUR_MAX + " per hour");
        }
        var near = Drain.restrains(state, action.project(), scaleDownPercent);
        if (near.isPresent() && hold.priority() != Priority.P0) {
            return reject(
                    Drain.CONSTRAINT,
                    near.get().id() + " is at " + scaleDownPercent + " % of its limit "
                            + near.get().limit() + " or above: what is left is for work more important than "
                            + action.project());
        }
        return grow(state, hold, from, now);
    }

    private static Result<BudgetEvent> grow(BudgetState state, Hold hold, Instant from, Instant now) {
        Action action = hold.action();
        Instant end = state.period().end();
        Money needed = Rates.cost(action.costAddedPerHour(), from, end);
        Money available = state.tree().available(action.project());
        Instant lapsesAt = hold.until().isBefore(end) ? hold.until() : end;
        if (!needed.exceeds(available)) {
            return promise(hold, action, Vote.ACCEPT, now, lapsesAt, needed, List.of());
        }
        List<String> preempted = hold.priority() == Priority.P0 ? preempted(state, hold, needed) : List.of();
        if (!preempted.isEmpty()) {
            return promise(hold, action, Vote.ACCEPT, now, lapsesAt, needed, preempted);
        }
        int number = Rates.affordable(available, action.unitCostPerHour(), from, end, action.delta());
        String detail = detail(state, action.project(), needed);
        if (number == 0) {
            return reject(LIMIT, detail);
        }
        Action lessened = action.withTo(action.from() + number);
        Money amount = Rates.cost(lessened.costAddedPerHour(), from, end);
        return promise(
                hold, lessened, new Vote.Counter(lessened.to(), LIMIT, detail), now, lapsesAt, amount, List.of());
    }

    /** The tentative holds, the least urgent first, that would have to go to make room; empty if that is not enough. */
    private static List<String> preempted(BudgetState state, Hold hold, Money needed) {
        Map<String, Money> lacking = new TreeMap<>();
        for (Node node : state.tree().path(hold.action().project())) {
            lacking.put(node.id(), needed.minus(state.tree().headroom(node)));
        }
        List<String> preempted = new ArrayList<>();
        for (var other : lessUrgent(state, hold.priority())) {
            lacking.values().removeIf(money -> !money.isPositive());
            List<String> shared = state.tree().path(other.getValue().action().project()).stream()
                    .map(Node::id)
                    .filter(lacking::containsKey)
                    .toList();
            if (!shared.isEmpty()) {
                Money amount = state.reservations().amount(other.getKey());
                shared.forEach(node -> lacking.computeIfPresent(node, (n, money) -> money.minus(amount)));
                preempted.add(other.getKey());
            }
        }
        return lacking.values().stream().anyMatch(Money::isPositive) ? List.of() : preempted;
    }

    private static List<Map.Entry<String, Holds.Entry>> lessUrgent(BudgetState state, Priority priority) {
        return state.reservations().amounts().entrySet().stream()
                .filter(reserved -> reserved.getValue().isPositive())
                .flatMap(reserved ->
                        state.holds().get(reserved.getKey()).stream().map(hold -> Map.entry(reserved.getKey(), hold)))
                .filter(open -> priority.isAbove(open.getValue().priority()))
                .sorted(Comparator.comparing(
                                (Map.Entry<String, Holds.Entry> open) ->
                                        open.getValue().priority(),
                                Comparator.reverseOrder())
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    private static String detail(BudgetState state, String project, Money needed) {
        return state.tree()
                .tightest(project)
                .map(node -> node.id() + ": " + needed + " needed to the end of the period, limit " + node.limit()
                        + ", " + state.usageOf(node.id()))
                .orElse(project);
    }

    private static Result<BudgetEvent> promise(
            Hold hold, Action action, Vote vote, Instant now, Instant lapsesAt, Money amount, List<String> preempted) {
        return Result.<BudgetEvent>of(new Reserved(
                        now, hold.decision(), action, hold.priority(), vote, hold.until(), lapsesAt, amount, preempted))
                .answering(vote);
    }

    private static Result<BudgetEvent> reject(String constraint, String detail) {
        return Result.answered(new Vote.Reject(constraint, detail));
    }
}
