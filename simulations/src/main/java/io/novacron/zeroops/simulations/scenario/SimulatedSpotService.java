package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.SpotCommand.Market;
import io.novacron.zeroops.agents.provisioning.SpotCommand.OnDemand;
import io.novacron.zeroops.agents.provisioning.SpotCommand.ReportMarkets;
import io.novacron.zeroops.agents.provisioning.SpotRecord;
import io.novacron.zeroops.agents.provisioning.SpotServicePolicy;
import io.novacron.zeroops.simulations.fleet.SimulatedMarket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A service on simulated spot markets, and what is known of these: prices and notices at once, but whether a market has capacity only from
 * a probe every {@link #PROBE_MS}.
 */
final class SimulatedSpotService {
    static final long PROBE_MS = 600_000;

    private final SpotServicePolicy policy;
    private final int wanted;
    private final Map<String, SimulatedMarket> markets; // by name
    private final SimulatedMarket onDemand;
    private final Map<String, SpotRecord> records = new TreeMap<>();

    SimulatedSpotService(
            SpotServicePolicy policy, int wanted, Map<String, SimulatedMarket> markets, SimulatedMarket onDemand) {
        this.policy = policy;
        this.wanted = wanted;
        this.markets = new TreeMap<>(markets);
        this.onDemand = onDemand;
        markets.keySet().forEach(name -> records.put(name, SpotRecord.NEW));
    }

    SpotServicePolicy policy() {
        return policy;
    }

    int wanted() {
        return wanted;
    }

    Map<String, SimulatedMarket> markets() {
        return markets;
    }

    SimulatedMarket onDemand() {
        return onDemand;
    }

    /** All there is, by address. */
    Map<String, SimulatedMarket> places() {
        Map<String, SimulatedMarket> places = new TreeMap<>();
        markets.forEach((name, market) -> places.put(policy.resource(name), market));
        places.put(policy.resource(SpotServicePolicy.ON_DEMAND), onDemand);
        return places;
    }

    void advance(long nowMs) {
        places().values().forEach(place -> place.advance(nowMs));
    }

    void probe() {
        markets.forEach((name, market) -> records.compute(name, (n, known) -> (known == null ? SpotRecord.NEW : known)
                .observe(Duration.ofMillis(PROBE_MS), market.isOpen())));
    }

    /** What is known now. */
    ReportMarkets report(long nowMs, Instant now) {
        advance(nowMs);
        List<Market> all = new ArrayList<>();
        markets.forEach((name, market) -> {
            SpotRecord known = records.getOrDefault(name, SpotRecord.NEW);
            Optional<Instant> ends = market.noticeEndsMs().isPresent()
                    ? Optional.of(now.plusMillis(market.noticeEndsMs().getAsLong() - nowMs))
                    : Optional.empty();
            all.add(new Market(
                    name,
                    Money.dollars(market.course().pricePerH(nowMs)),
                    known.wasAvailable(),
                    known.meanUp(),
                    market.ready(),
                    market.booting(),
                    market.noticed(),
                    ends));
        });
        return new ReportMarkets(now, wanted, all, new OnDemand(onDemand.ready(), onDemand.booting()));
    }

    /** Those that serve now, those under notice too. */
    int ready() {
        return places().values().stream().mapToInt(SimulatedMarket::ready).sum();
    }

    /** Those that serve and go on to. */
    int staying() {
        return places().values().stream()
                .mapToInt(place -> Math.max(0, place.ready() - place.noticed()))
                .sum();
    }

    double costUsd() {
        return places().values().stream().mapToDouble(SimulatedMarket::costUsd).sum();
    }
}
