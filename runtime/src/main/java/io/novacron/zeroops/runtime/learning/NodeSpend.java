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
    private final Deque<Double> peaks = new ArrayDeque<>(); // of the same hours, at their dearest moment
    private double peak; // of this hour, so far
    private double candidate; // the most that it cost since it is high
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

    /** Of an hour that has ended; empty where it was told while it ran. */
    Optional<SpendAnomaly> committed(long hour, double dollars) {
        if (hour < first) {
            return Optional.empty();
        }
        quietHours = dollars <= back() ? quietHours + 1 : 0;
        isTold &= quietHours < QUIET_HOURS;
        lastHours.add(dollars);
        peaks.add(Math.max(peak, dollars));
        peak = 0;
        if (lastHours.size() > DAY_HOURS) {
            lastHours.poll();
            peaks.poll();
        }
        return committed.observe(dollars).filter(found -> !isTold);
    }

    /** Of an hour of the last day; empty where that is no more than was committed for it, and so was found without its bills. */
    Optional<SpendAnomaly> billed(long hour, double dollars, double committedThen) {
        return hour < first
                ? Optional.empty()
                : billed.observe(dollars).filter(found -> !isTold && dollars - committedThen > settings.floor());
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
            peak = Math.max(peak, Math.max(perHour, candidate));
            candidate = 0;
            isTold &= perHour > back();
            return false;
        }
        candidate = Math.max(candidate, perHour);
        Instant since = highSince == null ? now : highSince;
        highSince = since;
        return !isTold && !now.isBefore(since.plus(settings.lasting()));
    }

    /** Also above all that it cost at any moment of the last day: how it goes up and down within an hour is no rise. */
    private boolean isHigh(double perHour) {
        if (perHour <= peak || peaks.stream().anyMatch(before -> perHour <= before)) {
            return false;
        }
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
