package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.core.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An agent of production but for what a subclass spoils. */
abstract class FlawedAgent implements Agent<Command, Event, State> {
    private final Agent<Command, Event, State> sound;

    @SuppressWarnings("unchecked") // each is only given its own commands and events
    FlawedAgent(Agent<?, ?, ?> sound) {
        this.sound = (Agent<Command, Event, State>) sound;
    }

    /** The same result with each event as {@code spoil} makes it; without it, where that gives none. */
    static Result<Event> spoiled(Result<Event> result, UnaryOperator<Optional<Event>> spoil) {
        List<Event> events = new ArrayList<>();
        for (Event event : result.events()) {
            spoil.apply(Optional.of(event)).ifPresent(events::add);
        }
        return new Result<>(events, result.reply());
    }

    @Override
    public State initial() {
        return sound.initial();
    }

    @Override
    public Result<Event> decide(State state, Command command, Instant now) {
        return sound.decide(state, command, now);
    }

    @Override
    public State apply(State state, Event event) {
        return sound.apply(state, event);
    }

    @Override
    public List<Effect> pending(State state) {
        return sound.pending(state);
    }

    @Override
    public Optional<Deadline<Command>> deadline(State state) {
        return sound.deadline(state);
    }

    @Override
    public Command settle(String effectId, Outcome outcome) {
        return sound.settle(effectId, outcome);
    }
}
