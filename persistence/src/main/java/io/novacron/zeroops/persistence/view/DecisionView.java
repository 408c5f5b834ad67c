package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionEvent;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.persistence.journal.ArchivedRows;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * One decision as its journal tells it.
 *
 * @param decision its id, which is its address without {@code decision/}
 * @param ordering of the row that opened it: grows with time, and serves as a cursor
 * @param archived the months in whose archives the rows are that were removed here: then {@code state} has what was proposed,
 *     the verdict and its result, and lacks votes and instants in between
 */
public record DecisionView(
        String decision, long ordering, Instant openedAt, DecisionState state, List<YearMonth> archived) {
    public DecisionView {
        archived = List.copyOf(archived);
    }

    /** Folded from the decision's own rows, from its first; empty if there are none. */
    public static Optional<DecisionView> of(List<JournalEntry> rows) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        JournalEntry first = rows.get(0);
        String decision = DecisionProjection.id(first.entity());
        var agent = new DecisionAgent(decision, DecisionPolicy.DEFAULTS); // to apply an event needs no policy
        DecisionState state = agent.initial();
        for (JournalEntry row : rows) {
            for (Event event : row.events()) {
                state = agent.apply(state, (DecisionEvent) event);
            }
        }
        return Optional.of(new DecisionView(
                decision, first.ordering(), first.events().get(0).at(), state, ArchivedRows.months(rows)));
    }

    /** Where the missing rows are, in words; empty if none are missing. */
    public Optional<String> whereArchived() {
        return ArchivedRows.where(archived);
    }
}
