package io.novacron.zeroops.runtime.learning;

import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.persistence.view.SpendHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is expected to be billed in the coming days, by node: reckoned once a day, and remembered. */
public final class SpendForecasts {
    /** Nodes of which it is reckoned, those nearer to their root first: a tenth of a second each. */
    public static final int NODES_MAX = 500;

    public static final String MODEL = "weighted levels and trends by weekday, conformal intervals";

    /** So long after midnight the bills of the day are taken to have come. */
    private static final Duration BILLS_LATE = Duration.ofHours(1);

    private final int days;
    private volatile Map<String, Forecast> byNode = Map.of();
    private volatile long reckonedTo = Long.MIN_VALUE;

    /**
     * The sum of the coming days.
     *
     * @param from the midnight after the last day that was learned from
     * @param low with {@code high} an interval that holds nine of ten sums; empty until so many forecasts were seen to come out
     */
    public record Forecast(Instant from, int days, Money expected, Optional<Money> low, Optional<Money> high) {}

    /** @param days ahead, 1 to {@link SpendForecaster#HORIZON_MAX} */
    public SpendForecasts(int days) {
        this.days = days;
    }

    /** Empty until there are two weeks of bills. */
    public Optional<Forecast> of(String node) {
        return Optional.ofNullable(byNode.get(node));
    }

    /** Reckons anew if a day has ended; may take a minute. For one thread. */
    public void update(SpendHistory history, BudgetState state, Instant now) {
        long last = Math.floorDiv(now.minus(BILLS_LATE).getEpochSecond(), SpendAnomalySettings.DAY.toSeconds()) - 1;
        if (last == reckonedTo) {
            return;
        }
        List<Node> nodes = new ArrayList<>(state.tree().nodes().values());
        nodes.sort(Comparator.comparing(node -> state.tree().path(node.id()).size()));
        Map<String, Forecast> next = new HashMap<>();
        for (Node node : nodes.subList(0, Math.min(NODES_MAX, nodes.size()))) {
            forecast(history.days(state, node.id(), last), last).ifPresent(made -> next.put(node.id(), made));
        }
        byNode = Map.copyOf(next);
        reckonedTo = last;
    }

    private Optional<Forecast> forecast(double[] spent, long last) {
        if (spent.length < SpendForecaster.SETTLED_DAYS) {
            return Optional.empty();
        }
        var forecaster = new SpendForecaster(days);
        for (double day : spent) {
            forecaster.observe(day);
        }
        SpendForecast.Range total = forecaster.forecast().total();
        Instant from = Instant.EPOCH.plus(SpendAnomalySettings.DAY.multipliedBy(last + 1));
        return Optional.of(new Forecast(
                from,
                days,
                Money.dollars(total.expected()),
                Optional.of(total).filter(SpendForecast.Range::isBounded).map(range -> Money.dollars(range.lower())),
                Optional.of(total).filter(SpendForecast.Range::isBounded).map(range -> Money.dollars(range.upper()))));
    }
}
