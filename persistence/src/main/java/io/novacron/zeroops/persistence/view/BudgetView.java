package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.budget.Usage;
import io.novacron.zeroops.agents.core.Money;

/**
 * One node of a budget's tree in the current period.
 *
 * @param parent empty for a root
 * @param usage of the node and all below it
 */
public record BudgetView(String budget, String node, String parent, Money limit, Usage usage) {}
