package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.budget.Watch.Anomaly;
import io.novacron.zeroops.agents.provisioning.ProvisionerState;
import io.novacron.zeroops.persistence.journal.Position;
import java.util.List;
import java.util.Optional;

/** What the journal says, as far as it was read: {@link #readUpTo} tells how far. May be used by many threads. */
public interface Views {

    /** Decisions that match, the newest first. */
    List<DecisionView> decisions(DecisionQuery query);

    Optional<DecisionView> decision(String decision);

    /** One resource, by its address. */
    Optional<ResourceView> resource(String address);

    /**
     * The resources, by address; at most {@code limit}.
     *
     * @param after only those whose address comes after this; empty: from the first
     */
    List<ResourceView> resources(String after, int limit);

    /** Every node of the budget's tree, each before those below it. */
    List<BudgetView> budgets();

    /** Rises of what was billed that somebody reported, the newest first; as many as the budget remembers. */
    List<Anomaly> anomalies();

    /** What a pool knows of its VMs, by its address; as it was at first if nothing is journaled. */
    ProvisionerState pool(String address);

    /** Decisions that people had a hand in, and overrides, the newest first; of one decision there may be several. */
    List<InterventionView> interventions(int limit);

    /** Since the journal began. */
    Counts counts();

    /** The position of the last row that these views know. */
    Position readUpTo();

    /**
     * Since the journal began.
     *
     * @param open without a verdict yet; one whose change is under way has none
     * @param approved of those that reached a verdict
     * @param verified of those approved, whose change ended verified
     * @param interventions decisions that people had a hand in, and overrides
     */
    record Counts(
            long decisions,
            long open,
            long approved,
            long rejected,
            long declined,
            long expired,
            long verified,
            long escalated,
            long interventions) {}
}
