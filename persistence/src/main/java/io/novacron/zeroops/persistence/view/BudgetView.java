package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.budget.Usage;
import io.novacron.zeroops.agents.core.Money;

/**
 * One node of a budget's tree in the current period.
 *
 * @param parent empty for a root
 * @param usage of the node and all below it
 * @param spentLevel the highest level of its limit, in percent, that was told of what was billed; 0 if none
 * @param expectedLevel likewise, of what it comes to by the period's end if all runs on
 */
public record BudgetView(
        String budget, String node, String parent, Money limit, Usage usage, int spentLevel, int expectedLevel) {}
