package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.agents.core.Event;
import java.util.List;

/**
 * What an entity writes at once: one row, all or nothing.
 *
 * @param settings the hash of the settings under which it was decided
 * @param owing for the index, which is written with it; of what is read back nobody knows it any more
 */
public record Written(List<Event> events, String settings, Owing owing) {
    public Written {
        events = List.copyOf(events);
    }
}
