package io.novacron.zeroops.http.json;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.persistence.view.BudgetView;
import java.util.Optional;

/**
 * One node of a budget in the current month.
 *
 * @param parent empty for a root
 * @param usedUsd spent, committed and reserved
 * @param usedShare of the limit, 0 to 1, or above where a renewal was refused; empty where the limit is zero
 */
public record BudgetJson(
        String budget,
        String node,
        Optional<String> parent,
        Money limitUsd,
        Money spentUsd,
        Money committedUsd,
        Money reservedUsd,
        Money usedUsd,
        Optional<Double> usedShare) {

    public static BudgetJson of(BudgetView view) {
        Money used = view.usage().total();
        return new BudgetJson(
                view.budget(),
                view.node(),
                Optional.of(view.parent()).filter(parent -> !parent.isEmpty()),
                view.limit(),
                view.usage().spent(),
                view.usage().committed(),
                view.usage().reserved(),
                used,
                view.limit().isPositive()
                        ? Optional.of(used.toDollars() / view.limit().toDollars())
                        : Optional.empty());
    }
}
