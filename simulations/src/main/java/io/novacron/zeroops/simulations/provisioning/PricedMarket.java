package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.trace.SpotMarket;
import io.novacron.zeroops.simulations.trace.SpotMarket.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A class's pools with their prices: those of the file, else those that were given for the class. */
final class PricedMarket {
    /** In typical distances of ticks: beyond it nothing is known of what was in between. */
    private static final double GAP_STEPS = 6;

    private static final int STEP_MIN_S = 600;
    private static final int STEP_MAX_S = 3_600;

    private final SpotMarket market;
    private final Optional<Double> onDemand;
    private final Optional<Double> spot;

    /** @throws InvalidInputException if there is no price for it */
    PricedMarket(SpotMarket market, SpotOptions options) {
        this.market = market;
        this.onDemand = given(options.onDemandUsd(), market.capacityClass());
        this.spot = given(options.spotUsd(), market.capacityClass());
        for (Pool pool : market.pools()) {
            for (int tick = 0; tick < pool.ticks(); tick++) {
                check(options, pool, tick);
            }
        }
    }

    private static Optional<Double> given(Map<String, Double> prices, String name) {
        return Optional.ofNullable(prices.get(name)).or(() -> Optional.ofNullable(prices.get(SpotOptions.ALL_CLASSES)));
    }

    private void check(SpotOptions options, Pool pool, int tick) {
        boolean isPriced = !Double.isNaN(pool.onDemandUsd(tick)) || onDemand.isPresent();
        boolean isSpotPriced = !pool.isAvailable(tick) || !Double.isNaN(pool.spotUsd(tick)) || spot.isPresent();
        if (!isPriced || !isSpotPriced) {
            String option = isPriced ? "--spot" : "--on-demand";
            throw new InvalidInputException(options.market() + ": no " + (isPriced ? "spot" : "on-demand")
                    + " price for class " + market.capacityClass() + " in " + pool.name() + "; give " + option
                    + " USD for all classes, or " + option + " " + market.capacityClass() + "=USD");
        }
    }

    String name() {
        return market.capacityClass();
    }

    List<Pool> pools() {
        return market.pools();
    }

    double spotUsd(Pool pool, int tick) {
        double told = pool.spotUsd(tick);
        return Double.isNaN(told) ? spot.orElse(Double.NaN) : told;
    }

    /** Of the pool where it is cheapest now: that is where on demand would be bought. */
    double onDemandUsd(long second) {
        double least = Double.POSITIVE_INFINITY;
        for (Pool pool : pools()) {
            double told = pool.onDemandUsd(Math.max(0, pool.at(second)));
            least = Math.min(least, Double.isNaN(told) ? onDemand.orElse(least) : told);
        }
        return least;
    }

    double availablePct(Pool pool) {
        int available = 0;
        for (int tick = 0; tick < pool.ticks(); tick++) {
            available += pool.isAvailable(tick) ? 1 : 0;
        }
        return 100.0 * available / pool.ticks();
    }

    /** Between two decisions: as often as the market was looked at, but not more often than is of use, nor less. */
    int stepS() {
        return (int) Math.max(STEP_MIN_S, Math.min(STEP_MAX_S, typicalSpacing(ticks())));
    }

    private static long typicalSpacing(long[] seconds) {
        long[] spacings = new long[Math.max(1, seconds.length - 1)];
        for (int i = 0; i + 1 < seconds.length; i++) {
            spacings[i] = seconds[i + 1] - seconds[i];
        }
        Arrays.sort(spacings);
        return Math.max(1, spacings[spacings.length / 2]);
    }

    /** From and to, in seconds: stretches in which ticks follow each other without a long gap. */
    List<long[]> stretches() {
        long[] seconds = ticks();
        if (seconds.length < 2) {
            return List.of();
        }
        double gap = GAP_STEPS * typicalSpacing(seconds);
        List<long[]> stretches = new ArrayList<>();
        long from = seconds[0];
        for (int i = 0; i + 1 < seconds.length; i++) {
            if (seconds[i + 1] - seconds[i] > gap) {
                stretches.add(new long[] {from, seconds[i]});
                from = seconds[i + 1];
            }
        }
        stretches.add(new long[] {from, seconds[seconds.length - 1]});
        return stretches;
    }

    private long[] ticks() {
        var all = new TreeSet<Long>();
        for (Pool pool : pools()) {
            for (int tick = 0; tick < pool.ticks(); tick++) {
                all.add(pool.second(tick));
            }
        }
        return all.stream().mapToLong(Long::longValue).toArray();
    }
}
