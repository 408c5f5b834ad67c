package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.TypeName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where one decision stands.
 *
 * @param course what is being decided; empty only in {@link Phase#NEW}
 * @param votes in the order of the reviewers
 * @param confirmed whose promise became firm
 * @param people what was asked of people
 * @param holdsUntil when the holds lapse, and the owner may no longer begin
 * @param asks how often the owner was asked what became of the change
 * @param conclusion the verdict and all that came of it, once there is one
 * @param owed ids of the effects of the conclusion that nobody has acknowledged yet
 * @param prolongations how often the closing's deadline passed
 * @param deadline present in each phase that waits
 */
@TypeName("decision.State/1")
public record DecisionState(
        Phase phase,
        Optional<Course> course,
        List<Cast> votes,
        List<Reviewer> confirmed,
        People people,
        Instant holdsUntil,
        Instant answerBy,
        int asks,
        Optional<Conclusion> conclusion,
        List<String> owed,
        int prolongations,
        Optional<Instant> deadline,
        Instant asOf)
        implements State {

    static final DecisionState INITIAL = new DecisionState(
            Phase.NEW,
            Optional.empty(),
            List.of(),
            List.of(),
            new People(0, List.of(), true),
            Instant.EPOCH,
            Instant.EPOCH,
            0,
            Optional.empty(),
            List.of(),
            0,
            Optional.empty(),
            Instant.EPOCH);

    /** NEW and ENDED rest; see {@link DecisionAgent}. */
    public enum Phase {
        NEW,
        APPROVING,
        REVIEWING,
        CONFIRMING,
        EXECUTING,
        RUNNING,
        CLOSING,
        ENDED
    }

    /** @param action the proposal's, lessened by whoever countered */
    public record Course(Proposal proposal, Action action) {}

    /** One vote. */
    public record Cast(Reviewer reviewer, Vote vote, Instant at) {}

    /**
     * What was asked of people.
     *
     * @param needed distinct approvers; 0 where none are
     * @param notified whether the request need no longer be delivered
     */
    public record People(int needed, List<String> approvers, boolean notified) {}

    /**
     * What was decided and what came of it.
     *
     * @param constraint what bound; empty where nothing did
     * @param ends reviewers that may hold something
     * @param achieved see {@link ReviewCommand.End}
     */
    public record Conclusion(
            Verdict verdict,
            String constraint,
            Change.Ended change,
            List<Reviewer> ends,
            int achieved,
            List<OversightCommand.Intervention> interventions) {
        public Conclusion {
            ends = List.copyOf(ends);
            interventions = List.copyOf(interventions);
        }
    }

    /** The reviewers of this action, in order. */
    List<Reviewer> reviewers() {
        return course.map(c -> c.action().kind().reviewers()).orElse(List.of());
    }

    /** Those that promised something that must become firm: all but the owner, who is told to execute. */
    List<Reviewer> toConfirm() {
        return reviewers().stream()
                .filter(reviewer -> reviewer != Reviewer.OWNER)
                .filter(reviewer -> !confirmed.contains(reviewer))
                .toList();
    }

    DecisionState in(Phase newPhase, Instant at, Optional<Instant> newDeadline) {
        return new DecisionState(
                newPhase,
                course,
                votes,
                confirmed,
                people,
                holdsUntil,
                answerBy,
                asks,
                conclusion,
                owed,
                prolongations,
                newDeadline,
                at);
    }

    DecisionState with(People newPeople) {
        return new DecisionState(
                phase,
                course,
                votes,
                confirmed,
                newPeople,
                holdsUntil,
                answerBy,
                asks,
                conclusion,
                owed,
                prolongations,
                deadline,
                asOf);
    }

    DecisionState with(Course newCourse) {
        return new DecisionState(
                phase,
                Optional.of(newCourse),
                votes,
                confirmed,
                people,
                holdsUntil,
                answerBy,
                asks,
                conclusion,
                owed,
                prolongations,
                deadline,
                asOf);
    }

    DecisionState withVotes(List<Cast> newVotes) {
        return new DecisionState(
                phase,
                course,
                newVotes,
                confirmed,
                people,
                holdsUntil,
                answerBy,
                asks,
                conclusion,
                owed,
                prolongations,
                deadline,
                asOf);
    }

    DecisionState withConfirmed(List<Reviewer> newConfirmed) {
        return new DecisionState(
                phase,
                course,
                votes,
                newConfirmed,
                people,
                holdsUntil,
                answerBy,
                asks,
                conclusion,
                owed,
                prolongations,
                deadline,
                asOf);
    }

    DecisionState holding(Instant until, Instant newAnswerBy) {
        return new DecisionState(
                phase,
                course,
                votes,
                confirmed,
                people,
                until,
                newAnswerBy,
                asks,
                conclusion,
                owed,
                prolongations,
                deadline,
                asOf);
    }

    DecisionState askedAgain() {
        return new DecisionState(
                phase,
                course,
                votes,
                confirmed,
                people,
                holdsUntil,
                answerBy,
                asks + 1,
                conclusion,
                owed,
                prolongations,
                deadline,
                asOf);
    }

    DecisionState owing(Conclusion newConclusion, List<String> newOwed, int newProlongations) {
        return new DecisionState(
                phase,
                course,
                votes,
                confirmed,
                people,
                holdsUntil,
                answerBy,
                asks,
                Optional.of(newConclusion),
                newOwed,
                newProlongations,
                deadline,
                asOf);
    }
}
