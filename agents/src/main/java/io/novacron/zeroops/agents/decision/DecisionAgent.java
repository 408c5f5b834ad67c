package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.DecisionCommand.Approve;
import io.novacron.zeroops.agents.decision.DecisionCommand.Decline;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.DecisionCommand.ReportChange;
import io.novacron.zeroops.agents.decision.DecisionCommand.Settle;
import io.novacron.zeroops.agents.decision.DecisionCommand.Tick;
import io.novacron.zeroops.agents.decision.DecisionEvent.ApprovalGiven;
import io.novacron.zeroops.agents.decision.DecisionEvent.ClosingAbandoned;
import io.novacron.zeroops.agents.decision.DecisionEvent.ClosingProlonged;
import io.novacron.zeroops.agents.decision.DecisionEvent.Confirmed;
import io.novacron.zeroops.agents.decision.DecisionEvent.Delivered;
import io.novacron.zeroops.agents.decision.DecisionEvent.ExecutionDoubted;
import io.novacron.zeroops.agents.decision.DecisionEvent.ExecutionStarted;
import io.novacron.zeroops.agents.decision.DecisionEvent.Opened;
import io.novacron.zeroops.agents.decision.DecisionEvent.RequestDelivered;
import io.novacron.zeroops.agents.decision.DecisionEvent.ReviewStarted;
import io.novacron.zeroops.agents.decision.DecisionEvent.VoteCast;
import io.novacron.zeroops.agents.decision.DecisionState.Course;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One decision: asks whoever must agree, has it executed, and makes sure that nothing stays held.
 *
 * <pre>
 * NEW        --Open--> REVIEWING;  --Open, people needed--> APPROVING;  --Open, malformed--> refused, still NEW
 * APPROVING  --enough people--> REVIEWING;                  --declined, deadline--> CLOSING
 * REVIEWING  --the last accepts or counters--> CONFIRMING;  --rejected, too little, deadline--> CLOSING
 * CONFIRMING --the last confirms--> EXECUTING;              --lapsed, deadline--> CLOSING
 * EXECUTING  --begun--> RUNNING;  --ended, never begun--> CLOSING;  --deadline--> asks again; at ASKS_MAX: CLOSING
 * RUNNING    --ended--> CLOSING;                            --deadline--> EXECUTING, which asks
 * CLOSING    --all acknowledged--> ENDED;                   --deadline, PROLONGATIONS_MAX times--> ENDED
 * </pre>
 *
 * Reviewers are asked one after the other, each with what those before it left of the proposal. Money is firmly
 * committed before the owner is told to execute, and released only on what the owner says: a crash anywhere leaves too
 * much held, for a time, and never too little.
 *
 * @param id of the decision, which is its address without {@code decision/}
 */
