package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.MarketCourse;
import io.novacron.zeroops.simulations.fleet.MarketCourse.Outage;
import io.novacron.zeroops.simulations.fleet.SimulatedMarket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The markets of one seed: the same for every policy. Milliseconds since the start. */
final class SpotStormCourse {
    static final double ON_DEMAND_USD = 0.40;
    static final long WARM_UP_MS = Duration.ofHours(1).toMillis();
    static final long STORM_MS = Duration.ofHours(12).toMillis();
    static final long END_MS = Duration.ofHours(20).toMillis();

    /** In which the struck markets give notice. */
    static final long SPREAD_MS = Duration.ofMinutes(10).toMillis();

    private static final double PRICE_MIN = 0.25; // of that on demand, before it wanders
    private static final double PRICE_MAX = 0.45;
    private static final double UP_MIN_H = 8;
    private static final double UP_MAX_H = 36;

    private final long seed;
    private final long noticeMs;
    private final Map<String, MarketCourse> courses = new TreeMap<>(); // by name
    private final long lastNoticeMs;
    private final long firstBackMs;

    SpotStormCourse(long seed, SpotStormOptions options) {
        this.seed = seed;
        this.noticeMs = options.notice().toMillis();
        var random = new SplittableRandom(seed);
        List<Integer> struck = new ArrayList<>(List.of(0, 1, 2, 3));
        while (struck.size() > options.struck()) {
            struck.remove(random.nextInt(struck.size()));
        }
        long lastNotice = STORM_MS;
        long firstBack = END_MS;
        for (int i = 0; i < SpotStormOptions.MARKETS; i++) {
            double price = ON_DEMAND_USD * random.nextDouble(PRICE_MIN, PRICE_MAX);
            var course = MarketCourse.random(random.split(), price, random.nextDouble(UP_MIN_H, UP_MAX_H), END_MS);
            long notice = STORM_MS + random.nextLong(SPREAD_MS);
            long quarter = options.outage().toMillis() / 4;
            long back = notice + options.outage().toMillis() + random.nextLong(-quarter, quarter);
            if (struck.contains(i)) {
                course = course.with(new Outage(notice, back), SPREAD_MS);
                lastNotice = Math.max(lastNotice, notice);
                firstBack = Math.min(firstBack, back);
            }
            courses.put("market-" + (i + 1), course);
        }
        this.lastNoticeMs = lastNotice;
        this.firstBackMs = Math.max(firstBack, lastNotice + 1);
    }

    long lastNoticeMs() {
        return lastNoticeMs;
    }

    long firstBackMs() {
        return firstBackMs;
    }

    Map<String, SimulatedMarket> markets() {
        Map<String, SimulatedMarket> markets = new TreeMap<>();
        courses.forEach(
                (name, course) -> markets.put(name, new SimulatedMarket(course, boots(markets.size()), noticeMs)));
        return markets;
    }

    SimulatedMarket onDemand() {
        return new SimulatedMarket(MarketCourse.steady(ON_DEMAND_USD), boots(courses.size()), noticeMs);
    }

    private BootTimes boots(int place) {
        return BootTimes.ofSeed(seed * 100 + place);
    }
}
