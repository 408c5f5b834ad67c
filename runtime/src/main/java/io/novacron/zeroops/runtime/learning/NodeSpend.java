package io.novacron.zeroops.runtime.learning;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one node of a budget costs, with all below it, hour by hour; and whether that is more than is to be expected. */
final class NodeSpend {
    /** Of which the highest is expected while the week is not known. */
    private static final int DAY_HOURS = 24;

    /** What has come back by this share of the threshold has come back. */
    private static final double BACK = 0.5;

    /** The hour in which it was told may be mostly as before. */
    private static final int QUIET_HOURS = 2;

    private final SpendWatchSettings settings;
    private final SpendAnomalies committed;
    private final SpendAnomalies billed;
    private final Deque<Double> lastHours = new ArrayDeque<>();
    private final long first;
    private @Nullable Instant highSince;
    private int quietHours; // in a row
    private boolean isTold;

    /** @param first whole hour, since the epoch */
    NodeSpend(SpendWatchSettings settings, long first) {
        this.settings = settings;
        this.first = first;
        var hourly = new SpendAnomalySettings(SpendAnomalySettings.HOUR, settings.threshold(), settings.floor());
        Instant start = Instant.EPOCH.plus(SpendAnomalySettings.HOUR.multipliedBy(first));
        this.committed = new SpendAnomalies(hourly, start);
        this.billed = new SpendAnomalies(hourly, start);
    }

    void committed(long hour, double dollars) {
        if (hour < first) {
            return;
        }
        quietHours = dollars <= back() ? quietHours + 1 : 0;
        isTold &= quietHours < QUIET_HOURS;
        var unused = committed.observe(dollars); // was found while it ran, if it lasted
        lastHours.add(dollars);
        if (lastHours.size() > DAY_HOURS) {
            lastHours.poll();
        }
    }

    /** Of an hour; empty where it was told while it ran. */
    Optional<SpendAnomaly> billed(long hour, double dollars) {
        return hour < first ? Optional.empty() : billed.observe(dollars).filter(found -> !isTold);
    }

    /** Dollars an hour; NaN while nothing is known. */
    double expected() {
        return committed.isWarm()
                ? committed.expected()
                : lastHours.stream().mapToDouble(hour -> hour).max().orElse(Double.NaN);
    }

    /** Whether so much an hour is too much, has been for long enough, and was not told. */
    boolean isNews(double perHour, Instant now) {
        if (!isHigh(perHour)) {
            highSince = null;
            isTold &= perHour > back();
            return false;
        }
        Instant since = highSince == null ? now : highSince;
        highSince = since;
        return !isTold && !now.isBefore(since.plus(settings.lasting()));
    }

    private boolean isHigh(double perHour) {
        double expected = expected();
        return committed.isWarm()
                ? committed.standsOut(perHour)
                : perHour >= expected * (1 + settings.threshold()) && perHour - expected > settings.floor();
    }

    private double back() {
        return expected() * (1 + BACK * settings.threshold());
    }

    /** By whoever it was: it is not told again before it has come back. */
    void told() {
        isTold = true;
        quietHours = 0;
    }

    boolean isTold() {
        return isTold;
    }
}
