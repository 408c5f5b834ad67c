package io.novacron.zeroops.http.node;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.ops.OpsCenterAgent;
import io.novacron.zeroops.agents.ops.OpsEvent;
import io.novacron.zeroops.agents.ops.OpsState;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.Position;
import java.util.Optional;

/** The mode that the journal says people want, whichever node they told. */
final class ClusterMode {
    private final JournalReader reader;
    private final OpsCenterAgent agent;
    private OpsState state;
    private long sequence;

    ClusterMode(JournalDatabase database, OpsCenterAgent agent) {
        this.reader = new JournalReader(database);
        this.agent = agent;
        this.state = agent.initial();
        reader.snapshot(OpsCenterAgent.ADDRESS).ifPresent(snapshot -> {
            state = known(snapshot.state());
            sequence = snapshot.sequence();
        });
    }

    private static OpsState known(State snapshot) {
        return (OpsState) snapshot;
    }

    /** As of now; empty if none was ever set. Reads what was journaled since it was asked last. */
    synchronized Optional<Mode> read() {
        reader.forEach(OpsCenterAgent.ADDRESS, sequence, Position.END, this::add);
        return sequence == 0 ? Optional.empty() : Optional.of(state.effectiveMode());
    }

    private void add(JournalEntry row) {
        for (Event event : row.events()) {
            if (event instanceof OpsEvent known) {
                state = agent.apply(state, known);
            }
        }
        sequence = row.sequence();
    }
}
