package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.provisioning.SpotSettings;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Which recorded spot market to try the policy on, with what work.
 *
 * @param market a file of availability or prices
 * @param onDemandUsd dollars an hour by class, where the file has no prices; {@link #ALL_CLASSES} for every class
 * @param spotUsd the same for spot
 * @param jobLength on one instance without interruptions
 * @param jobDeadline after arrival
 * @param jobEvery between two arrivals
 * @param instances that a service wants all the time
 */
public record SpotOptions(
        Path market,
        Map<String, Double> onDemandUsd,
        Map<String, Double> spotUsd,
        SpotSettings settings,
        Duration jobLength,
        Duration jobDeadline,
        Duration jobEvery,
        int instances) {
    public static final String ALL_CLASSES = "";
    public static final int INSTANCES_MAX = 10_000;
    private static final double PRICE_MAX = 1e6;
    private static final Duration TIME_MAX = Duration.ofDays(366);

    /** @throws InvalidInputException that names the value and the remedy */
    public SpotOptions {
        check("job", jobLength);
        check("deadline", jobDeadline);
        check("every", jobEvery);
        Duration least = jobLength.plus(settings.changeover()).plus(settings.step());
        if (jobDeadline.compareTo(least) < 0) {
            throw new InvalidInputException("deadline " + jobDeadline + " cannot be met by a job of " + jobLength
                    + " even on demand; give at least " + least);
        }
        if (instances < 1 || instances > INSTANCES_MAX) {
            throw new InvalidInputException(
                    instances + " instances are out of range; use a whole number from 1 to " + INSTANCES_MAX);
        }
        onDemandUsd.forEach(SpotOptions::checkPrice);
        spotUsd.forEach(SpotOptions::checkPrice);
        onDemandUsd = Map.copyOf(onDemandUsd);
        spotUsd = Map.copyOf(spotUsd);
    }

    private static void check(String name, Duration time) {
        if (time.isZero() || time.isNegative() || time.compareTo(TIME_MAX) > 0) {
            throw new InvalidInputException(
                    name + " " + time + " is out of range; use more than nothing and at most a year, such as 24h");
        }
    }

    private static void checkPrice(String name, double price) {
        if (!(price > 0 && price <= PRICE_MAX)) {
            throw new InvalidInputException("price " + price + (name.isEmpty() ? "" : " of " + name)
                    + " is out of range; give dollars an hour, more than 0 and at most " + (long) PRICE_MAX);
        }
    }
}
