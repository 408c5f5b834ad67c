package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.persistence.journal.ArchivedException;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalFormatException;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.JournalUnavailableException;
import io.novacron.zeroops.persistence.journal.Position;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The budget's events from the journal's beginning, in order, each with the state before it: what a bill is for follows from all
 * that came before. Where the beginning was archived and removed, from the newest snapshot on. Reads no further than the views have.
 *
 * <p>For one thread, whose listener is called in {@link #read}.
 */
public final class BudgetFeed {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetFeed.class);

    private final JournalReader reader;
    private final Views views;
    private final Listener listener;
    private Position readTo = Position.START;
    private BudgetProjection read = BudgetProjection.NEW;
    private @Nullable Position wanted; // the last that was there at the first call
    private boolean failing;

    /** Hears of what was journaled. */
    public interface Listener {
        /** What came before is not known but for this. Not called where the journal has its beginning. */
        void begin(BudgetState state);

        void event(BudgetState before, BudgetEvent event);
    }

    /** See {@link JournalViews#budgetFeed}. */
    BudgetFeed(JournalReader reader, Views views, Listener listener) {
        this.reader = reader;
        this.views = views;
        this.listener = listener;
    }

    /**
     * Reads what is new; at first all there is.
     *
     * @return whether all is read that was there at the first call: until then nothing is known of now; what cannot be read is tried
     *     again by the next call
     */
    public boolean read() {
        try {
            if (wanted == null) {
                wanted = reader.last();
            }
            Position end = views.readUpTo();
            if (end.isAfter(readTo)) {
                readTo(end);
                readTo = end;
            }
            failing = false;
            return !wanted.isAfter(readTo);
        } catch (JournalUnavailableException | JournalFormatException e) {
            if (!failing) {
                LOG.warn("the budget's history is not read on, and will be tried again: {}", e.toString());
            }
            failing = true;
            return false;
        }
    }

    private void readTo(Position end) {
        try {
            reader.forEach(BudgetProjection.ENTITY, read.sequence(), end, this::add);
        } catch (ArchivedException e) {
            BudgetProjection snapshot = BudgetProjection.begin(reader);
            if (snapshot.sequence() <= read.sequence()) {
                throw e;
            }
            read = snapshot;
            listener.begin(snapshot.state());
            reader.forEach(BudgetProjection.ENTITY, read.sequence(), end, this::add);
        }
    }

    private void add(JournalEntry entry) {
        BudgetState state = read.state();
        for (Event event : entry.events()) {
            if (event instanceof BudgetEvent changed) {
                listener.event(state, changed);
                state = changed.applyTo(state);
            }
        }
        read = new BudgetProjection(state, entry.sequence());
    }

    /** After the last event that the listener heard of. */
    public BudgetState state() {
        return read.state();
    }
}
