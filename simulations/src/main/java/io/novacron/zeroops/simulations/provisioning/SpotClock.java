package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.SpotQuote;
import io.novacron.zeroops.agents.provisioning.SpotRecord;
import io.novacron.zeroops.simulations.trace.SpotMarket.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * One stretch of a class's market without gaps, decision by decision. What it shows at a second was seen by then; how long
 * pools last is learned from what was shown before.
 */
final class SpotClock {
    private final PricedMarket market;
    private final List<SpotRecord> records = new ArrayList<>();
    private final int stepS;
    private final long endSecond;
    private long second;
    private List<State> states = List.of();

    /** What a pool is like now. */
    record State(String pool, boolean isAvailable, Money price, Duration meanUp) {
        double priceUsd() {
            return price.toDollars();
        }
    }

    SpotClock(PricedMarket market, long startSecond, long endSecond, int stepS) {
        this.market = market;
        this.stepS = stepS;
        this.endSecond = endSecond;
        this.second = startSecond - stepS;
        market.pools().forEach(pool -> records.add(SpotRecord.NEW));
    }

    /** Goes on to the next decision; false at the end. */
    boolean next() {
        second += stepS;
        if (second + stepS > endSecond) {
            return false;
        }
        List<State> now = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            Pool pool = market.pools().get(i);
            int tick = pool.at(second);
            boolean isAvailable = tick >= 0 && pool.isAvailable(tick);
            SpotRecord record = records.get(i).observe(Duration.ofSeconds(stepS), isAvailable);
            records.set(i, record);
            Money price = isAvailable ? Money.dollars(market.spotUsd(pool, tick)) : Money.ZERO;
            now.add(new State(pool.name(), isAvailable, price, record.meanUp()));
        }
        states = now;
        return true;
    }

    long second() {
        return second;
    }

    int stepS() {
        return stepS;
    }

    double onDemandUsd() {
        return market.onDemandUsd(second);
    }

    List<State> states() {
        return states;
    }

    State state(String pool) {
        return states.stream()
                .filter(state -> state.pool().equals(pool))
                .findFirst()
                .orElseThrow();
    }

    /** @param inUse instances that we have in a pool */
    List<SpotQuote> quotes(ToIntFunction<String> inUse) {
        return states.stream()
                .map(state -> new SpotQuote(
                        state.pool(),
                        state.isAvailable(),
                        state.price(),
                        state.meanUp(),
                        inUse.applyAsInt(state.pool())))
                .toList();
    }
}
