package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.TypeName;

/** What whoever can do something about spend is told by the budget: see {@link BudgetPolicy.Subscription}. */
public sealed interface SpendCommand extends Command {

    /**
     * A node spends much more than was to be expected. Told once; a repeat, which a lost answer causes, is known by the anomaly's id.
     * Soft: nothing is reserved or promised by it, and whoever has nothing to do accepts it all the same.
     */
    @TypeName("spend.SpendAnomalyRaised/1")
    record SpendAnomalyRaised(Watch.Anomaly anomaly) implements SpendCommand {}
}
