package io.novacron.zeroops.http.json;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.DecisionState.Conclusion;
import io.novacron.zeroops.agents.decision.DecisionState.Course;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.persistence.view.DecisionView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One decision in a list, and in the stream.
 *
 * @param ordering the cursor
 * @param updatedAt the instant of its last event
 * @param proposedTo what the agent wanted
 * @param to what is left of it after counter-proposals
 * @param costChangePerHourUsd of going to {@code to}; below 0 where it saves
 * @param bindingConstraint the limit that ended or lessened it
 * @param result how the change ended; empty while it runs, and where nothing was executed
 * @param level instances after the change
 * @param achieved of the instances that were to change, those that did; empty also where nobody knows
 * @param approversNeeded distinct people; 0 where none are asked
 */
public record DecisionSummary(
        String decisionId,
        long ordering,
        Instant openedAt,
        Instant updatedAt,
        DecisionState.Phase phase,
        String agent,
        ActionClass kind,
        String resource,
        String project,
        String region,
        int from,
        int proposedTo,
        int to,
        Money costChangePerHourUsd,
        Priority priority,
        String cause,
        double confidence,
        Optional<Verdict> verdict,
        Optional<String> bindingConstraint,
        Optional<Change.End> result,
        Optional<Integer> level,
        Optional<Integer> achieved,
        int approversNeeded) {

    /** A view exists from the decision's first event on, and that brings its course. */
    public static DecisionSummary of(DecisionView view) {
        DecisionState state = view.state();
        Course course = state.course().orElseThrow();
        Proposal proposal = course.proposal();
        Action action = course.action();
        Optional<Conclusion> conclusion = state.conclusion();
        return new DecisionSummary(
                view.decision(),
                view.ordering(),
                view.openedAt(),
                state.asOf(),
                state.phase(),
                proposal.proposer(),
                action.kind(),
                action.resource(),
                action.project(),
                action.region(),
                action.from(),
                proposal.action().to(),
                action.to(),
                action.unitCostPerHour().times(action.delta()),
                proposal.priority(),
                proposal.cause(),
                proposal.confidence(),
                conclusion.map(Conclusion::verdict),
                bindingConstraint(state),
                executed(conclusion).map(c -> c.change().end()),
                executed(conclusion).map(c -> c.change().level()),
                executed(conclusion)
                        .filter(c -> c.change().end() != Change.End.ESCALATED)
                        .map(Conclusion::achieved),
                state.people().needed());
    }

    /** Nothing is executed without approval. */
    static Optional<Conclusion> executed(Optional<Conclusion> conclusion) {
        return conclusion.filter(c -> c.verdict() == Verdict.APPROVED);
    }

    /** Of what was approved, what lessened it last; its conclusion speaks of the change. */
    private static Optional<String> bindingConstraint(DecisionState state) {
        Optional<String> ended = state.conclusion()
                .filter(c -> c.verdict() != Verdict.APPROVED)
                .map(Conclusion::constraint)
                .filter(constraint -> !constraint.isEmpty());
        return ended.or(() -> counters(state).reduce((first, second) -> second));
    }

    private static Stream<String> counters(DecisionState state) {
        List<DecisionState.Cast> votes = state.votes();
        return votes.stream()
                .map(DecisionState.Cast::vote)
                .filter(Vote.Counter.class::isInstance)
                .map(vote -> ((Vote.Counter) vote).constraint());
    }
}
