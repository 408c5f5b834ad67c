package io.novacron.zeroops.runtime.learning;

import java.time.Duration;
import java.util.List;

/**
 * What an {@link AdaptiveForecaster} learns, and how long it remembers.
 *
 * @param horizons the horizons it learns, ascending, 1 to 8 of them, each from 1 s to 7 days
 * @param memory after this time an error or margin counts half: short follows changes, long is steadier
 * @param countsPerUnit how many counted events one unit of load stands for in one measurement, for the floor that count
 *     noise sets (60 for requests per second counted over a minute); 0 if the load is no count
 * @param scoredQuantile the quantile whose coverage {@link Skill#peakCoverage()} measures
 */
public record ForecasterSettings(
        List<Duration> horizons, Duration memory, double countsPerUnit, double scoredQuantile) {

    /** More horizons than this cost time and tell nothing more. */
    public static final int MAX_HORIZONS = 8;

    private static final Duration MIN_HORIZON = Duration.ofSeconds(1);
    private static final Duration MAX_HORIZON = Duration.ofDays(7);

    public ForecasterSettings {
        horizons = List.copyOf(horizons);
        if (horizons.isEmpty() || horizons.size() > MAX_HORIZONS) {
            throw new IllegalArgumentException("horizons: 1 to " + MAX_HORIZONS + " wanted, not " + horizons.size());
        }
        Duration previous = Duration.ZERO;
        for (Duration horizon : horizons) {
            if (horizon.compareTo(MIN_HORIZON) < 0 || horizon.compareTo(MAX_HORIZON) > 0) {
                throw new IllegalArgumentException(
                        "horizon must be from " + MIN_HORIZON + " to " + MAX_HORIZON + ": " + horizon);
            }
            if (horizon.compareTo(previous) <= 0) {
                throw new IllegalArgumentException("horizons must ascend: " + horizons);
            }
            previous = horizon;
        }
        if (memory.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("memory must be at least PT1M: " + memory);
        }
        if (!(countsPerUnit >= 0 && Double.isFinite(countsPerUnit))) {
            throw new IllegalArgumentException("countsPerUnit must be finite and not negative: " + countsPerUnit);
        }
        if (!(scoredQuantile > 0 && scoredQuantile < 1)) {
            throw new IllegalArgumentException("scoredQuantile must be between 0 and 1: " + scoredQuantile);
        }
    }

    /** The given horizons with the defaults that the evaluation on public traces recommends. */
    public static ForecasterSettings of(Duration... horizons) {
        return new ForecasterSettings(List.of(horizons), Duration.ofHours(3), 0, 0.9);
    }

    /** The same for a load of which one unit stands for so many counted events a measurement. */
    public ForecasterSettings withCountsPerUnit(double counts) {
        return new ForecasterSettings(horizons, memory, counts, scoredQuantile);
    }
}
