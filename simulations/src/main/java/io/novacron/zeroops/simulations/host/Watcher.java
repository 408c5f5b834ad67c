package io.novacron.zeroops.simulations.host;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.State;
import java.util.List;

/** Sees every write as it is journaled, and every recovery: whoever checks what must always hold. */
public interface Watcher {
    Watcher NONE = new Watcher() {
        @Override
        public void journaled(String entity, List<? extends Event> events, State after) {}

        @Override
        public void recovered(String entity, State lived, State replayed) {}
    };

    void journaled(String entity, List<? extends Event> events, State after);

    /** @param lived what the entity believed of itself with the same number of events */
    void recovered(String entity, State lived, State replayed);
}
