package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetCommand.Adopt;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.BudgetCommand.Reallocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.ReportAnomaly;
import io.novacron.zeroops.agents.budget.BudgetCommand.Settle;
import io.novacron.zeroops.agents.budget.BudgetCommand.Tick;
import io.novacron.zeroops.agents.budget.BudgetEvent.HoldsLapsed;
import io.novacron.zeroops.agents.budget.BudgetEvent.Noted;
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
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
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
        Optional<Draining> next = new Drainage(tree, policy, state, now).after(events, reached);
        if (reached.isEmpty() && next.isEmpty()) {
            return Optional.empty();
        }
        List<Notice> notices = reached.isEmpty() || state.notices().size() >= BudgetState.NOTICES_MAX
                ? List.of()
                : List.of(Levels.notice(tree, state, reached, now, policy.noticePatience()));
        return Optional.of(new Noted(now, Optional.empty(), notices, reached, Optional.empty(), List.of(), next));
    }

    private Result<BudgetEvent> decideOn(BudgetState state, Command command, Instant now) {
        if (command instanceof Hold hold) {
            return Admission.decide(
                    state, hold, Promises.billableFrom(policy, state, now), now, policy.scaleDownPercent());
        } else if (command instanceof Confirm confirm) {
            return Promises.confirm(state, confirm, Promises.billableFrom(policy, state, now), now);
        } else if (command instanceof Adopt adopt) {
            return Promises.adopt(policy, state, adopt, now);
        } else if (command instanceof End end) {
            return onEnd(state, end, now);
        } else if (command instanceof Meter meter) {
            return Metering.decide(state, meter, now);
        } else if (command instanceof Allocate allocate) {
            return Allocation.allocate(state, allocate, now);
        } else if (command instanceof Reallocate reallocate) {
            return Allocation.reallocate(state, reallocate, now);
        } else if (command instanceof ReportAnomaly report) {
            return Anomalies.report(tree, policy, state, report.anomaly(), now);
        } else if (command instanceof DecisionEnded ended) {
            return new Drainage(tree, policy, state, now).decisionEnded(ended);
        } else if (command instanceof Settle settle) {
            return onSettle(state, settle, now);
        } else if (command instanceof Tick) {
            return onTick(state, now);
        }
        return Result.refused("unknown_command");
    }

    private Result<BudgetEvent> onEnd(BudgetState state, End end, Instant now) {
        List<BudgetEvent> events = new ArrayList<>();
        Promises.end(policy, state, end, now).ifPresent(ended -> {
            events.add(ended);
            new Drainage(tree, policy, state, now).ended(end).ifPresent(events::add);
        });
        return new Result<>(events, Result.nothing().reply());
    }

    private Result<BudgetEvent> onSettle(BudgetState state, Settle settle, Instant now) {
        Optional<Out> out = Drainage.toTell(state);
        if (out.isPresent() && Drainage.effectId(out.get()).equals(settle.effectId())) {
            return new Drainage(tree, policy, state, now).handed(out.get(), settle.outcome());
        } else if (!state.owes(settle.effectId())) {
            return Result.refused("not_pending");
        } else if (!settle.outcome().isFinal()) {
            return Result.nothing(); // still pending: the host tries again until the deadline
        }
        boolean delivered = settle.outcome() instanceof Outcome.Succeeded;
        return Result.of(Noted.closed(now, settle.effectId(), delivered));
    }

    private Result<BudgetEvent> onTick(BudgetState state, Instant now) {
        List<BudgetEvent> events = new ArrayList<>();
        state.overdue(now).forEach(id -> events.add(Noted.closed(now, id, false)));
        new Drainage(tree, policy, state, now).due().ifPresent(events::add);
        return new Result<>(events, Result.nothing().reply());
    }

    /** First what is to be done, then what is to be told, so that answers come one after the other; but no longer than one ask. */
    @Override
    public List<Effect> pending(BudgetState state) {
        List<Effect> pending = new ArrayList<>();
        Optional<Out> out = Drainage.toTell(state);
        out.map(Drainage::tell).ifPresent(pending::add);
        if (out.filter(o -> o.asks() == 1).isEmpty()) {
            state.notices().forEach(n -> pending.add(new Effect.Notify(n.id(), OWNERS, n.text())));
        }
        for (News news : state.watch().news()) {
            pending.add(new Effect.Send(news.id(), news.to(), new SpendAnomalyRaised(news.anomaly())));
        }
        return pending;
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
