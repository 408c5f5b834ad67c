package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetEvent.Committed;
import io.novacron.zeroops.agents.budget.BudgetEvent.Noted;
import io.novacron.zeroops.agents.budget.BudgetEvent.PeriodRenewed;
import io.novacron.zeroops.agents.budget.Watch.Draining;
import io.novacron.zeroops.agents.budget.Watch.Out;
import io.novacron.zeroops.agents.budget.Watch.Reached;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The way of the one proposal to shrink, from when {@link Drain} chooses it to what became of it; one state at one instant. */
final class Drainage {
    /** How often a silent decision is asked before the budget goes on without it. */
    static final int ASKS_MAX = 500;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What could not be shrunk is not tried again at once. */
    private static final int FAILED_RESTS = 10;

    private final String tree;
    private final BudgetPolicy policy;
    private final BudgetState state;
    private final Instant now;

    Drainage(String tree, BudgetPolicy policy, BudgetState state, Instant now) {
        this.tree = tree;
        this.policy = policy;
        this.state = state;
        this.now = now;
    }

    /** Whether to look, now or later, because of what has just happened; empty where that stays as it is. */
    Optional<Draining> after(List<BudgetEvent> events, List<Reached> reached) {
        Draining draining = state.watch().draining();
        return draining.out().isPresent()
                ? Optional.empty()
                : lookAt(events, reached)
                        .filter(at -> !at.isAfter(now)
                                || draining.lookAt().filter(at::equals).isEmpty())
                        .map(at ->
                                at.isAfter(now) ? draining.lookingAt(at) : new Drain(tree, policy, state, now).look());
    }

    private Optional<Instant> lookAt(List<BudgetEvent> events, List<Reached> reached) {
        if (reached.stream().anyMatch(level -> level.isExpected() && level.percent() >= policy.scaleDownPercent())) {
            return Optional.of(now);
        }
        boolean isUnknown = state.watch().draining().lookAt().isEmpty();
        boolean isFunded = events.stream()
                .anyMatch(event -> event instanceof PeriodRenewed || (isUnknown && event instanceof Committed));
        return isFunded ? Drain.lookBefore(state, policy.drainAhead(), now) : Optional.empty();
    }

    /** Where the decision holds something here, its End tells the same, and may come before or after this. */
    Result<BudgetEvent> decisionEnded(DecisionEnded ended) {
        boolean isHeld = state.reservations().get(ended.decision()).isPresent();
        return isHeld
                ? Result.nothing()
                : own(ended.decision())
                        .map(out -> Result.<BudgetEvent>of(
                                drained(out, ended.change().end() == Change.End.VERIFIED)))
                        .orElseGet(Result::nothing);
    }

    /** The proposal that is out, if it is this one. */
    private Optional<Out> own(String decision) {
        return state.watch().draining().out().filter(out -> out.proposal()
                .decision()
                .equals(decision));
    }

    /** Looks again soon: there may be more to shrink, or somebody else's turn. */
    private Noted drained(Out out, boolean succeeded) {
        Draining before = state.watch().draining();
        String failed = succeeded ? "" : out.proposal().action().resource();
        Duration rest = succeeded ? policy.drainRest() : policy.drainRest().multipliedBy(FAILED_RESTS);
        return Noted.draining(
                now, new Draining(before.sequence(), Optional.empty(), Optional.of(now.plus(rest)), failed));
    }

    /** @param out whose decision was told or asked, and has answered so */
    Result<BudgetEvent> handed(Out out, Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded succeeded) {
            return Result.of(
                    succeeded.answer() instanceof Progress.Ended ended
                            ? drained(out, ended.change().end() == Change.End.VERIFIED)
                            : out(new Out(out.proposal(), out.asks(), true, now.plus(PATIENCE))));
        } else if (outcome instanceof Outcome.Failed failed && !failed.retryable()) {
            return Result.of(drained(out, false));
        }
        return Result.nothing();
    }

    private Noted out(Out next) {
        Draining d = state.watch().draining();
        return Noted.draining(now, new Draining(d.sequence(), Optional.of(next), Optional.empty(), d.failed()));
    }

    /** What its deadline calls for. */
    Optional<BudgetEvent> due() {
        Draining draining = state.watch().draining();
        Optional<Out> out = draining.out().filter(o -> !now.isBefore(o.deadline()));
        if (out.isPresent()) {
            boolean isAsked = out.get().asks() < ASKS_MAX;
            Out again = new Out(out.get().proposal(), out.get().asks() + 1, false, now.plus(PATIENCE));
            return Optional.of(isAsked ? out(again) : drained(out.get(), false));
        }
        return draining.out().isEmpty()
                        && draining.lookAt().filter(at -> !now.isBefore(at)).isPresent()
                ? Optional.of(Noted.draining(now, new Drain(tree, policy, state, now).look()))
                : Optional.empty();
    }

    /** What its decision gives back tells how it ended. */
    Optional<BudgetEvent> ended(End end) {
        return own(end.decision()).map(out -> {
            int wanted = Math.abs(out.proposal().action().delta());
            return drained(out, end.achieved() >= wanted);
        });
    }

    /** The proposal that its decision is to be told of. */
    static Optional<Out> toTell(BudgetState state) {
        return state.watch().draining().out().filter(out -> !out.handed());
    }

    static Effect tell(Out out) {
        return new Effect.Send(
                effectId(out), DecisionAgent.address(out.proposal().decision()), new Open(out.proposal()));
    }

    static String effectId(Out out) {
        return out.proposal().decision() + "/open/" + out.asks();
    }
}
