package io.novacron.zeroops.http.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.DecisionState.Cast;
import io.novacron.zeroops.agents.decision.DecisionState.Conclusion;
import io.novacron.zeroops.agents.decision.DecisionState.Course;
import io.novacron.zeroops.agents.decision.DecisionState.People;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Reviewer;
import io.novacron.zeroops.persistence.view.DecisionView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All that is known of one decision.
 *
 * @param effect what the agent expected of it
 * @param leastTo the smallest quantity worth having
 * @param reviewers of this class of action, in the order in which they are asked; {@code votes} has those that answered
 * @param approvals empty where no people are asked
 * @param change how the change ended; empty where nothing was executed
 * @param owed what the verdict set off and nobody has acknowledged yet
 * @param course what happened when, the earliest first
 */
public record DecisionDetail(
        @JsonUnwrapped DecisionSummary summary,
        String effect,
        int leastTo,
        Money unitCostPerHourUsd,
        Instant validUntil,
        Instant costUntil,
        List<Proposal.Alternative> alternatives,
        List<Proposal.Fact> facts,
        List<Reviewer> reviewers,
        List<VoteJson> votes,
        Optional<Approvals> approvals,
        Optional<Change.Ended> change,
        List<Intervention> interventions,
        List<String> owed,
        Optional<Instant> deadline,
        List<Step> course) {

    /** @param proposalSha256 what an approval is bound to */
    public record Approvals(int needed, List<String> approvers, String proposalSha256) {}

    /** @param what one of a few stable words; {@code who} had a part in it */
    public record Step(Instant at, String what, Optional<String> who, String detail) {}

    public static DecisionDetail of(DecisionView view) {
        DecisionState state = view.state();
        Course course = state.course().orElseThrow();
        Proposal proposal = course.proposal();
        return new DecisionDetail(
                DecisionSummary.of(view),
                proposal.effect(),
                proposal.leastTo(),
                proposal.action().unitCostPerHour(),
                proposal.validUntil(),
                proposal.costUntil(),
                proposal.alternatives(),
                proposal.facts(),
                course.action().kind().reviewers(),
                state.votes().stream().map(VoteJson::of).toList(),
                approvals(state.people(), proposal),
                DecisionSummary.executed(state.conclusion()).map(Conclusion::change),
                state.conclusion().map(Conclusion::interventions).orElse(List.of()),
                state.owed(),
                state.deadline(),
                steps(view, proposal));
    }

    private static Optional<Approvals> approvals(People people, Proposal proposal) {
        return people.needed() == 0
                ? Optional.empty()
                : Optional.of(new Approvals(people.needed(), people.approvers(), proposal.hash()));
    }

    /** The state keeps the instants of the votes and of the last event; those between are in the journal only. */
    private static List<Step> steps(DecisionView view, Proposal proposal) {
        DecisionState state = view.state();
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(proposal.at(), "proposed", Optional.of(proposal.proposer()), proposal.cause()));
        steps.add(new Step(view.openedAt(), "opened", Optional.empty(), ""));
        for (Cast cast : state.votes()) {
            VoteJson vote = VoteJson.of(cast);
            steps.add(new Step(
                    cast.at(),
                    vote.answer(),
                    Optional.of(cast.reviewer().name().toLowerCase(Locale.ROOT)),
                    vote.constraint().orElse("")));
        }
        steps.add(new Step(
                state.asOf(),
                state.phase().name().toLowerCase(Locale.ROOT),
                Optional.empty(),
                state.phase() == Phase.ENDED || state.phase() == Phase.CLOSING ? outcome(state) : ""));
        return steps;
    }

    private static String outcome(DecisionState state) {
        return DecisionSummary.executed(state.conclusion())
                .map(c -> c.change().end().name())
                .or(() -> state.conclusion().map(c -> c.verdict().name()))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .orElse("");
    }
}
