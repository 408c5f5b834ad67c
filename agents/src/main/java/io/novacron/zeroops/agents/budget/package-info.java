/**
 * The money: one tree of limits, what was promised, committed and spent under it, and who may have more. {@link
 * io.novacron.zeroops.agents.budget.BudgetAgent} is the only holder of money. Uses core, and the vocabulary of decision.
 */
@NullMarked
package io.novacron.zeroops.agents.budget;

import org.jspecify.annotations.NullMarked;
