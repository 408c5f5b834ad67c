package io.novacron.zeroops.agents.decision;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.DecisionState.Cast;
import io.novacron.zeroops.agents.decision.DecisionState.Conclusion;
import io.novacron.zeroops.agents.decision.DecisionState.Course;
import io.novacron.zeroops.agents.decision.DecisionState.People;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened to a decision. */
public sealed interface DecisionEvent extends Event {

    DecisionState applyTo(DecisionState state);

    /**
     * Decided upon as it stands; what follows needs nobody's approval.
     *
     * @param holdsUntil until when reviewers may hold
     * @param answerBy until when the owner may answer
     */
    @TypeName("decision.Opened/1")
    record Opened(Instant at, Proposal proposal, Instant holdsUntil, Instant answerBy) implements DecisionEvent {
        @Override
        public DecisionState applyTo(DecisionState s) {
            return s.with(new Course(proposal, proposal.action()))
                    .holding(holdsUntil, answerBy)
                    .in(Phase.REVIEWING, at, Optional.of(holdsUntil));
        }
    }

    /**
     * People have to agree first; nothing is held meanwhile.
     *
     * @param reasons the limits that call for them
     * @param hash of the proposal, to which an approval is bound
     */
    @TypeName("decision.ApprovalRequested/1")
    record ApprovalRequested(
            Instant at, Proposal proposal, int approversNeeded, List<String> reasons, String hash, Instant deadline)
            implements DecisionEvent {
        public ApprovalRequested {
            reasons = List.copyOf(reasons);
        }

        @Override
        public DecisionState applyTo(DecisionState s) {
            return s.with(new Course(proposal, proposal.action()))
                    .with(new People(approversNeeded, List.of(), false))
                    .in(Phase.APPROVING, at, Optional.of(deadline));
        }
    }

    /** The request reached the approvers' service, or will not. */
    @TypeName("decision.RequestDelivered/1")
    record RequestDelivered(Instant at, boolean delivered) implements DecisionEvent {
        @Override
        public DecisionState applyTo(DecisionState s) {
            return s.with(new People(s.people().needed(), s.people().approvers(), true))
                    .in(s.phase(), at, s.deadline());
        }
    }

    @TypeName("decision.ApprovalGiven/1")
    record ApprovalGiven(Instant at, String person) implements DecisionEvent {
        @Override
        public DecisionState applyTo(DecisionState s) {
            var approvers = Stream.concat(s.people().approvers().stream(), Stream.of(person))
                    .toList();
            return s.with(new People(s.people().needed(), approvers, s.people().notified()))
                    .in(s.phase(), at, s.deadline());
        }
    }

    /** Enough people agreed; times as in {@link Opened}. */
    @TypeName("decision.ReviewStarted/1")
    record ReviewStarted(Instant at, Instant holdsUntil, Instant answerBy) implements DecisionEvent {
        @Override
        public DecisionState applyTo(DecisionState s) {
            return s.holding(holdsUntil, answerBy).in(Phase.REVIEWING, at, Optional.of(holdsUntil));
        }
    }

    @TypeName("decision.VoteCast/1")
    record VoteCast(Instant at, Reviewer reviewer, Vote vote) implements DecisionEvent {
        @Override
        public DecisionState applyTo(DecisionState s) {
            var votes = Stream.concat(s.votes().stream(), Stream.of(new Cast(reviewer, vote, at)))
                    .toList();
            DecisionState voted = s.withVotes(votes);
            if (vote instanceof Vote.Counter counter) {
                voted = s.course()
                        .map(c -> new Course(c.proposal(), c.action().withTo(counter.to())))
                        .map(voted::with)
                        .orElse(voted);
            }
            boolean all = votes.size() == s.reviewers().size();
            return all && !voted.toConfirm().isEmpty()
                    ? voted.in(Phase.CONFIRMING, at, s.deadline())
                    : voted.in(s.phase(), at, s.deadline());
        }
    }

    /** A reviewer's promise is firm; with the last of them the decision is approved, and the owner told to execute. */
    @TypeName("decision.Confirmed/1")
    record Confirmed(Instant at, Reviewer reviewer) implements DecisionEvent {
        @Override
        public DecisionState applyTo(DecisionState s) {
            DecisionState after = s.withConfirmed(
                    Stream.concat(s.confirmed().stream(), Stream.of(reviewer)).toList());
            return after.toConfirm().isEmpty()
                    ? after.in(Phase.EXECUTING, at, Optional.of(s.answerBy()))
                    : after.in(s.phase(), at, s.deadline());
        }
    }

    /** The owner has begun, and will have ended by {@code until}. */
    @TypeName("decision.ExecutionStarted/1")
    record ExecutionStarted(Instant at, Instant until, Instant deadline) implements DecisionEvent {
        @Override
        public DecisionState applyTo(DecisionState s) {
            return s.in(Phase.RUNNING, at, Optional.of(deadline));
        }
    }

    /** The owner said nothing in time, and is asked. */
    @TypeName("decision.ExecutionDoubted/1")
    record ExecutionDoubted(Instant at, Instant deadline) implements DecisionEvent {
        @Override
        public DecisionState applyTo(DecisionState s) {
            return s.askedAgain().in(Phase.EXECUTING, at, Optional.of(deadline));
        }
    }

    /** The verdict, and what came of it; {@code owed} are the effects that this sets off. */
    @TypeName("decision.Concluded/1")
    record Concluded(Instant at, Conclusion conclusion, List<String> owed, Instant deadline) implements DecisionEvent {
        public Concluded {
            owed = List.copyOf(owed);
        }

        @Override
        public DecisionState applyTo(DecisionState s) {
            return s.owing(conclusion, owed, 0).in(Phase.CLOSING, at, Optional.of(deadline));
        }
    }

    /** One effect of the conclusion is acknowledged, or was refused for good. */
    @TypeName("decision.Delivered/1")
    record Delivered(Instant at, String effectId, boolean accepted) implements DecisionEvent {
        @Override
        public DecisionState applyTo(DecisionState s) {
            var owed = s.owed().stream().filter(id -> !id.equals(effectId)).toList();
            return s.conclusion()
                    .map(c -> s.owing(c, owed, s.prolongations()))
                    .orElse(s)
                    .in(
                            owed.isEmpty() ? Phase.ENDED : Phase.CLOSING,
                            at,
                            owed.isEmpty() ? Optional.empty() : s.deadline());
        }
    }

    /** What the conclusion owes is still not acknowledged: noted, and tried on, since money may hang on it. */
    @TypeName("decision.ClosingProlonged/1")
    record ClosingProlonged(Instant at, Instant deadline) implements DecisionEvent {
        @Override
        public DecisionState applyTo(DecisionState s) {
            return s.conclusion()
                    .map(c -> s.owing(c, s.owed(), s.prolongations() + 1))
                    .orElse(s)
                    .in(s.phase(), at, Optional.of(deadline));
        }
    }

    /** Given up after {@link DecisionAgent#PROLONGATIONS_MAX}; {@code owed} tells a person what to put right. */
    @TypeName("decision.ClosingAbandoned/1")
    record ClosingAbandoned(Instant at, List<String> owed) implements DecisionEvent {
        public ClosingAbandoned {
            owed = List.copyOf(owed);
        }

        @Override
        public DecisionState applyTo(DecisionState s) {
            return s.conclusion()
                    .map(c -> s.owing(c, List.of(), s.prolongations()))
                    .orElse(s)
                    .in(Phase.ENDED, at, Optional.empty());
        }
    }
}
