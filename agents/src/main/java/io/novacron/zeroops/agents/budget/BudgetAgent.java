package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetCommand.Adopt;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.BudgetCommand.Reallocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.ReportAnomaly;
import io.novacron.zeroops.agents.budget.BudgetCommand.Settle;
import io.novacron.zeroops.agents.budget.BudgetCommand.Tick;
import io.novacron.zeroops.agents.budget.BudgetEvent.Allocated;
import io.novacron.zeroops.agents.budget.BudgetEvent.Committed;
import io.novacron.zeroops.agents.budget.BudgetEvent.HoldEnded;
import io.novacron.zeroops.agents.budget.BudgetEvent.HoldsLapsed;
import io.novacron.zeroops.agents.budget.BudgetEvent.Metered;
import io.novacron.zeroops.agents.budget.BudgetEvent.Noted;
import io.novacron.zeroops.agents.budget.BudgetEvent.PeriodRenewed;
import io.novacron.zeroops.agents.budget.BudgetEvent.Repricing;
import io.novacron.zeroops.agents.budget.BudgetState.Notice;
import io.novacron.zeroops.agents.budget.SpendCommand.SpendAnomalyRaised;
import io.novacron.zeroops.agents.budget.Watch.Draining;
import io.novacron.zeroops.agents.budget.Watch.News;
import io.novacron.zeroops.agents.budget.Watch.Out;
import io.novacron.zeroops.agents.budget.Watch.Reached;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the money of one tree of budgets: a single writer, so that "never exceeded" needs no distributed transaction.
 *
 * <pre>
 * limit --Hold--> reserved --Confirm--> committed --Meter--> spent
 *                    |  End, lapse         |  End: what was not achieved or was taken away, after the billing minimum
 *                    v                     v
 *                  limit                 limit            and each month all anew: see {@link Renewal}
 * </pre>
 *
 * What time has decided comes before any command: holds that lapsed no longer count, and a period that has ended is
 * closed first, with the command decided in the next one.
 *
 * @param tree the id of the tree, which names its notices
 */
public record BudgetAgent(String tree, BudgetPolicy policy) implements Agent<Command, BudgetEvent, BudgetState> {
    static final String OWNERS = "budget-owners";

    /** How often a silent decision is asked before the budget goes on without it. */
    static final int ASKS_MAX = 500;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What could not be shrunk is not tried again at once. */
    private static final int FAILED_RESTS = 10;

    @Override
    public BudgetState initial() {
        return BudgetState.INITIAL;
    }

    @Override
    public BudgetState apply(BudgetState state, BudgetEvent event) {
        return event.applyTo(state);
    }

    @Override
    public Result<BudgetEvent> decide(BudgetState state, Command command, Instant now) {
        List<BudgetEvent> events = new ArrayList<>();
        BudgetState current = state;
        List<String> lapsed = current.holds().lapsed(now);
        while (!lapsed.isEmpty()) {
            BudgetEvent gone = new HoldsLapsed(now, lapsed);
            events.add(gone);
            current = apply(current, gone);
            // No money of one period may be reserved in the next: with a period goes all that has lapsed, however much.
            lapsed = current.period().hasEnded(now) ? current.holds().lapsed(now) : List.of();
        }
        if (current.period().hasEnded(now)) {
            BudgetEvent renewed = Renewal.renew(tree, current, now, policy.noticePatience());
            events.add(renewed);
            current = apply(current, renewed);
        }
        Result<BudgetEvent> result = decideOn(current, command, now);
        for (BudgetEvent event : result.events()) {
            events.add(event);
            current = apply(current, event);
        }
        watch(current, events, now).ifPresent(events::add);
        return new Result<>(events, result.reply());
    }

    /** What has to be told of, or looked after, because of what has just happened. */
    private Optional<BudgetEvent> watch(BudgetState state, List<BudgetEvent> events, Instant now) {
        List<Reached> reached = Levels.reached(state, events, policy.levels());
        Draining draining = state.watch().draining();
        Optional<Draining> next = draining.out().isPresent()
                ? Optional.empty()
                : lookAt(state, events, reached, now)
                        .filter(at -> !at.isAfter(now)
                                || draining.lookAt().filter(at::equals).isEmpty())
                        .map(at ->
                                at.isAfter(now) ? draining.lookingAt(at) : new Drain(tree, policy, state, now).look());
        if (reached.isEmpty() && next.isEmpty()) {
            return Optional.empty();
        }
        List<Notice> notices = reached.isEmpty() || state.notices().size() >= BudgetState.NOTICES_MAX
                ? List.of()
                : List.of(Levels.notice(tree, state, reached, now, policy.noticePatience()));
        return Optional.of(new Noted(now, Optional.empty(), notices, reached, Optional.empty(), List.of(), next));
    }

