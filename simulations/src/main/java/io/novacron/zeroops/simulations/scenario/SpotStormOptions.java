package io.novacron.zeroops.simulations.scenario;

import java.time.Duration;

/**
 * How large the service is, and how hard the storm.
 *
 * @param instances wanted, 1 to {@link #INSTANCES_MAX}
 * @param struck of the {@link #MARKETS} markets, 0 to all
 * @param outage for about so long, up to a quarter more or less, a struck market has nothing to give
 * @param notice that a market gives, and is known to give; AWS gives {@link #NOTICE}
 * @param poolShare the most of all instances that one market may hold
 */
public record SpotStormOptions(
        Seeds seeds,
        int instances,
        int struck,
        Duration outage,
        Duration notice,
        double poolShare,
        ProviderFaults provider) {
    public static final int MARKETS = 4;
    public static final Duration NOTICE = Duration.ofMinutes(2);
    private static final Duration NOTICE_MAX = Duration.ofMinutes(5);
    public static final int INSTANCES_MAX = 500;
    private static final Duration OUTAGE_MIN = Duration.ofMinutes(20);
    private static final Duration OUTAGE_MAX = Duration.ofHours(4);

    public SpotStormOptions {
        if (instances < 1 || instances > INSTANCES_MAX) {
            throw new InvalidInputException(instances + " instances are out of range; use 1 to " + INSTANCES_MAX);
        }
        if (struck < 0 || struck > MARKETS) {
            throw new InvalidInputException(struck + " struck markets are out of range; use 0 to " + MARKETS);
        }
        if (outage.compareTo(OUTAGE_MIN) < 0 || outage.compareTo(OUTAGE_MAX) > 0) {
            throw new InvalidInputException("an outage of " + outage + " is out of range; use 20m to 4h");
        }
        if (notice.isNegative() || notice.compareTo(NOTICE_MAX) > 0) {
            throw new InvalidInputException("a notice of " + notice + " is out of range; use 0s to 5m");
        }
        if (!(poolShare > 0 && poolShare <= 1)) { // also catches NaN
            throw new InvalidInputException(
                    "a share of " + poolShare + " is out of range; use more than 0 and at most 1, such as 0.3");
        }
    }
}
