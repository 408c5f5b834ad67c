package io.novacron.zeroops.http.json;

import io.novacron.zeroops.agents.budget.Watch.Anomaly;
import io.novacron.zeroops.agents.core.Money;
import java.time.Instant;

/**
 * What a node was billed beyond what was to be expected.
 *
 * @param from the hour or day it was billed for, up to {@code to}
 */
public record BudgetAnomalyJson(String id, String node, Instant from, Instant to, Money billedUsd, Money expectedUsd) {

    public static BudgetAnomalyJson of(Anomaly anomaly) {
        return new BudgetAnomalyJson(
                anomaly.id(), anomaly.node(), anomaly.from(), anomaly.to(), anomaly.billed(), anomaly.expected());
    }
}
