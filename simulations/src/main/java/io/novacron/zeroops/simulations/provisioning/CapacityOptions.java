package io.novacron.zeroops.simulations.provisioning;

import io.novacron.zeroops.agents.provisioning.CommitmentPolicy;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Which series to plan capacity for, and how.
 *
 * @param column of the usage
 * @param quantile that the plan should hold, 0.5 to below 1
 * @param warmUp before the first hour that is measured
 * @param pricePerUnitHour in dollars, on demand
 */
public record CapacityOptions(
        Path series,
        String column,
        double quantile,
        Duration warmUp,
        double pricePerUnitHour,
        CommitmentPolicy commitments) {
    private static final double PRICE_MAX = 1e6;
    /** The forecast looks a week ahead, and has to have seen more than one. */
    private static final Duration WARM_UP_MIN = Duration.ofDays(14);

    private static final Duration WARM_UP_MAX = Duration.ofDays(3_660);

    /** @throws InvalidInputException that names the value and the remedy */
    public CapacityOptions {
        if (!(quantile > 0.5 && quantile < 1)) {
            throw new InvalidInputException(
                    "quantile " + quantile + " is out of range; use more than 0.5 and less than 1, such as 0.95");
        }
        if (warmUp.compareTo(WARM_UP_MIN) < 0 || warmUp.compareTo(WARM_UP_MAX) > 0) {
            throw new InvalidInputException("warm-up " + warmUp + " is out of range; use 14d to ten years");
        }
        if (!(pricePerUnitHour > 0 && pricePerUnitHour <= PRICE_MAX)) {
            throw new InvalidInputException("price " + pricePerUnitHour
                    + " is out of range; give the dollars of one unit for an hour, more than 0 and at most "
                    + (long) PRICE_MAX);
        }
    }
}