public record DecisionAgent(String id, DecisionPolicy policy)
        implements Agent<DecisionCommand, DecisionEvent, DecisionState> {

    /** How often an owner is asked what became of a change before a person is. */
    public static final int ASKS_MAX = 2;

    /**
     * So long after the holds an owner surely knows what it began for a decision that has not taken its report; what it
     * refuses later proves nothing. Its patience with reports must not be less.
     */
    public static final Duration OWNER_REMEMBERS = Duration.ofHours(1);

    /** How often closing is prolonged, each time for twice as long. */
    public static final int PROLONGATIONS_MAX = 8;

    /** The address of a decision. */
    public static String address(String decision) {
        return "decision/" + decision;
    }

    @Override
    public DecisionState initial() {
        return DecisionState.INITIAL;
    }

    @Override
    public DecisionState apply(DecisionState state, DecisionEvent event) {
        return event.applyTo(state);
    }

    @Override
    public Result<DecisionEvent> decide(DecisionState state, DecisionCommand command, Instant now) {
        if (command instanceof Open open) {
            return onOpen(state, open.proposal(), now);
        } else if (command instanceof Approve approve) {
            return onApprove(state, approve, now);
        } else if (command instanceof Decline decline) {
            return onDecline(state, decline, now);
        } else if (command instanceof ReportChange report) {
            return onReport(state, report, now);
        } else if (command instanceof Settle settle) {
            return onSettle(state, settle, now);
        } else if (command instanceof Tick) {
            return onTick(state, now);
        }
        throw new AssertionError(command); // DecisionAgentTest walks the permitted subclasses
    }

    private Result<DecisionEvent> onOpen(DecisionState state, Proposal proposal, Instant now) {
        if (state.phase() != Phase.NEW) {
            boolean isOther = state.course()
                    .filter(course -> !course.proposal().cause().equals(proposal.cause()))
                    .isPresent();
            return isOther ? Result.refused("decision_id_taken") : Result.answered(progress(state));
        } else if (!proposal.decision().equals(id)) {
            return Result.refused("proposal_of_another_decision");
        } else if (!proposal.defect().isEmpty()) {
            return Result.refused(proposal.defect());
        } else if (!proposal.validUntil().isAfter(now)) {
            return Result.refused("proposal_expired"); // it was under way for so long; its proposer knows better now
        }
        DecisionEvent first = approval()
                .requested(proposal, now)
                .<DecisionEvent>map(requested -> requested)
                .orElseGet(() -> new Opened(now, proposal, holdsUntil(now), answerBy(now)));
        return Result.of(first).answering(new Progress.Pending());
    }

    private static Progress progress(DecisionState state) {
        return state.conclusion()
                .<Progress>map(c -> new Progress.Ended(c.verdict(), c.constraint(), c.change()))
                .orElseGet(Progress.Pending::new);
    }

    private Result<DecisionEvent> onApprove(DecisionState state, Approve approve, Instant now) {
        Optional<String> refusal = Approval.refusal(state, approve.person(), approve.hash());
        if (refusal.isPresent()) {
            return Result.refused(refusal.get());
        } else if (state.people().approvers().contains(approve.person())) {
            return Result.nothing(); // one person counts once
        }
        var given = new ApprovalGiven(now, approve.person());
        return state.people().approvers().size() + 1 < state.people().needed()
                ? Result.of(given)
                : Result.of(given, new ReviewStarted(now, holdsUntil(now), answerBy(now)));
    }

    private Result<DecisionEvent> onDecline(DecisionState state, Decline decline, Instant now) {
        return Approval.refusal(state, decline.person(), decline.hash())
                .<Result<DecisionEvent>>map(Result::refused)
                .orElseGet(() -> Result.of(closing().concluded(state, Verdict.DECLINED, "declined_by_person", now)));
    }

    private Result<DecisionEvent> onReport(DecisionState state, ReportChange report, Instant now) {
        if (!report.decision().equals(id)) {
            return Result.refused("report_of_another_decision");
        }
        return switch (state.phase()) {
            case EXECUTING, RUNNING ->
                Result.of(closing()
                        .concluded(state, Verdict.APPROVED, report.change().detail(), report.change(), now));
            case CLOSING, ENDED -> Result.nothing(); // a repeat; or it was given up, and a person was told
            case NEW, APPROVING, REVIEWING, CONFIRMING -> Result.refused("not_executing");
        };
    }

    private Result<DecisionEvent> onSettle(DecisionState state, Settle settle, Instant now) {
        Optional<Effect> effect = pending(state).stream()
                .filter(e -> e.id().equals(settle.effectId()))
                .findFirst();
        if (effect.isEmpty()) {
            return Result.refused("not_pending");
        } else if (!settle.outcome().isFinal()) {
            return Result.nothing(); // still pending: the host tries again until the deadline
        }
        Outcome outcome = settle.outcome();
        return switch (state.phase()) {
            case APPROVING -> Result.of(new RequestDelivered(now, outcome instanceof Outcome.Succeeded));
            case REVIEWING -> onVote(state, outcome, now);
            case CONFIRMING -> onConfirmation(state, settle.effectId(), outcome, now);
            case EXECUTING -> onExecution(state, outcome, now);
            case CLOSING -> Result.of(new Delivered(now, settle.effectId(), outcome instanceof Outcome.Succeeded));
            case NEW, RUNNING, ENDED -> Result.nothing(); // nothing is pending here
        };
    }

    private Result<DecisionEvent> onVote(DecisionState state, Outcome outcome, Instant now) {
        Vote vote = voteOf(outcome);
        var cast = new VoteCast(now, state.reviewers().get(state.votes().size()), vote);
        Optional<String> rejection = rejection(state, vote);
        return rejection
                .<Result<DecisionEvent>>map(
                        constraint -> Result.of(cast, closing().concluded(state, Verdict.REJECTED, constraint, now)))
                .orElseGet(() -> Result.of(cast));
    }

    private static Vote voteOf(Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded succeeded && succeeded.answer() instanceof Vote vote) {
            return vote;
        }
        return new Vote.Reject(outcome instanceof Outcome.Failed failed ? failed.code() : "no_vote", "");
    }

    /** The constraint that ends it; empty if it goes on. */
    private static Optional<String> rejection(DecisionState state, Vote vote) {
        if (vote instanceof Vote.Reject reject) {
            return Optional.of(reject.constraint());
        } else if (vote instanceof Vote.Counter counter) {
            boolean enough = state.course()
                    .filter(c -> c.action().isLessened(counter.to()))
                    .filter(c -> c.action().delta() > 0
                            ? counter.to() >= c.proposal().leastTo()
                            : counter.to() <= c.proposal().leastTo())
                    .isPresent();
            return enough ? Optional.empty() : Optional.of(counter.constraint());
        }
        return Optional.empty();
    }

    private Result<DecisionEvent> onConfirmation(DecisionState state, String effectId, Outcome outcome, Instant now) {
        Reviewer reviewer = state.toConfirm().stream()
                .filter(r -> confirmId(r).equals(effectId))
                .findFirst()
                .orElseThrow(); // it was found among the pending
        return outcome instanceof Outcome.Succeeded
                ? Result.of(new Confirmed(now, reviewer))
                : Result.of(closing().concluded(state, Verdict.REJECTED, "hold_lapsed:" + reviewer, now));
    }

    private Result<DecisionEvent> onExecution(DecisionState state, Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Succeeded succeeded) {
            if (succeeded.answer() instanceof Change.Running running) {
                // An owner whose node was down may be past its own time: asked at once, it would say the same again.
                Instant latest = running.until().isBefore(now) ? now : running.until();
                return Result.of(new ExecutionStarted(now, running.until(), latest.plus(policy.answerGrace())));
            } else if (succeeded.answer() instanceof Change.Ended ended) {
                return Result.of(closing().concluded(state, Verdict.APPROVED, ended.detail(), ended, now));
            }
        }
        if (now.isAfter(state.holdsUntil().plus(OWNER_REMEMBERS))) {
            return Result.of(unknown(state, now)); // it may have begun, ended and been forgotten
        }
        String code = outcome instanceof Outcome.Failed failed ? failed.code() : "no_change";
        var never = new Change.Ended(Change.End.NO_EFFECT, from(state), code); // the owner says that it did not begin
        return Result.of(closing().concluded(state, Verdict.APPROVED, code, never, now));
    }

    private DecisionEvent unknown(DecisionState state, Instant now) {
        var unknown = new Change.Ended(Change.End.ESCALATED, from(state), "outcome_unknown");
        return closing().concluded(state, Verdict.APPROVED, unknown.detail(), unknown, now);
    }

    private Result<DecisionEvent> onTick(DecisionState state, Instant now) {
        if (deadline(state).filter(deadline -> deadline.isDue(now)).isEmpty()) {
            return Result.nothing();
        }
        return switch (state.phase()) {
            case APPROVING -> Result.of(closing().concluded(state, Verdict.EXPIRED, "nobody_answered", now));
            case REVIEWING ->
                Result.of(closing()
                        .concluded(
                                state,
                                Verdict.REJECTED,
                                "silent:" + state.reviewers().get(state.votes().size()),
                                now));
            case CONFIRMING ->
                Result.of(closing()
                        .concluded(
                                state,
                                Verdict.REJECTED,
                                "silent:" + state.toConfirm().get(0),
                                now));
            case EXECUTING ->
                Result.of(
                        state.asks() < ASKS_MAX
                                ? new ExecutionDoubted(now, now.plus(policy.askPatience()))
                                : unknown(state, now));
            case RUNNING -> Result.of(new ExecutionDoubted(now, now.plus(policy.askPatience())));
            case CLOSING ->
                Result.of(
                        state.prolongations() < PROLONGATIONS_MAX
                                ? new ClosingProlonged(
                                        now,
                                        now.plus(policy.closingPatience().multipliedBy(2L << state.prolongations())))
                                : new ClosingAbandoned(now, state.owed()));
            case NEW, ENDED -> Result.nothing(); // no deadline here
        };
    }

    @Override
    public List<Effect> pending(DecisionState state) {
        if (state.course().isEmpty()) {
            return List.of();
        }
        Course course = state.course().get();
        return switch (state.phase()) {
            case NEW, RUNNING, ENDED -> List.of();
            case APPROVING ->
                state.people().notified() ? List.of() : List.of(approval().effect(state, course));
            case REVIEWING -> List.of(hold(state, course));
            case CONFIRMING ->
                state.toConfirm().stream()
                        .<Effect>map(r -> new Effect.Send(
                                confirmId(r), policy.address(r, course.action()), new ReviewCommand.Confirm(id)))
                        .toList();
            case EXECUTING ->
                List.of(new Effect.Send(
                        id + "/execute/" + state.asks(),
                        course.action().resource(),
                        new OwnerCommand.Execute(id, course.action(), state.holdsUntil())));
            case CLOSING -> closing().effects(state, course);
        };
    }

    private Effect hold(DecisionState state, Course course) {
        Reviewer reviewer = state.reviewers().get(state.votes().size());
        var hold = new ReviewCommand.Hold(id, course.action(), course.proposal().priority(), state.holdsUntil());
        return new Effect.Send(id + "/hold/" + reviewer, policy.address(reviewer, course.action()), hold);
    }

    private String confirmId(Reviewer reviewer) {
        return id + "/confirm/" + reviewer;
    }

    private Approval approval() {
        return new Approval(id, policy);
    }

    private Closing closing() {
        return new Closing(id, policy);
    }

    private Instant holdsUntil(Instant now) {
        return now.plus(policy.reviewPatience());
    }

    private Instant answerBy(Instant now) {
        return holdsUntil(now).plus(policy.answerGrace());
    }

    private static int from(DecisionState state) {
        return state.course().map(c -> c.action().from()).orElse(0);
    }

    @Override
    public Optional<Deadline<DecisionCommand>> deadline(DecisionState state) {
        return state.deadline().map(at -> new Deadline<>(at, new Tick()));
    }

    @Override
    public DecisionCommand settle(String effectId, Outcome outcome) {
        return new Settle(effectId, outcome);
    }
}
