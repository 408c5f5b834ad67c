package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Money;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which recorded load of anyone's to scale for, in whatever unit it is.
 *
 * @param trace a CSV file, or one compressed with gzip ({@code .gz})
 * @param column of the trace that holds the load: counts of each row, or levels
 * @param capacity what one instance serves within the SLO, as the column counts it; empty: see {@link #INSTANCES_AT_PEAK}
 * @param minInstances that always run
 * @param performanceWeight how much performance counts, 0 to 1; cost counts the rest
 * @param pricePerHour of one instance
 * @param duration of the trace's beginning to scale for; all of it where empty
 */
public record ScalingOptions(
        Path trace,
        String column,
        Optional<Double> capacity,
        int minInstances,
        double performanceWeight,
        Money pricePerHour,
        Optional<Duration> duration,
        Seeds seeds,
        ProviderFaults provider) {
    /**
     * Without a capacity the peak of {@link #FIRST} needs so many instances. One is then 2.5 % of the peak: rounding up to
     * whole ones costs all policies alike little, and the fleet is still one in which a failed boot is felt.
     */
    public static final int INSTANCES_AT_PEAK = 40;

    /** Whose peak counts: of what comes later nobody knew when the size of an instance was chosen. */
    public static final Duration FIRST = Duration.ofDays(7);

    public ScalingOptions {
        ReplayOptions.requireColumn(column);
        if (capacity.filter(c -> !(c > 0 && c < Double.POSITIVE_INFINITY)).isPresent()) {
            throw new InvalidInputException("capacity " + capacity.get()
                    + " is out of range; give what one instance serves, in the unit of column '" + column
                    + "' and of one row of it: a finite number above 0");
        }
        if (!(performanceWeight >= 0 && performanceWeight <= 1)) {
            throw new InvalidInputException("performance weight " + performanceWeight
                    + " is out of range; use 0, where only cost counts, to 1, where only performance does");
        }
        ReplayOptions.requireFleet(minInstances, pricePerHour);
        ReplayOptions.requireDuration(duration);
    }
}
