package io.novacron.zeroops.runtime.host;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.core.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An agent with somebody looking over its shoulder, who may throw. */
record Tampered<C extends Command, E extends Event, S extends State>(
        Agent<C, E, S> agent, Consumer<Command> beforeDeciding) implements Agent<C, E, S> {

    @Override
    public S initial() {
        return agent.initial();
    }

    @Override
    public Result<E> decide(S state, C command, Instant now) {
        beforeDeciding.accept(command);
        return agent.decide(state, command, now);
    }

    @Override
    public S apply(S state, E event) {
        return agent.apply(state, event);
    }

    @Override
    public List<Effect> pending(S state) {
        return agent.pending(state);
    }

    @Override
    public Optional<Deadline<C>> deadline(S state) {
        return agent.deadline(state);
    }

    @Override
    public C settle(String effectId, Outcome outcome) {
        return agent.settle(effectId, outcome);
    }
}
