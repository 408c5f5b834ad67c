package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.OpenProposal;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.provisioning.SpotCommand.ReportMarkets;
import io.novacron.zeroops.agents.provisioning.SpotCommand.Settle;
import io.novacron.zeroops.agents.provisioning.SpotCommand.Tick;
import io.novacron.zeroops.agents.provisioning.SpotEvent.ChangeEnded;
import io.novacron.zeroops.agents.provisioning.SpotEvent.ProposalDoubted;
import io.novacron.zeroops.agents.provisioning.SpotEvent.ProposalHanded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps a service of so many instances on spot capacity, in several markets, and on demand what these do not have. Each market is a
 * workload of its own, and each change of one is a proposal like any other; {@link SpotPlan} says which.
 *
 * <pre>
 * at rest  --report: missing, surplus, under notice, cheaper elsewhere--> proposed   (each market by itself)
 * proposed --decision answers--> handed;        --refused--> rests;  --deadline--> asks again, at ASKS_MAX: rests
 * handed   --decision ended--> at rest, or rests where nothing came of it;  --deadline--> asks again
 * </pre>
 *
 * While one market rests the next choice is taken: with the next report, which is never far.
 */
public record SpotAgent(SpotServicePolicy policy) implements Agent<Command, SpotEvent, SpotState> {

    @Override
    public SpotState initial() {
        return SpotState.INITIAL;
    }

    @Override
    public SpotState apply(SpotState state, SpotEvent event) {
        return event.applyTo(state);
    }

    @Override
    public Result<SpotEvent> decide(SpotState state, Command command, Instant now) {
        if (command instanceof ReportMarkets report) {
            String defect = report.defect();
            return defect.isEmpty()
                    ? new Result<>(new SpotPlan(policy, state, report, now).due(), Reply.DONE)
                    : Result.refused(defect);
        } else if (command instanceof DecisionEnded ended) {
            return out(state, open -> open.decision().equals(ended.decision()))
                    .map(market -> Result.of(ended(
                            state,
                            market,
                            now,
                            Optional.of(ended.verdict()),
                            ended.constraint(),
                            Optional.of(ended.change()))))
                    .orElseGet(Result::nothing); // a repeat
        } else if (command instanceof Settle settle) {
            return onSettle(state, settle, now);
        } else if (command instanceof Tick) {
            return onTick(state, now);
        }
        return Result.refused("unknown_command"); // SpotAgentTest walks the permitted subclasses
    }

    /** The market whose open proposal is so. */
    private static Optional<String> out(SpotState state, Predicate<OpenProposal> which) {
        return state.markets().entrySet().stream()
                .filter(entry -> entry.getValue().open().filter(which).isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Result<SpotEvent> onSettle(SpotState state, Settle settle, Instant now) {
        Optional<String> pending =
                out(state, open -> !open.handed() && open.effectId().equals(settle.effectId()));
        if (pending.isEmpty()) {
            return Result.refused("not_pending");
        }
        String market = pending.get();
        if (settle.outcome() instanceof Outcome.Succeeded succeeded) {
            return Result.of(
                    succeeded.answer() instanceof Progress.Ended ended
                            ? ended(
                                    state,
                                    market,
                                    now,
                                    Optional.of(ended.verdict()),
                                    ended.constraint(),
                                    Optional.of(ended.change()))
                            : new ProposalHanded(now, market, now.plus(policy.patience())));
        } else if (settle.outcome() instanceof Outcome.Failed failed && !failed.retryable()) {
            return Result.of(ended(state, market, now, Optional.empty(), failed.code(), Optional.empty()));
        }
        return Result.nothing(); // still pending: the host tries again until the deadline
    }

    private Result<SpotEvent> onTick(SpotState state, Instant now) {
        List<SpotEvent> events = new ArrayList<>();
        state.markets().forEach((name, market) -> market.open()
                .filter(open -> open.isOverdue(now))
                .map(open -> open.isGivenUp()
                        ? ended(state, name, now, Optional.empty(), "decision_silent", Optional.empty())
                        : new ProposalDoubted(now, name, now.plus(policy.patience())))
                .ifPresent(events::add));
        return new Result<>(events, Reply.DONE);
    }

    /** What took instances away is left alone for a step, whatever is said of it: it rarely has any to give. */
    private SpotEvent ended(
            SpotState state,
            String name,
            Instant now,
            Optional<Verdict> verdict,
            String constraint,
            Optional<Change.Ended> change) {
        SpotMarket market = state.market(name);
        OpenProposal open = market.open().orElseThrow();
        boolean verified = change.filter(c -> c.end() == Change.End.VERIFIED).isPresent();
        int failures = verified ? 0 : Math.min(market.failures() + 1, SpotServicePolicy.DOUBLINGS_MAX + 1);
        Instant restUntil = verified ? now : now.plus(policy.restAfter(failures));
        Instant afterNotice = now.plus(policy.settings().step());
        boolean wasTaken = open.proposal().cause().equals(SpotPlan.NOTICE)
                && open.proposal().action().delta() < 0;
        return new ChangeEnded(
                now,
                name,
                open.decision(),
                verdict,
                constraint,
                change,
                failures,
                wasTaken && afterNotice.isAfter(restUntil) ? afterNotice : restUntil);
    }

    @Override
    public List<Effect> pending(SpotState state) {
        return state.markets().values().stream()
                .flatMap(market -> market.open().stream())
                .filter(open -> !open.handed())
                .<Effect>map(OpenProposal::effect)
                .toList();
    }

    @Override
    public Optional<Deadline<Command>> deadline(SpotState state) {
        return state.markets().values().stream()
                .flatMap(market -> market.open().stream())
                .map(OpenProposal::deadline)
                .min(Instant::compareTo)
                .map(at -> new Deadline<>(at, new Tick()));
    }

    @Override
    public Command settle(String effectId, Outcome outcome) {
        return new Settle(effectId, outcome);
    }
}
