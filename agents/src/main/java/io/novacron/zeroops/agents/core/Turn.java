package io.novacron.zeroops.agents.core;

import java.time.Instant;

/** How a host puts one command to an agent: here, so that no host does it differently. */
public final class Turn {
    /** Bounds what one entity can owe, and so what its recovery can set off at once. */
    public static final int PENDING_MAX = 64;

    private Turn() {}

    /** What a turn led to, and the state once its events are journaled. */
    public record Taken<E extends Event, S extends State>(Result<E> result, S after) {}

    /** The host's clock, but never behind what was already journaled. */
    public static Instant now(Instant clock, State state) {
        return clock.isBefore(state.asOf()) ? state.asOf() : clock;
    }

    /** Decides; puts off what would add to a list of pending effects that is already full. Changes nothing. */
    public static <C extends Command, E extends Event, S extends State> Taken<E, S> take(
            Agent<C, E, S> agent, S before, C command, Instant clock) {
        Result<E> result = agent.decide(before, command, now(clock, before));
        if (result.events().isEmpty()) {
            return new Taken<>(result, before);
        }
        S after = before;
        for (E event : result.events()) {
            after = agent.apply(after, event);
        }
        int owed = agent.pending(after).size();
        // What shrinks an overfull list must pass.
        boolean overflows = owed > PENDING_MAX && owed > agent.pending(before).size();
        return overflows ? new Taken<>(Result.notNow("too_many_pending"), before) : new Taken<>(result, after);
    }
}
