package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Expiries;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.fleet.ResourceEvent.AttemptStarted;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ChangeDoubted;
import io.novacron.zeroops.agents.fleet.ResourceState;
import java.time.Instant;
import java.util.Optional;

/** Owners of resources with one planted bug each. */
final class ResourceFlaws {
    private ResourceFlaws() {}

    /** Whatever it has no word of, it does again, under a new generation and so a new key. */
    static final class IssuesAnewBlindly extends FlawedAgent {
        IssuesAnewBlindly(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public Result<Event> decide(State state, Command command, Instant now) {
            return spoiled(
                    super.decide(state, command, now),
                    event -> event.flatMap(
                            e -> e instanceof ChangeDoubted doubted ? again(state, doubted) : Optional.of(e)));
        }

        private static Optional<Event> again(State state, ChangeDoubted doubted) {
            return ((ResourceState) state)
                    .flight()
                    .map(f -> new AttemptStarted(
                            doubted.at(), f.attempt(), f.undoing(), doubted.generation(), doubted.deadline()));
        }
    }

    /** Gives its slot to whoever asks. */
    static final class GivesItsSlotTwice extends FlawedAgent {
        GivesItsSlotTwice(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public Result<Event> decide(State state, Command command, Instant now) {
            return command instanceof Hold hold
                            && state instanceof ResourceState resource
                            && resource.slot().get(hold.decision()).isEmpty()
                    ? super.decide(vacant(resource), command, now)
                    : super.decide(state, command, now);
        }

        private static ResourceState vacant(ResourceState s) {
            var slot = new Holds(Holds.NONE.open(), Expiries.NONE, s.slot().ended());
            return new ResourceState(
                    s.generation(), s.condition(), s.instances(), slot, s.flight(), s.last(), s.asOf());
        }
    }

    /** Forgets a decision as it ends, so that a late hold of it takes the slot anew. */
    static final class LeavesNoTombstone extends FlawedAgent {
        LeavesNoTombstone(Agent<?, ?, ?> sound) {
            super(sound);
        }

        @Override
        public State apply(State state, Event event) {
            State after = super.apply(state, event);
            return after instanceof ResourceState s
                    ? new ResourceState(
                            s.generation(),
                            s.condition(),
                            s.instances(),
                            new Holds(s.slot().open(), s.slot().lapsing(), Expiries.NONE),
                            s.flight(),
                            s.last(),
                            s.asOf())
                    : after;
        }
    }
}
