package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.fleet.SimulatedMarket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at a service on spot capacity once a second, as it truly is. */
final class SpotWatch {
    static final long LOOK_MS = 1_000;

    private final SimulatedSpotService service;
    private final List<Double> coveredS = new ArrayList<>();
    private final List<Long> uncovered = new ArrayList<>(); // when the notices came
    private final Map<String, Long> noticedBefore = new HashMap<>(); // by market; never iterated
    private long looks;
    private long served;
    private int fewest = Integer.MAX_VALUE;
    private long shortLooks;
    private long longestShort;
    private long notices;
    private double costBefore;

    SpotWatch(SimulatedSpotService service) {
        this.service = service;
    }

    /** From now on it counts. */
    void begin(long nowMs) {
        service.advance(nowMs);
        costBefore = service.costUsd();
        service.markets().forEach((name, market) -> noticedBefore.put(name, market.noticedInAll()));
    }

    void look(long nowMs) {
        service.advance(nowMs);
        int ready = service.ready();
        looks++;
        served += Math.min(ready, service.wanted());
        fewest = Math.min(fewest, ready);
        shortLooks = ready < service.wanted() ? shortLooks + 1 : 0;
        longestShort = Math.max(longestShort, shortLooks);
        for (Map.Entry<String, SimulatedMarket> entry : service.markets().entrySet()) {
            long noticed = entry.getValue().noticedInAll();
            if (noticed > noticedBefore.getOrDefault(entry.getKey(), 0L)) {
                noticedBefore.put(entry.getKey(), noticed);
                notices++;
                uncovered.add(nowMs);
            }
        }
        if (service.staying() >= service.wanted()) {
            uncovered.forEach(from -> coveredS.add((nowMs - from) / 1e3));
            uncovered.clear();
        }
    }

    double availability() {
        return looks == 0 ? 1 : (double) served / ((double) looks * service.wanted());
    }

    int fewest() {
        return fewest;
    }

    double longestShortageS() {
        return longestShort * LOOK_MS / 1e3;
    }

    double costUsd() {
        return service.costUsd() - costBefore;
    }

    long notices() {
        return notices;
    }

    /** For each notice, how long until it was made good; positive infinity where it never was. */
    List<Double> coveredS() {
        List<Double> all = new ArrayList<>(coveredS);
        uncovered.forEach(from -> all.add(Double.POSITIVE_INFINITY));
        return all;
    }
}
