package io.novacron.zeroops.simulations.host;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Outbox;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One life of an entity on one node, from its recovery to its stop or the node's death. */
final class Entity<C extends Command, E extends Event, S extends State> {
    final String address;
    final Agent<C, E, S> agent;
    private S state;
    private long sequence;
    private Outbox outbox = Outbox.EMPTY;
    private long timer; // the one that is set; an older one is void

    private Entity(String address, Agent<C, E, S> agent, S state, long sequence) {
        this.address = address;
        this.agent = agent;
        this.state = state;
        this.sequence = sequence;
    }

    /** As its journal tells it; all of one entity's events are its agent's. */
    @SuppressWarnings("unchecked")
    static Entity<?, ?, ?> recovered(String address, Agent<?, ?, ?> agent, List<Event> journal) {
        var typed = (Agent<Command, Event, State>) agent;
        State state = typed.initial();
        for (Event event : journal) {
            state = typed.apply(state, event);
        }
        return new Entity<>(address, typed, state, journal.size());
    }

    S state() {
        return state;
    }

    long sequence() {
        return sequence;
    }

    /** An agent that is given another's command would fail in its own decide; hosts address by kind. */
    @SuppressWarnings("unchecked")
    Turn.Taken<E, S> take(Command command, Instant clock) {
        return Turn.take(agent, state, (C) command, clock);
    }

    void become(S after, int events) {
        state = after;
        sequence += events;
    }

    boolean owes(S of) {
        return agent.deadline(of).isPresent() || !agent.pending(of).isEmpty();
    }

    /** What is due now; remembers what was tried. */
    Outbox.Plan plan(Instant clock) {
        var plan = outbox.plan(agent, state, Turn.now(clock, state));
        outbox = plan.outbox();
        return plan;
    }

    Optional<C> due(Instant clock) {
        Instant now = Turn.now(clock, state);
        return agent.deadline(state).filter(d -> d.isDue(now)).map(Deadline::command);
    }

    long nextTimer() {
        return ++timer;
    }

    boolean isCurrent(long aTimer) {
        return aTimer == timer;
    }
}
