package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;
import java.time.Duration;

/**
 * One service whose instances may run on spot capacity of several markets, the rest on demand.
 *
 * @param service its name; {@code spot/NAME} is the agent's address, {@code workload/NAME-MARKET} that of its instances in one market
 * @param project the budget node that pays
 * @param onDemandPerHour what an instance on demand costs, above zero
 * @param patience how long a decision may be silent before it is asked
 * @param rest how long nothing is proposed for a market after a proposal that did not lead to what was wanted; twice as long each time in
 *     a row, up to {@code 2^}{@link #DOUBLINGS_MAX} times
 */
public record SpotServicePolicy(
        String service,
        String project,
        String region,
        Money onDemandPerHour,
        SpotSettings settings,
        Duration patience,
        Duration rest) {

    /** What the instances on demand are called where a market is named. */
    public static final String ON_DEMAND = "on-demand";

    public static final int DOUBLINGS_MAX = 5;
    public static final Duration PATIENCE = Duration.ofMinutes(30);
    public static final Duration REST = Duration.ofSeconds(15);

    public SpotServicePolicy {
        if (service.isBlank() || !onDemandPerHour.isPositive()) {
            throw new IllegalArgumentException("spot service \"" + service + "\" at " + onDemandPerHour
                    + " an hour: give it a name of at least one character and a price above zero");
        }
        if (patience.isNegative() || patience.isZero() || rest.isNegative() || rest.isZero()) {
            throw new IllegalArgumentException(
                    "spot service " + service + ": patience=" + patience + " rest=" + rest + ": use times above zero");
        }
    }

    /** With everything that has a default. */
    public static SpotServicePolicy of(
            String service, String project, String region, Money onDemandPerHour, SpotSettings settings) {
        return new SpotServicePolicy(service, project, region, onDemandPerHour, settings, PATIENCE, REST);
    }

    public String address() {
        return "spot/" + service;
    }

    /** The address of the instances in one market, or of those {@link #ON_DEMAND}. */
    public String resource(String market) {
        return "workload/" + service + "-" + market;
    }

    Duration restAfter(int failures) {
        return rest.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
    }
}
