package io.novacron.zeroops.runtime.signal;

import io.novacron.zeroops.runtime.learning.AdaptiveForecaster;
import io.novacron.zeroops.runtime.learning.EnsembleForecaster;
import io.novacron.zeroops.runtime.learning.Forecast;
import io.novacron.zeroops.runtime.learning.ForecastHorizon;
import io.novacron.zeroops.runtime.learning.Forecaster;
import io.novacron.zeroops.runtime.learning.ForecasterSettings;
import io.novacron.zeroops.runtime.learning.Skill;
import io.novacron.zeroops.runtime.learning.SlidingMax;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns one workload's telemetry into {@link Demand}, and says when a change of it is worth telling its agent. What counts
 * at once is the newest sample: a step is seen with the first sample that shows it, whatever the forecast says. Soft state of
 * one thread; memory is bounded.
 */
public final class DemandWindow {

    /** How far ahead forecasts are plotted and explained. */
    public static final Duration EXPLAINED = Duration.ofMinutes(15);

    /** Named as the model where forecasts lately did worse than what is measured, so that they are not followed. */
    static final String FLOOR = "measured-floor/1";

    /** How many growth horizons a ramp is carried on. */
    private static final double RAMP_HORIZONS = 1.4;

    /** By how much of the load a ramp is carried on at most. */
    private static final double RAMP_MAX = 2;

    private final DemandSettings settings;
    private final Forecaster forecaster;
    private final RisingTrend trend = new RisingTrend();
    private final SteadyLoad steady = new SteadyLoad();
    private final SlidingMax recentAsked;
    private final SlidingMax recentFloor;
    private final ForecastTrial trial;

    private @Nullable Demand newest;
    private @Nullable Demand told;
    private @Nullable Instant idleSince;

    /** A window that feeds {@code forecaster}; nobody else may feed it. */
    public DemandWindow(DemandSettings settings, Forecaster forecaster) {
        this.settings = settings;
        this.forecaster = forecaster;
        this.recentAsked = new SlidingMax(settings.stabilisation().toMillis());
        this.recentFloor = new SlidingMax(settings.stabilisation().toMillis());
        this.trial = new ForecastTrial(settings.growthHorizon().toMillis(), settings.shortage());
    }

    /**
     * A window with the default model, which also learns {@link #EXPLAINED} ahead for plots.
     *
     * @param countsPerUnit as {@link ForecasterSettings#countsPerUnit()}; 0 if the load is no count or its unit is unknown
     */
    public static DemandWindow adaptive(DemandSettings settings, double countsPerUnit) {
        return new DemandWindow(settings, new AdaptiveForecaster(peaks(settings, countsPerUnit)));
    }

    /**
     * The same, which says the same about peaks, with an ensemble for {@link #EXPLAINED} ahead that trains regressions.
     *
     * @param spread as for {@link EnsembleForecaster}
     * @param training as for {@link EnsembleForecaster}
     */
    public static DemandWindow learning(DemandSettings settings, double countsPerUnit, long spread, Executor training) {
        return new DemandWindow(
                settings,
                new EnsembleForecaster(
                        peaks(settings, countsPerUnit), List.of(ForecastHorizon.QUARTER_HOUR), spread, training));
    }

    private static ForecasterSettings peaks(DemandSettings settings, double countsPerUnit) {
        Duration[] horizons = Stream.of(settings.growthHorizon(), EXPLAINED)
                .distinct()
                .sorted()
                .toArray(Duration[]::new);
        return ForecasterSettings.of(horizons).withCountsPerUnit(countsPerUnit);
    }

    /**
     * Takes one telemetry sample and answers what the workload needs now.
     *
     * @param atMillis when it was measured, milliseconds of the epoch
     * @param sample not negative, in the unit that the capacity of an instance is given in
     * @throws IllegalArgumentException if the time is not after the last sample's, or the load is NaN, infinite or negative;
     *     the message names it, and nothing is changed
     */
    public Demand sample(long atMillis, double sample) {
        forecaster.observe(atMillis, sample);
        double load = steady.add(atMillis, sample);
        Instant at = Instant.ofEpochMilli(atMillis);
        if (sample > 0) {
            idleSince = null;
        } else if (idleSince == null) {
            idleSince = at;
        }
        trend.add(atMillis, sample);
        double floor = risen(load * (1 + steady.doubt(atMillis)));
        double asked = Math.max(
                floor,
                Newsvendor.capacity(
                        quantile -> forecaster.peak(settings.growthHorizon(), quantile), settings.shortage()));
        double heldAsked = recentAsked.add(atMillis, asked);
        double heldFloor = recentFloor.add(atMillis, floor);
        boolean follows = trial.add(atMillis, sample, heldAsked, heldFloor);
        Skill skill = forecaster.skill(settings.growthHorizon());
        Demand demand = new Demand(
                at,
                load,
                follows ? asked : floor,
                follows ? heldAsked : heldFloor,
                Optional.ofNullable(idleSince),
                follows ? skill : skill.of(FLOOR));
        newest = demand;
        return demand;
    }

    /**
     * The load, or what it will have become if it is on a ramp: at most three times as much. A ramp goes on while a change is in
     * flight, and while what failed to boot in it is started again, so that it is carried further than a forecast.
     */
    private double risen(double load) {
        double rise =
                trend.perMilli() * RAMP_HORIZONS * settings.growthHorizon().toMillis();
        return load + Math.min(RAMP_MAX * load, rise);
    }

    /** What the last sample showed; empty before the first. */
    public Optional<Demand> newest() {
        return Optional.ofNullable(newest);
    }

    /**
     * The newest demand if the agent should hear it: never told, a figure changed by {@link DemandSettings#tellChange()}, the
     * workload fell idle or woke, or {@link DemandSettings#tellEvery()} has passed. Then it counts as told.
     */
    public Optional<Demand> worthTelling() {
        Demand now = newest;
        if (now == null) {
            return Optional.empty();
        }
        Demand before = told;
        if (before != null && !changed(before, now)) {
            return Optional.empty();
        }
        told = now;
        return Optional.of(now);
    }

    /** {@link Forecaster#at}, for plots and explanations. */
    public Forecast forecast(Duration horizon, double coverage) {
        return forecaster.at(horizon, coverage);
    }

    private boolean changed(Demand before, Demand now) {
        return !now.sampledAt().isBefore(before.sampledAt().plus(settings.tellEvery()))
                || before.idleSince().isPresent() != now.idleSince().isPresent()
                || differs(before.load(), now.load())
                || differs(before.growthPeak(), now.growthPeak())
                || differs(before.recentPeak(), now.recentPeak());
    }

    private boolean differs(double before, double now) {
        return Math.abs(now - before) > settings.tellChange() * before;
    }
}
