package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;
import java.util.Optional;

/**
 * What an instance costs an hour, by how it is bought. Where a list does not tell a price, it is empty.
 *
 * @param oneYear committed for one year, per hour, used or not
 * @param threeYears committed for three years, per hour, used or not
 */
public record Prices(Money onDemand, Optional<Money> spot, Optional<Money> oneYear, Optional<Money> threeYears) {

    public Prices {
        if (!onDemand.isPositive()) {
            throw new IllegalArgumentException("A price on demand is more than nothing, not " + onDemand);
        }
    }

    public static Prices onDemand(Money perHour) {
        return new Prices(perHour, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