    private Optional<Instant> lookAt(BudgetState state, List<BudgetEvent> events, List<Reached> reached, Instant now) {
        if (reached.stream().anyMatch(level -> level.isExpected() && level.percent() >= policy.scaleDownPercent())) {
            return Optional.of(now);
        }
        boolean isUnknown = state.watch().draining().lookAt().isEmpty();
        boolean isFunded = events.stream()
                .anyMatch(event -> event instanceof PeriodRenewed || (isUnknown && event instanceof Committed));
        return isFunded ? Drain.lookBefore(state, policy.drainAhead(), now) : Optional.empty();
    }

    private Result<BudgetEvent> decideOn(BudgetState state, Command command, Instant now) {
        if (command instanceof Hold hold) {
            return Admission.decide(state, hold, billableFrom(state, now), now, policy.scaleDownPercent());
        } else if (command instanceof Confirm confirm) {
            return onConfirm(state, confirm, billableFrom(state, now), now);
        } else if (command instanceof Adopt adopt) {
            return onAdopt(state, adopt, now);
        } else if (command instanceof End end) {
            return onEnd(state, end, now);
        } else if (command instanceof Meter meter) {
            return onMeter(state, meter, now);
        } else if (command instanceof Allocate allocate) {
            return onAllocate(state, allocate, now);
        } else if (command instanceof Reallocate reallocate) {
            return onReallocate(state, reallocate, now);
        } else if (command instanceof ReportAnomaly report) {
            return Anomalies.report(tree, policy, state, report.anomaly(), now);
        } else if (command instanceof DecisionEnded ended) {
            return onDecisionEnded(state, ended, now);
        } else if (command instanceof Settle settle) {
            return onSettle(state, settle, now);
        } else if (command instanceof Tick) {
            return onTick(state, now);
        }
        return Result.refused("unknown_command");
    }

    private Instant billableFrom(BudgetState state, Instant now) {
        return state.period().notBefore(now.minus(policy.clockTolerance()));
    }

    /** All at once, so that no bill comes between; what began before this period is paid from what it had. */
    private Result<BudgetEvent> onAdopt(BudgetState state, Adopt adopt, Instant now) {
        if (state.holds().isEnded(adopt.decision())) {
            return Result.nothing();
        }
        Instant from = billableFrom(state, now);
        Instant since = adopt.since().isBefore(from) ? adopt.since() : from;
        Result<BudgetEvent> held =
                Admission.decide(state, adopt.hold(), state.period().notBefore(since), now, policy.scaleDownPercent());
        if (!held.reply().accepted() || held.reply().answer() instanceof Vote.Reject) {
            return held;
        }
        BudgetState promised = state;
        for (BudgetEvent event : held.events()) {
            promised = apply(promised, event);
        }
        Result<BudgetEvent> confirmed = onConfirm(promised, new Confirm(adopt.decision()), since, now);
        if (!confirmed.reply().accepted()) {
            return confirmed;
        }
        List<BudgetEvent> events = new ArrayList<>(held.events());
        events.addAll(confirmed.events());
        return new Result<>(events, held.reply());
    }

