package io.novacron.zeroops.agents.scaling;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportUse;
import io.novacron.zeroops.agents.scaling.ScalerCommand.Settle;
import io.novacron.zeroops.agents.scaling.ScalerCommand.Tick;
import io.novacron.zeroops.agents.scaling.ScalerEvent.ProposalDoubted;
import io.novacron.zeroops.agents.scaling.ScalerEvent.ProposalHanded;
import io.novacron.zeroops.agents.scaling.ScalerEvent.ScalingEnded;
import io.novacron.zeroops.agents.scaling.ScalerEvent.ScalingProposed;
import io.novacron.zeroops.agents.scaling.ScalerState.Out;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Scales one workload. The floor is what the load needs now, load / SLO-safe capacity; the forecast may only ask for
 * more; a workload that may have no instance has none once it was idle for long, and is woken by the first request. One
 * proposal is out at a time: the workload takes one change at a time, and each is decided on fresh facts.
 *
 * <pre>
 * idle     --demand: too few, too many--> proposed   (not while it rests)
 * proposed --decision answers--> handed;             --refused--> idle;  --deadline--> asks again, at ASKS_MAX: idle
 * handed   --decision ended--> idle;                 --deadline--> asks again
 * </pre>
 */
public record ScalerAgent(ScalerPolicy policy) implements Agent<Command, ScalerEvent, ScalerState> {

    /** How often a silent decision is asked before the scaler goes on without it; the slot keeps changes apart. */
    public static final int ASKS_MAX = 500;

    /** After a scale-in that came to nothing, so many rests pass before the next. */
    public static final int RESTS_TO_SHRINK = 12;

    @Override
    public ScalerState initial() {
        return ScalerState.INITIAL;
    }

    @Override
    public ScalerState apply(ScalerState state, ScalerEvent event) {
        return event.applyTo(state);
    }

    @Override
    public Result<ScalerEvent> decide(ScalerState state, Command command, Instant now) {
        if (command instanceof ReportDemand demand) {
            return onUse(state, ReportUse.of(demand), now);
        } else if (command instanceof ReportUse use) {
            return onUse(state, use, now);
        } else if (command instanceof DecisionEnded ended) {
            return onEnded(state, ended, now);
        } else if (command instanceof Settle settle) {
            return onSettle(state, settle, now);
        } else if (command instanceof Tick) {
            return onTick(state, now);
        }
        return Result.refused("unknown_command"); // ScalerAgentTest walks the permitted subclasses
    }

    private Result<ScalerEvent> onUse(ScalerState state, ReportUse use, Instant now) {
        String defect = defect(use);
        if (!defect.isEmpty()) {
            return Result.refused(defect);
        } else if (state.out().isPresent() || now.isBefore(state.restUntil())) {
            return Result.nothing();
        }
        long sequence = state.sequence() + 1;
        return new Sizing(policy, use)
                .proposal(policy.address() + "/" + sequence, now)
                .filter(p -> p.action().kind() != ActionClass.SCALE_IN || !now.isBefore(state.shrinkAfter()))
                .map(p -> Result.<ScalerEvent>of(new ScalingProposed(now, sequence, p, now.plus(policy.patience()))))
                .orElseGet(Result::nothing);
    }

    private static String defect(ReportUse use) {
        ReportDemand demand = use.demand();
        for (double value : new double[] {
            demand.load(),
            demand.peakSoon(),
            demand.peakLater(),
            demand.recentPeak(),
            demand.modelError(),
            use.waiting()
        }) {
            if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
                return "demand_not_a_quantity";
            }
        }
        return demand.instances() < 0 ? "demand_instances_negative" : "";
    }

    private Result<ScalerEvent> onEnded(ScalerState state, DecisionEnded ended, Instant now) {
        boolean isOut = state.out()
                .filter(out -> out.proposal().decision().equals(ended.decision()))
                .isPresent();
        return isOut
                ? Result.of(ended(state, now, ended.decision(), ended.verdict(), ended.constraint(), ended.change()))
                : Result.nothing(); // a repeat
    }

    private ScalerEvent ended(
            ScalerState state, Instant now, String decision, Verdict verdict, String constraint, Change.Ended change) {
        boolean verified = change.end() == Change.End.VERIFIED;
        Instant restUntil = verified ? now : now.plus(policy.rest());
        return new ScalingEnded(
                now,
                decision,
                Optional.of(verdict),
                constraint,
                Optional.of(change),
                restUntil,
                verified ? state.shrinkAfter() : shrinkAfter(state, now));
    }

    private ScalerEvent undecided(ScalerState state, Instant now, String decision, String why) {
        return new ScalingEnded(
                now,
                decision,
                Optional.empty(),
                why,
                Optional.empty(),
                now.plus(policy.rest()),
                shrinkAfter(state, now));
    }

    /** What could not be given back is not urgent: a limit over five minutes need not be asked every few seconds. */
    private Instant shrinkAfter(ScalerState state, Instant now) {
        boolean shrinking = state.out()
                .filter(out -> out.proposal().action().kind() == ActionClass.SCALE_IN)
                .isPresent();
        return shrinking ? now.plus(policy.rest().multipliedBy(RESTS_TO_SHRINK)) : state.shrinkAfter();
    }

    private Result<ScalerEvent> onSettle(ScalerState state, Settle settle, Instant now) {
        boolean isPending =
                pending(state).stream().anyMatch(effect -> effect.id().equals(settle.effectId()));
        if (!isPending || state.out().isEmpty()) {
            return Result.refused("not_pending");
        }
        String decision = state.out().get().proposal().decision();
        if (settle.outcome() instanceof Outcome.Succeeded succeeded) {
            return Result.of(
                    succeeded.answer() instanceof Progress.Ended ended
                            ? ended(state, now, decision, ended.verdict(), ended.constraint(), ended.change())
                            : new ProposalHanded(now, now.plus(policy.patience())));
        } else if (settle.outcome() instanceof Outcome.Failed failed && !failed.retryable()) {
            return Result.of(undecided(state, now, decision, failed.code()));
        }
        return Result.nothing(); // still pending: the host tries again until the deadline
    }

    private Result<ScalerEvent> onTick(ScalerState state, Instant now) {
        return state.out()
                .filter(out -> !out.deadline().isAfter(now))
                .map(out -> Result.of(
                        out.asks() < ASKS_MAX
                                ? new ProposalDoubted(now, now.plus(policy.patience()))
                                : undecided(state, now, out.proposal().decision(), "decision_silent")))
                .orElseGet(Result::nothing);
    }

    @Override
    public List<Effect> pending(ScalerState state) {
        return state.out().filter(out -> !out.handed()).map(ScalerAgent::open).stream()
                .toList();
    }

    private static Effect open(Out out) {
        String decision = out.proposal().decision();
        return new Effect.Send(
                decision + "/open/" + out.asks(), DecisionAgent.address(decision), new Open(out.proposal()));
    }

    @Override
    public Optional<Deadline<Command>> deadline(ScalerState state) {
        return state.out().map(out -> new Deadline<>(out.deadline(), new Tick()));
    }

    @Override
    public Command settle(String effectId, Outcome outcome) {
        return new Settle(effectId, outcome);
    }
}
