package io.novacron.zeroops.simulations.evaluation;

import io.novacron.zeroops.agents.core.Event;
import java.time.Instant;

/** Takes every event that a simulation journals, in the order in which it did. */
@FunctionalInterface
public interface JournalSink {
    JournalSink NONE = (run, at, entity, sequence, event) -> {};

    /**
     * One event, as it was journaled.
     *
     * @param run which load and seed, as in {@link TimelineSink.Row#run}
     * @param at virtual time
     * @param entity the address of the agent whose event it is, such as {@code scaler/web}
     * @param sequence number within the entity, from 1
     */
    void event(String run, Instant at, String entity, long sequence, Event event);
}
