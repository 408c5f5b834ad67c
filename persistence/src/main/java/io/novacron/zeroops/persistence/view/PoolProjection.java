package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent;
import io.novacron.zeroops.agents.provisioning.ProvisionerState;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.JournalReader.Snapshot;
import io.novacron.zeroops.persistence.journal.Position;
import java.util.Optional;

/**
 * A pool as its journal tells it, made when somebody asks: that is seldom, and its rows since its newest snapshot are few thousand at most, so
 * that nothing is kept for it.
 */
final class PoolProjection {
    private ProvisionerState state;

    private PoolProjection(ProvisionerState state) {
        this.state = state;
    }

    /** @param until how far the journal is read; a snapshot may be ahead of that for a moment */
    static ProvisionerState of(JournalReader reader, String address, Position until) {
        Optional<Snapshot> snapshot =
                reader.snapshot(address).filter(found -> found.state() instanceof ProvisionerState);
        var pool = new PoolProjection(
                snapshot.map(found -> (ProvisionerState) found.state()).orElse(ProvisionerState.INITIAL));
        reader.forEach(address, snapshot.map(Snapshot::sequence).orElse(0L), until, pool::add);
        return pool.state;
    }

    private void add(JournalEntry entry) {
        for (Event event : entry.events()) {
            if (event instanceof ProvisionerEvent changed) {
                state = changed.applyTo(state);
            }
        }
    }
}