    private Result<BudgetEvent> onConfirm(BudgetState state, Confirm confirm, Instant from, Instant now) {
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

    private Result<BudgetEvent> onEnd(BudgetState state, End end, Instant now) {
        Optional<Holds.Entry> hold = state.reservations().get(end.decision());
        boolean mayComeLate = end.until().isAfter(now) && !state.holds().isEnded(end.decision());
        if (hold.isEmpty() && !mayComeLate) {
            return Result.nothing();
        }
        BudgetState ended = state.ended(end.decision(), end.until(), now);
        Optional<Repricing> release =
                hold.filter(Holds.Entry::firm).flatMap(entry -> release(ended, entry.action(), end.achieved(), now));
        List<BudgetEvent> events = new ArrayList<>(List.of(new HoldEnded(now, end.decision(), end.until(), release)));
        own(state, end.decision()).ifPresent(out -> {
            int wanted = Math.abs(out.proposal().action().delta());
            events.add(drained(state, out, end.achieved() >= wanted, now));
        });
        return new Result<>(events, Result.nothing().reply());
    }

    /**
     * What did not come to be, or was taken away. Either way the provider may still bill it up to the billing minimum: an
     * instance that failed to serve ran, too.
     */
    private Optional<Repricing> release(BudgetState state, Action action, int achieved, Instant now) {
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

    private static Result<BudgetEvent> onMeter(BudgetState state, Meter meter, Instant now) {
        Optional<Commitment> commitment = state.commitment(meter.resource());
        if (commitment.isEmpty()) {
            return Result.refused("unknown_resource");
        } else if (meter.billed().micros() < 0 || meter.billed().exceeds(Node.LIMIT_MAX)) {
            return Result.refused("billed_out_of_range");
        } else if (meter.upTo().isAfter(now)) {
            return Result.refused("reading_in_the_future");
        } else if (!meter.upTo().isAfter(commitment.get().accountedTo())) {
            return Result.nothing();
        }
        return Result.of(metered(state, commitment.get(), meter, now));
    }

    /**
     * The part of a bill for time before this period was counted when that ended, and only what is more counts now. A
     * millionth of a dollar more than was committed is the biller's rounding, which would otherwise add up and break a
     * limit that is used to the full; beyond that, what was billed is what was spent.
     */
    private static Metered metered(BudgetState state, Commitment before, Meter meter, Instant now) {
        Instant start = state.period().start();
        Instant counted = meter.upTo().isBefore(start) ? meter.upTo() : start;
        Money earlier = before.cost(before.accountedTo(), counted);
        Commitment after = before.billedTo(meter.upTo());
        Money covered = before.committed(start).minus(after.committed(start));
        Money billed = meter.billed().minus(earlier).max(Money.ZERO);
        Money spent = billed.minus(covered).micros() == 1 ? covered : billed;
        Money overrun = spent.minus(covered).max(Money.ZERO);
        Money available = Renewal.available(state, before).minus(spent);
        Instant until = Renewal.affordableUntil(after, state.period(), available);
        return new Metered(now, meter.origin(), meter.resource(), meter.billed(), meter.upTo(), spent, overrun, until);
    }

    private static Result<BudgetEvent> onAllocate(BudgetState state, Allocate allocate, Instant now) {
        String defect = Allocation.defect(state, allocate);
        if (!defect.isEmpty()) {
            return Result.refused(defect);
        }
        Tree tree = state.tree().with(allocate.nodes());
        if (tree.equals(state.tree())) {
            return Result.nothing();
        }
        Period period = state.period().isOpen() ? state.period() : Period.containing(now);
        var funded = Renewal.extensions(state.with(period).with(tree).summed());
        return Result.of(new Allocated(now, allocate.person(), allocate.nodes(), period, funded));
    }

    private static Result<BudgetEvent> onReallocate(BudgetState state, Reallocate move, Instant now) {
        Optional<Node> from = state.tree().node(move.from());
        Optional<Node> to = state.tree().node(move.to());
        if (from.isEmpty() || to.isEmpty()) {
            return Result.refused("unknown_node");
        } else if (move.from().equals(move.to())) {
            return Result.refused("same_node");
        } else if (!from.get().parent().equals(to.get().parent())) {
            return Result.refused("not_siblings");
        } else if (!move.amount().isPositive() || move.amount().exceeds(Node.LIMIT_MAX)) {
            return Result.refused("limit_out_of_range");
        } else if (!from.get().limit().equals(move.fromLimit())) {
            return Result.refused("limit_changed");
        }
        Node less = from.get().withLimit(from.get().limit().minus(move.amount()));
        Node more = to.get().withLimit(to.get().limit().plus(move.amount()));
        return onAllocate(state, new Allocate(move.person(), List.of(less, more)), now);
    }

    /** Where the decision holds something here, its End tells the same, and may come before or after this. */
    private Result<BudgetEvent> onDecisionEnded(BudgetState state, DecisionEnded ended, Instant now) {
        boolean isHeld = state.reservations().get(ended.decision()).isPresent();
        return isHeld
                ? Result.nothing()
                : own(state, ended.decision())
                        .map(out -> Result.<BudgetEvent>of(
                                drained(state, out, ended.change().end() == Change.End.VERIFIED, now)))
                        .orElseGet(Result::nothing);
    }

    /** The proposal that is out, if it is this one. */
    private static Optional<Out> own(BudgetState state, String decision) {
        return state.watch().draining().out().filter(out -> out.proposal()
                .decision()
                .equals(decision));
    }

    /** Looks again soon: there may be more to shrink, or somebody else's turn. */
    private Noted drained(BudgetState state, Out out, boolean succeeded, Instant now) {
        Draining before = state.watch().draining();
        String failed = succeeded ? "" : out.proposal().action().resource();
        Duration rest = succeeded ? policy.drainRest() : policy.drainRest().multipliedBy(FAILED_RESTS);
        return Noted.draining(
                now, new Draining(before.sequence(), Optional.empty(), Optional.of(now.plus(rest)), failed));
    }

    private Result<BudgetEvent> onSettle(BudgetState state, Settle settle, Instant now) {
        Optional<Out> out = state.watch().draining().out().filter(o -> !o.handed());
        if (out.isPresent() && openId(out.get()).equals(settle.effectId())) {
            return onHanded(state, out.get(), settle.outcome(), now);
        } else if (!state.owes(settle.effectId())) {
            return Result.refused("not_pending");
        } else if (!settle.outcome().isFinal()) {
            return Result.nothing(); // still pending: the host tries again until the deadline
        }
        boolean delivered = settle.outcome() instanceof Outcome.Succeeded;
        return Result.of(Noted.closed(now, settle.effectId(), delivered));
    }

    private Result<BudgetEvent> onHanded(BudgetState state, Out out, Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Succeeded succeeded) {
            return Result.of(
                    succeeded.answer() instanceof Progress.Ended ended
                            ? drained(state, out, ended.change().end() == Change.End.VERIFIED, now)
                            : out(state, new Out(out.proposal(), out.asks(), true, now.plus(PATIENCE)), now));
        } else if (outcome instanceof Outcome.Failed failed && !failed.retryable()) {
            return Result.of(drained(state, out, false, now));
        }
        return Result.nothing();
    }

    private static Noted out(BudgetState state, Out next, Instant now) {
        Draining d = state.watch().draining();
        return Noted.draining(now, new Draining(d.sequence(), Optional.of(next), Optional.empty(), d.failed()));
    }

    private Result<BudgetEvent> onTick(BudgetState state, Instant now) {
        List<BudgetEvent> events = new ArrayList<>();
        state.overdue(now).forEach(id -> events.add(Noted.closed(now, id, false)));
        Draining draining = state.watch().draining();
        Optional<Out> out = draining.out().filter(o -> !now.isBefore(o.deadline()));
        if (out.isPresent()) {
            boolean isAsked = out.get().asks() < ASKS_MAX;
            Out again = new Out(out.get().proposal(), out.get().asks() + 1, false, now.plus(PATIENCE));
            events.add(isAsked ? out(state, again, now) : drained(state, out.get(), false, now));
        } else if (draining.out().isEmpty()
                && draining.lookAt().filter(at -> !now.isBefore(at)).isPresent()) {
            events.add(Noted.draining(now, new Drain(tree, policy, state, now).look()));
        }
        return new Result<>(events, Result.nothing().reply());
    }

    /** First what is to be done, then what is to be told, so that answers come one after the other; but no longer than one ask. */
    @Override
    public List<Effect> pending(BudgetState state) {
        List<Effect> pending = new ArrayList<>();
        Optional<Out> out = state.watch().draining().out().filter(o -> !o.handed());
        out.ifPresent(o -> pending.add(
                new Effect.Send(openId(o), DecisionAgent.address(o.proposal().decision()), new Open(o.proposal()))));
        if (out.filter(o -> o.asks() == 1).isEmpty()) {
            state.notices().forEach(n -> pending.add(new Effect.Notify(n.id(), OWNERS, n.text())));
        }
        for (News news : state.watch().news()) {
            pending.add(new Effect.Send(news.id(), news.to(), new SpendAnomalyRaised(news.anomaly())));
        }
        return pending;
    }

    private static String openId(Out out) {
        return out.proposal().decision() + "/open/" + out.asks();
    }

    @Override
    public Optional<Deadline<Command>> deadline(BudgetState state) {
        return state.nextDeadline().map(at -> new Deadline<>(at, new Tick()));
    }

    @Override
    public Command settle(String effectId, Outcome outcome) {
        return new Settle(effectId, outcome);
    }
}
