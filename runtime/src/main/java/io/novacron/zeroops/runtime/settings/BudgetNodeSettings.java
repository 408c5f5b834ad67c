package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Money;

/** The limit of one team or project. */
public record BudgetNodeSettings(
        @Key(required = true, says = "Its name; what workloads call their project.") String node,
        @Key(
                        value = BudgetSettings.ROOT,
                        says = "The node whose limit it also counts against; " + BudgetSettings.ROOT
                                + " is monthly_budget.")
                String parent,
        @Key(
                        required = true,
                        min = "0.01",
                        max = "1000000000",
                        says = "Dollars a calendar month (UTC), with all nodes below it.")
                Money limit,
        @Key(
                        value = "0",
                        min = "0",
                        max = "1000",
                        says = "The higher, the more important: renewed first, and drained last.")
                int priority) {

    Node toNode() {
        return new Node(node, parent, limit, priority);
    }
}
