package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.agents.core.Event;
import java.time.Instant;
import java.util.List;

/**
 * One row of the journal: what one entity wrote at once.
 *
 * @param position its place in the whole journal
 * @param entity the address of who wrote it
 * @param sequence its place among the entity's rows, from 1; without a gap, but for what was archived and removed
 * @param writer of which life of the entity it is
 * @param epoch in which the node of that life held the entity's shard; 0 where no other could
 * @param writtenAt by the clock of the machine, which may differ from the events' own
 * @param settings the hash of the settings under which it was decided
 * @param events in order, at least one
 */
public record JournalEntry(
        Position position,
        String entity,
        long sequence,
        String writer,
        long epoch,
        Instant writtenAt,
        String settings,
        List<Event> events) {
    public JournalEntry {
        events = List.copyOf(events);
    }

    /** Of this row alone; see {@link Position}. */
    public long ordering() {
        return position.ordering();
    }
}
