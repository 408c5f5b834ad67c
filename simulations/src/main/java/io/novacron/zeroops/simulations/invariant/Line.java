package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetEvent.Funding;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Money;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * The money line: spent + committed + reserved within the limit, at every node. What the provider bills beyond what was
 * committed breaks it, and may come from one thing only: a resource that runs on though the renewal of its money was
 * refused, until it is drained.
 */
final class Line {
    private final Verdicts verdicts;
    private final TreeSet<String> refused = new TreeSet<>();
    private Money overrun = Money.ZERO;

    Line(Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    /** @param whole whether to reckon anew from each hold and commitment, rather than by the running totals */
    void saw(String budget, List<? extends Event> events, BudgetState after, boolean whole, Instant at) {
        for (Event event : events) {
            if (event instanceof BudgetEvent.PeriodRenewed renewed) {
                refused.addAll(renewed.refused().stream().map(Funding::resource).toList());
                overrun = Money.ZERO;
            } else if (event instanceof BudgetEvent.Metered metered
                    && metered.overrun().isPositive()) {
                verdicts.check(
                        refused.contains(metered.resource()),
                        at,
                        () -> metered.resource() + " was billed " + metered.overrun() + " more than was committed");
                overrun = overrun.plus(metered.overrun());
            }
        }
        if (whole && !overrun.isPositive()) {
            verdicts.none(after.violations(), at, budget);
            return;
        }
        for (Node node : after.tree().nodes().values()) {
            Money used = after.usageOf(node.id()).total().minus(overrun);
            verdicts.check(
                    !used.exceeds(node.limit()), at, () -> budget + ": " + node.id() + " uses " + used + " of " + node);
        }
    }
}
