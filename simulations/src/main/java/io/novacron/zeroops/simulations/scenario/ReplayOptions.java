package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Money;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which recorded load to replay, on what instances.
 *
 * @param trace a CSV file, or one compressed with gzip ({@code .gz})
 * @param column of the trace that holds the requests of each interval
 * @param capacityPerMinute requests per minute that one instance serves
 * @param minInstances that always run
 * @param pricePerHour of one instance
 * @param duration of the trace's beginning to replay; all of it where empty
 */
public record ReplayOptions(
        Path trace,
        String column,
        double capacityPerMinute,
        int minInstances,
        Money pricePerHour,
        Optional<Duration> duration,
        Seeds seeds,
        ProviderFaults provider) {
    public static final double CAPACITY_MAX = 1e9;
    public static final int INSTANCES_MAX = 100_000;
    public static final Money PRICE_MAX = Money.dollars(100_000);
    public static final Duration DURATION_MIN = Duration.ofMinutes(1);
    public static final Duration DURATION_MAX = Duration.ofDays(3_660);

    public ReplayOptions(
            Path trace,
            String column,
            double capacityPerMinute,
            int minInstances,
            Money pricePerHour,
            Optional<Duration> duration,
            Seeds seeds) {
        this(trace, column, capacityPerMinute, minInstances, pricePerHour, duration, seeds, ProviderFaults.DEFAULTS);
    }

    public ReplayOptions {
        requireColumn(column);
        if (!(capacityPerMinute > 0 && capacityPerMinute <= CAPACITY_MAX)) { // also catches NaN
            throw new InvalidInputException("capacity " + capacityPerMinute
                    + " is out of range; give the requests per minute that one instance serves, more than 0 and at"
                    + " most 1000000000");
        }
        requireFleet(minInstances, pricePerHour);
        requireDuration(duration);
    }

    static void requireColumn(String column) {
        if (column.isBlank()) {
            throw new InvalidInputException("the column has no name; name a column of the trace's first line");
        }
    }

    static void requireFleet(int minInstances, Money pricePerHour) {
        if (minInstances < 1 || minInstances > INSTANCES_MAX) {
            throw new InvalidInputException("minimum of " + minInstances
                    + " instances is out of range; use a whole number from 1 to " + INSTANCES_MAX);
        }
        if (!pricePerHour.isPositive() || pricePerHour.exceeds(PRICE_MAX)) {
            throw new InvalidInputException("price " + pricePerHour
                    + " is out of range; give the dollars per hour of one instance, more than 0 and at most 100000");
        }
    }

    static void requireDuration(Optional<Duration> duration) {
        if (duration.filter(d -> d.compareTo(DURATION_MIN) < 0 || d.compareTo(DURATION_MAX) > 0)
                .isPresent()) {
            throw new InvalidInputException("duration " + duration.get()
                    + " is out of range; use one minute to ten years, such as 90m, 12h or 7d");
        }
    }
}
