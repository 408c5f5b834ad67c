package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.SpotQuote;
import io.novacron.zeroops.agents.provisioning.SpotSettings;
import io.novacron.zeroops.simulations.provisioning.SpotReport.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service that wants a number of instances all the time, under one way of spreading them. */
final class SpotServiceRun {
    private final String policy;
    private final SpotSettings settings;
    private final int wanted;
    private final boolean hasFallback;
    private final Spreader spreader;
    private Map<String, Integer> held = new HashMap<>();
    private double costUsd;
    private double paidHours;
    private double spotHours;
    private double wantedS;
    private double lackingS;
    private double shortageS;
    private double longestShortageS;
    private long interruptions;

    /** How many instances each pool should hold. */
    @FunctionalInterface
    interface Spreader {
        Map<String, Integer> spread(int instances, List<SpotQuote> quotes, Money onDemand);
    }

    /** @param hasFallback whether what is missing runs on demand */
    SpotServiceRun(String policy, SpotOptions options, boolean hasFallback, Spreader spreader) {
        this.policy = policy;
        this.settings = options.settings();
        this.wanted = options.instances();
        this.hasFallback = hasFallback;
        this.spreader = spreader;
    }

    void run(SpotClock clock) {
        held = new HashMap<>();
        shortageS = 0;
        boolean isFirst = true;
        while (clock.next()) {
            step(clock, isFirst);
            isFirst = false;
        }
    }

    private void step(SpotClock clock, boolean isFirst) {
        int before = spotCount();
        int onDemandBefore = hasFallback && !isFirst ? wanted - before : 0;
        int taken = 0; // their replacements are asked for now; they were started at the notice
        for (Map.Entry<String, Integer> pool : held.entrySet()) {
            if (!clock.state(pool.getKey()).isAvailable()) {
                taken += pool.getValue();
            }
        }
        interruptions += taken;
        Money onDemand = Money.dollars(clock.onDemandUsd());
        Map<String, Integer> next = spreader.spread(wanted, clock.quotes(pool -> held.getOrDefault(pool, 0)), onDemand);
        int spot = next.values().stream().mapToInt(Integer::intValue).sum();
        int onDemandCount = hasFallback ? wanted - spot : 0;
        double lacking = Math.max(0, wanted - spot - onDemandCount) * (double) clock.stepS();
        if (!isFirst) {
            lacking += hasFallback ? replaced(taken, clock) : returned(spot - (before - taken), clock);
        }
        account(clock, next, onDemandCount);
        overlap(clock, next, onDemandCount, onDemandBefore, isFirst);
        shortage(lacking, clock.stepS());
        held = new HashMap<>(next);
    }

    /** What replaces an instance is started at the notice; what boots longer is missed. */
    private double replaced(int taken, SpotClock clock) {
        return taken * (double) Math.min(settings.gap().toSeconds(), clock.stepS());
    }

    /** Without anything in its place it is missed until it has booted, too. */
    private double returned(int count, SpotClock clock) {
        return Math.max(0, count) * (double) Math.min(settings.boot().toSeconds(), clock.stepS());
    }

    private int spotCount() {
        return held.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void account(SpotClock clock, Map<String, Integer> next, int onDemandCount) {
        double hours = clock.stepS() / 3600.0;
        for (Map.Entry<String, Integer> pool : next.entrySet()) {
            costUsd += pool.getValue() * hours * clock.state(pool.getKey()).priceUsd();
            spotHours += pool.getValue() * hours;
            paidHours += pool.getValue() * hours;
        }
        costUsd += onDemandCount * hours * clock.onDemandUsd();
        paidHours += onDemandCount * hours;
    }

    /** What is started in place of something that still runs, or drains, is paid for while both are there. */
    private void overlap(
            SpotClock clock, Map<String, Integer> next, int onDemandCount, int onDemandBefore, boolean isFirst) {
        if (isFirst || !hasFallback) {
            return;
        }
        double hours = settings.boot().toSeconds() / 3600.0;
        for (Map.Entry<String, Integer> pool : next.entrySet()) {
            int added = Math.max(0, pool.getValue() - held.getOrDefault(pool.getKey(), 0));
            costUsd += added * hours * clock.state(pool.getKey()).priceUsd();
        }
        costUsd += Math.max(0, onDemandCount - onDemandBefore) * hours * clock.onDemandUsd();
    }

    private void shortage(double lacking, int stepS) {
        wantedS += (double) wanted * stepS;
        lackingS += lacking;
        if (lacking > 0) {
            shortageS += Math.min(stepS, lacking);
            longestShortageS = Math.max(longestShortageS, shortageS);
        } else {
            shortageS = 0;
        }
    }

    double costUsd() {
        return costUsd;
    }

    Service figures(double onDemandCostUsd) {
        return new Service(
                policy,
                costUsd,
                100 * (1 - costUsd / onDemandCostUsd),
                100 * (1 - lackingS / wantedS),
                longestShortageS / 60,
                interruptions,
                paidHours == 0 ? 0 : 100 * spotHours / paidHours);
    }
}
