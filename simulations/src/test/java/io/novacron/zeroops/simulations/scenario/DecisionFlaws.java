package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.decision.DecisionEvent.Concluded;
import io.novacron.zeroops.agents.decision.DecisionEvent.Confirmed;
import io.novacron.zeroops.agents.decision.DecisionEvent.VoteCast;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import io.novacron.zeroops.agents.decision.OwnerCommand.Execute;
import io.novacron.zeroops.agents.decision.Reviewer;
import io.novacron.zeroops.agents.decision.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decisions with one planted bug each. */
final class DecisionFlaws {
    private DecisionFlaws() {}

    /** Tells the budget nothing of a rejection. */
    static final class ForgetsTheBudget extends FlawedAgent {
        ForgetsTheBudget(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public Result<Event> decide(State state, Command command, Instant now) {
            return spoiled(super.decide(state, command, now), event -> event.map(ForgetsTheBudget::withoutBudget));
        }

        private static Event withoutBudget(Event event) {
            if (event instanceof Concluded c && c.conclusion().verdict() == Verdict.REJECTED) {
                List<String> owed = c.owed().stream()
                        .filter(id -> !id.endsWith("/end/" + Reviewer.BUDGET))
                        .toList();
                return new Concluded(c.at(), c.conclusion(), owed, c.deadline());
            }
            return event;
        }
    }

    /** Tells the owner to begin as soon as all have voted, while their promises may still lapse. */
    static final class ExecutesBeforeApproval extends FlawedAgent {
        ExecutesBeforeApproval(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public List<Effect> pending(State state) {
            List<Effect> effects = new ArrayList<>(super.pending(state));
            if (state instanceof DecisionState decision && decision.phase() == Phase.CONFIRMING) {
                decision.course().ifPresent(c -> {
                    String id = c.proposal().decision();
                    var execute = new Execute(id, c.action(), decision.holdsUntil());
                    effects.add(
                            new Effect.Send(id + "/execute/early", c.action().resource(), execute));
                });
            }
            return effects;
        }
    }

    /** Takes a vote for a firm promise, and asks nobody to confirm. */
    static final class ConfirmsByItself extends FlawedAgent {
        ConfirmsByItself(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public Result<Event> decide(State state, Command command, Instant now) {
            var result = super.decide(state, command, now);
            List<Event> events = new ArrayList<>(result.events());
            State after = state;
            for (Event event : events) {
                after = apply(after, event);
            }
            boolean allVoted = !events.isEmpty() && events.get(events.size() - 1) instanceof VoteCast;
            if (allVoted && after instanceof DecisionState decision && decision.phase() == Phase.CONFIRMING) {
                decision.course().stream()
                        .flatMap(c -> c.action().kind().reviewers().stream())
                        .filter(reviewer -> reviewer != Reviewer.OWNER)
                        .forEach(reviewer -> events.add(new Confirmed(now, reviewer)));
            }
            return new Result<>(events, result.reply());
        }
    }

    /** Waits for ever. */
    static final class HasNoDeadline extends FlawedAgent {
        HasNoDeadline(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public Optional<Deadline<Command>> deadline(State state) {
            return Optional.empty();
        }
    }
}
