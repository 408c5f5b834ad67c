package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.SpotJob;
import io.novacron.zeroops.agents.provisioning.SpotJob.Kind;
import io.novacron.zeroops.agents.provisioning.SpotJob.Placement;
import io.novacron.zeroops.agents.provisioning.SpotPolicy;
import io.novacron.zeroops.agents.provisioning.SpotPolicy.Choice;
import io.novacron.zeroops.agents.provisioning.SpotQuote;
import io.novacron.zeroops.runtime.csv.CsvException;
import io.novacron.zeroops.simulations.evaluation.EvaluationView;
import io.novacron.zeroops.simulations.provisioning.SpotReport.CapacityClass;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import io.novacron.zeroops.simulations.trace.SpotMarketReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Spot capacity on a recorded market: jobs with deadlines and a service, under {@link SpotPolicy} and under rivals. One pass
 * forward in time for each; nobody sees more than what the market showed up to then.
 */
public final class SpotEvaluation {
    static final String ON_DEMAND = "on demand";
    static final String ZEROOPS = "zeroops";
    static final String NAIVE = "cheapest pool, no fallback";
    static final String ANY_POOL = "any pool, no fallback";

    private final SpotOptions options;

    private SpotEvaluation(SpotOptions options) {
        this.options = options;
    }

    /** @throws InvalidInputException if the file cannot be used, or prices are missing */
    public static EvaluationView of(SpotOptions options) {
        try {
            return new SpotEvaluation(options).run();
        } catch (CsvException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private EvaluationView run() {
        List<CapacityClass> classes = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        SpotMarketReader.read(options.market()).forEach(market -> {
            var priced = new PricedMarket(market, options);
            List<long[]> stretches = priced.stretches().stream()
                    .filter(each -> each[1] - each[0] >= options.jobDeadline().toSeconds())
                    .toList();
            if (stretches.isEmpty()) {
                notes.add("class " + priced.name() + ": no stretch without gaps is as long as one deadline; left out");
            } else {
                classes.add(evaluated(priced, stretches));
            }
        });
        if (classes.isEmpty()) {
            throw new InvalidInputException(options.market() + ": no class has a stretch without gaps of "
                    + options.jobDeadline().toHours() + " h; give a shorter --deadline and --job");
        }
        return new SpotView(options, new SpotReport(classes, notes)).view();
    }

    private CapacityClass evaluated(PricedMarket market, List<long[]> stretches) {
        String cheapest = cheapest(market, stretches.get(0)[0]);
        var policy = new SpotPolicy(options.settings().withStep(Duration.ofSeconds(market.stepS())));
        List<SpotJobsRun> jobs = List.of(
                new SpotJobsRun(ON_DEMAND, options, (job, quotes, price, now) -> onDemand()),
                new SpotJobsRun(ZEROOPS, options, policy::choose),
                new SpotJobsRun(NAIVE, options, naive(quote -> quote.pool().equals(cheapest))),
                new SpotJobsRun(ANY_POOL, options, naive(quote -> true)));
        List<SpotServiceRun> services = List.of(
                new SpotServiceRun(ON_DEMAND, options, true, (count, quotes, price) -> Map.of()),
                new SpotServiceRun(ZEROOPS, options, true, policy::spread),
                new SpotServiceRun(
                        NAIVE,
                        options,
                        false,
                        (count, quotes, price) ->
                                quotes.stream().anyMatch(q -> q.pool().equals(cheapest) && isWorth(q, price))
                                        ? Map.of(cheapest, count)
                                        : Map.of()),
                new SpotServiceRun(ANY_POOL, options, false, (count, quotes, price) -> first(quotes, price, q -> true)
                        .map(quote -> Map.of(quote.pool(), count))
                        .orElse(Map.of())));
        double seconds = 0;
        for (long[] stretch : stretches) {
            seconds += stretch[1] - stretch[0];
            jobs.forEach(run -> run.run(clock(market, stretch), stretch[0], stretch[1]));
            services.forEach(run -> run.run(clock(market, stretch)));
        }
        double jobCost = jobs.get(0).costUsd();
        double serviceCost = services.get(0).costUsd();
        var first = clock(market, stretches.get(0));
        first.next();
        return new CapacityClass(
                market.name(),
                market.pools().stream().map(pool -> pool.name()).toList(),
                market.pools().stream().map(market::availablePct).toList(),
                seconds / 86400,
                first.onDemandUsd(),
                market.pools().stream()
                        .mapToDouble(pool -> market.spotUsd(
                                pool, Math.max(0, pool.at(stretches.get(0)[0]))))
                        .filter(Double::isFinite)
                        .min()
                        .orElse(Double.NaN),
                jobs.stream().map(run -> run.figures(jobCost)).toList(),
                services.stream().map(run -> run.figures(serviceCost)).toList());
    }

    private static SpotClock clock(PricedMarket market, long[] stretch) {
        return new SpotClock(market, stretch[0], stretch[1], market.stepS());
    }

    /** By price at the start, as somebody would choose it once; of the same price the first by name. */
    private static String cheapest(PricedMarket market, long second) {
        return market.pools().stream()
                .min(Comparator.comparingDouble(pool -> {
                    double price = market.spotUsd(pool, Math.max(0, pool.at(second)));
                    return Double.isNaN(price) ? Double.MAX_VALUE : price;
                }))
                .orElseThrow()
                .name();
    }

    private static Choice onDemand() {
        return new Choice(Placement.ON_DEMAND, Money.ZERO, "always");
    }

    /** Runs where it can, waits where it cannot, and bids the price on demand. */
    private static SpotJobsRun.Chooser naive(Predicate<SpotQuote> allowed) {
        return (SpotJob job, List<SpotQuote> quotes, Money price, Instant now) -> {
            if (job.placement().kind() == Kind.SPOT) {
                return new Choice(job.placement(), price, "spot");
            }
            return first(quotes, price, allowed)
                    .map(quote -> new Choice(Placement.spot(quote.pool()), price, "spot"))
                    .orElse(new Choice(Placement.WAITING, Money.ZERO, "none"));
        };
    }

    private static Optional<SpotQuote> first(List<SpotQuote> quotes, Money onDemand, Predicate<SpotQuote> allowed) {
        return quotes.stream()
                .filter(allowed)
                .filter(quote -> isWorth(quote, onDemand))
                .min(Comparator.comparing(SpotQuote::price).thenComparing(SpotQuote::pool));
    }

    private static boolean isWorth(SpotQuote quote, Money onDemand) {
        return quote.isAvailable() && !quote.price().exceeds(onDemand);
    }
}
