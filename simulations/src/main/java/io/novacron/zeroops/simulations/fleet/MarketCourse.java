package io.novacron.zeroops.simulations.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What becomes of a market, whoever uses it: its price, and when it takes all instances away and has none to give. Times are
 * milliseconds since the start.
 *
 * @param pricesPerH dollars, one for each {@link #PRICE_STEP_MS}; the last holds for ever
 * @param outages in order of time, none overlapping
 */
public record MarketCourse(List<Double> pricesPerH, List<Outage> outages) {
    public static final long PRICE_STEP_MS = 600_000;

    private static final double REVERSION = 0.02;
    private static final double VOLATILITY = 0.02;
    private static final double PRICE_SPREAD_MAX = 2;
    private static final long OUTAGE_MIN_MS = 600_000;
    private static final long OUTAGE_MAX_MS = 2_400_000;
    private static final long HOUR_MS = 3_600_000;

    /**
     * From the notice on nothing can be had; what there is is taken a little later.
     *
     * @param backMs from then on there is capacity again
     */
    public record Outage(long noticeMs, long backMs) {}

    public MarketCourse {
        pricesPerH = List.copyOf(pricesPerH);
        outages = List.copyOf(outages);
    }

    /** A price that never changes, and no outage: on demand. */
    public static MarketCourse steady(double pricePerH) {
        return new MarketCourse(List.of(pricePerH), List.of());
    }

    /**
     * A price that wanders about {@code pricePerH} by less than twice, and outages of 10 to 40 minutes that come as a Poisson process.
     *
     * @param meanUpH hours from the end of one outage to the next notice
     */
    public static MarketCourse random(SplittableRandom random, double pricePerH, double meanUpH, long endMs) {
        List<Double> prices = new ArrayList<>();
        double log = 0;
        double bound = Math.log(PRICE_SPREAD_MAX);
        for (long at = 0; at < endMs; at += PRICE_STEP_MS) {
            prices.add(pricePerH * StrictMath.exp(log));
            log = Math.max(-bound, Math.min(bound, log * (1 - REVERSION) + VOLATILITY * random.nextGaussian()));
        }
        List<Outage> outages = new ArrayList<>();
        long at = 0;
        while (true) {
            at += (long) (-StrictMath.log(1 - random.nextDouble()) * meanUpH * HOUR_MS) + 1;
            if (at >= endMs) {
                return new MarketCourse(prices, outages);
            }
            long back = at + random.nextLong(OUTAGE_MIN_MS, OUTAGE_MAX_MS);
            outages.add(new Outage(at, back));
            at = back;
        }
    }

    /** The same with one more outage, and without those that would come within {@code quietMs} of it. */
    public MarketCourse with(Outage outage, long quietMs) {
        List<Outage> all = new ArrayList<>(outages.stream()
                .filter(o -> o.backMs() + quietMs < outage.noticeMs() || o.noticeMs() > outage.backMs() + quietMs)
                .toList());
        all.add(outage);
        all.sort((a, b) -> Long.compare(a.noticeMs(), b.noticeMs()));
        return new MarketCourse(pricesPerH, all);
    }

    public double pricePerH(long atMs) {
        return pricesPerH.get((int) Math.min(pricesPerH.size() - 1, atMs / PRICE_STEP_MS));
    }

    /** Whether more can be had. */
    public boolean isOpen(long atMs) {
        return outages.stream().noneMatch(o -> o.noticeMs() <= atMs && atMs < o.backMs());
    }
}
