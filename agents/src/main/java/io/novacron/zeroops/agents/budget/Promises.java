package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetCommand.Adopt;
import io.novacron.zeroops.agents.budget.BudgetEvent.Committed;
import io.novacron.zeroops.agents.budget.BudgetEvent.HoldEnded;
import io.novacron.zeroops.agents.budget.BudgetEvent.Repricing;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of money that was reserved: it is committed, and given back where it was not needed. */
final class Promises {
    private Promises() {}

    /** Since when what is promised now may be billed; see {@link BudgetPolicy#clockTolerance}. */
    static Instant billableFrom(BudgetPolicy policy, BudgetState state, Instant now) {
        return state.period().notBefore(now.minus(policy.clockTolerance()));
    }

    /** All at once, so that no bill comes between; what began before this period is paid from what it had. */
    static Result<BudgetEvent> adopt(BudgetPolicy policy, BudgetState state, Adopt adopt, Instant now) {
        if (state.holds().isEnded(adopt.decision())) {
            return Result.nothing();
        }
        Instant from = billableFrom(policy, state, now);
        Instant since = adopt.since().isBefore(from) ? adopt.since() : from;
        Result<BudgetEvent> held =
                Admission.decide(state, adopt.hold(), state.period().notBefore(since), now, policy.scaleDownPercent());
        if (!held.reply().accepted() || held.reply().answer() instanceof Vote.Reject) {
            return held;
        }
        BudgetState promised = state;
        for (BudgetEvent event : held.events()) {
            promised = event.applyTo(promised);
        }
        Result<BudgetEvent> confirmed = confirm(promised, new Confirm(adopt.decision()), since, now);
        if (!confirmed.reply().accepted()) {
            return confirmed;
        }
        List<BudgetEvent> events = new ArrayList<>(held.events());
        events.addAll(confirmed.events());
        return new Result<>(events, held.reply());
    }

    static Result<BudgetEvent> confirm(BudgetState state, Confirm confirm, Instant from, Instant now) {
        Optional<Holds.Entry> hold = state.holds().held(confirm.decision(), now);
        if (hold.isEmpty()) {
            return Result.refused("not_held");
        } else if (hold.get().firm()) {
            return Result.nothing();
        }
        Action action = hold.get().action();
        if (!action.costAddedPerHour().isPositive()) {
            return Result.of(new Committed(now, confirm.decision(), Optional.empty()));
        }
        Commitment before =
                state.commitment(action.resource()).orElse(Commitment.none(action.resource(), action.project(), from));
        if (!before.project().equals(action.project())) {
            return Result.refused("project_mismatch"); // another hold was faster; this one lapses
        }
        // It was reserved from an earlier instant on, and so is enough: also where bills have broken the limit
        // meanwhile.
        Money reserved = state.reservations().amount(confirm.decision());
        Money promised = state.committed(action.resource()).plus(reserved);
        Money available = Renewal.available(state, before).plus(reserved).max(promised);
        Repricing growth = repricing(state, before, from, action.costAddedPerHour(), available);
        return Result.of(new Committed(now, confirm.decision(), Optional.of(growth)));
    }

    /** Empty if there is nothing that could end, or still come. */
    static Optional<HoldEnded> end(BudgetPolicy policy, BudgetState state, End end, Instant now) {
        Optional<Holds.Entry> hold = state.reservations().get(end.decision());
        boolean mayComeLate = end.until().isAfter(now) && !state.holds().isEnded(end.decision());
        if (hold.isEmpty() && !mayComeLate) {
            return Optional.empty();
        }
        BudgetState ended = state.ended(end.decision(), end.until(), now);
        Optional<Repricing> release = hold.filter(Holds.Entry::firm)
                .flatMap(entry -> release(policy, ended, entry.action(), end.achieved(), now));
        return Optional.of(new HoldEnded(now, end.decision(), end.until(), release));
    }

    /**
     * What did not come to be, or was taken away. Either way the provider may still bill it up to the billing minimum: an
     * instance that failed to serve ran, too.
     */
    private static Optional<Repricing> release(
            BudgetPolicy policy, BudgetState state, Action action, int achieved, Instant now) {
        int size = Math.abs(action.delta());
        int done = Math.min(Math.max(0, achieved), size);
        Money perHour = action.unitCostPerHour().times(action.delta() > 0 ? size - done : done);
        return state.commitment(action.resource())
                .map(c -> repricing(
                        state,
                        c,
                        now.plus(policy.billingMinimum()),
                        Money.ZERO.minus(perHour.min(c.finalRatePerHour())),
                        Renewal.available(state, c)))
                .filter(r -> !r.perHour().equals(Money.ZERO));
    }

    private static Repricing repricing(
            BudgetState state, Commitment before, Instant from, Money perHour, Money available) {
        Instant until = Renewal.affordableUntil(before.changed(from, perHour), state.period(), available);
        return new Repricing(before.resource(), before.project(), from, perHour, until);
    }
}
