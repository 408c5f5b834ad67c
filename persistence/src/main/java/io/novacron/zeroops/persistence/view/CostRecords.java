package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetEvent.Metered;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Commitment;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.Position;
import java.util.Optional;
import java.util.function.Consumer;

/** Every bill in the journal, in its order. Which span and whose money a bill is, follows from all that came before it. */
public final class CostRecords {
    private BudgetState state = BudgetProjection.NEW.state();

    private CostRecords() {}

    /** @param until the last row that counts */
    public static void read(JournalReader reader, Position until, Consumer<CostRecord> to) {
        var records = new CostRecords();
        reader.forEach(BudgetProjection.ENTITY, 0, until, entry -> records.add(entry, to));
    }

    private void add(JournalEntry entry, Consumer<CostRecord> to) {
        for (Event event : entry.events()) {
            if (event instanceof Metered metered) {
                of(state, metered).ifPresent(to);
            }
            if (event instanceof BudgetEvent changed) {
                state = changed.applyTo(state);
            }
        }
    }

    /** Empty for a bill that nobody pays. */
    public static Optional<CostRecord> of(BudgetState before, Metered metered) {
        Optional<Commitment> paid = before.commitment(metered.resource());
        String region = Optional.ofNullable(before.watch().actions().get(metered.resource()))
                .map(Action::region)
                .orElse("");
        return paid.map(c -> new CostRecord(
                metered.resource(),
                c.project(),
                before.tree().node(c.project()).map(Node::parent).orElse(""),
                region,
                c.accountedTo(),
                metered.upTo(),
                metered.billed(),
                c.finalRatePerHour()));
    }
}
