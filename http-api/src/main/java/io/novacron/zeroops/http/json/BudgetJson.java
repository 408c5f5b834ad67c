package io.novacron.zeroops.http.json;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.persistence.view.BudgetView;
import io.novacron.zeroops.runtime.learning.SpendForecasts;
import io.novacron.zeroops.runtime.learning.SpendForecasts.Forecast;
import java.time.Instant;
import java.util.Optional;

/**
 * One node of a budget in the current month.
 *
 * @param parent empty for a root
 * @param usedUsd spent, committed and reserved
 * @param usedShare of the limit, 0 to 1, or above where a renewal was refused; empty where the limit is zero
 * @param expectedUsd what it comes to by the end of the month if all runs on
 * @param toldSpentPercent the highest level that its owners were told of, of what was spent; 0 if none
 * @param toldExpectedPercent likewise, of what is expected
 * @param forecastUsd what is expected to be billed in the {@code forecastDays} from {@code forecastFrom} on; with all that begins so, empty
 *     until there is enough to tell
 * @param forecastLowUsd with {@code forecastHighUsd} an interval that holds nine of ten
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
        Optional<Double> usedShare,
        Money expectedUsd,
        int toldSpentPercent,
        int toldExpectedPercent,
        Optional<Money> forecastUsd,
        Optional<Money> forecastLowUsd,
        Optional<Money> forecastHighUsd,
        Optional<Instant> forecastFrom,
        Optional<Integer> forecastDays,
        Optional<String> model) {

    public static BudgetJson of(BudgetView view, Optional<Forecast> forecast) {
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
                        : Optional.empty(),
                view.usage().spent().plus(view.usage().committed()),
                view.spentLevel(),
                view.expectedLevel(),
                forecast.map(Forecast::expected),
                forecast.flatMap(Forecast::low),
                forecast.flatMap(Forecast::high),
                forecast.map(Forecast::from),
                forecast.map(Forecast::days),
                forecast.map(made -> SpendForecasts.MODEL));
    }
}
