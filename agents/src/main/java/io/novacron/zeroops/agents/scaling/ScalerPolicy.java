package io.novacron.zeroops.agents.scaling;

import io.novacron.zeroops.agents.core.Money;
import java.time.Duration;

/**
 * One workload, and how eagerly it is scaled.
 *
 * @param workload its name; {@code workload/NAME} is the owner's address
 * @param safeLoad requests per second that one instance serves within the SLO, above zero and finite
 * @param minInstances at least 0
 * @param maxInstances at least {@code minInstances}
 * @param patience how long a decision may be silent before it is asked
 * @param rest how long nothing is proposed after one that did not lead to what was wanted
 * @param zero how it comes to have no instance, and comes back, where {@code minInstances} is 0
 */
public record ScalerPolicy(
        String workload,
        String project,
        String region,
        double safeLoad,
        int minInstances,
        int maxInstances,
        Money unitCostPerHour,
        Duration patience,
        Duration rest,
        ZeroPolicy zero) {

    public static final Duration PATIENCE = Duration.ofMinutes(30);
    public static final Duration REST = Duration.ofSeconds(5);

    public ScalerPolicy(
            String workload,
            String project,
            String region,
            double safeLoad,
            int minInstances,
            int maxInstances,
            Money unitCostPerHour,
            Duration patience,
            Duration rest) {
        this(
                workload,
                project,
                region,
                safeLoad,
                minInstances,
                maxInstances,
                unitCostPerHour,
                patience,
                rest,
                ZeroPolicy.DEFAULTS);
    }

    public ScalerPolicy {
        if (!(safeLoad > 0 && safeLoad < Double.POSITIVE_INFINITY) || minInstances < 0 || maxInstances < minInstances) {
            throw new IllegalArgumentException("workload " + workload + ": safeLoad=" + safeLoad + " minInstances="
                    + minInstances + " maxInstances=" + maxInstances
                    + ": use a finite safe load above 0 and 0 <= minInstances <= maxInstances");
        }
        if (patience.isNegative() || patience.isZero() || rest.isNegative()) {
            throw new IllegalArgumentException("workload " + workload + ": patience=" + patience + " rest=" + rest
                    + ": use a patience above zero and a rest of zero or more");
        }
    }

    public String address() {
        return "scaler/" + workload;
    }

    public String resource() {
        return "workload/" + workload;
    }

    /** The least instances that serve {@code load} within the SLO: load / SLO-safe capacity, within the limits. */
    int required(double load) {
        double exact = Math.ceil(load / safeLoad - 1e-9); // the division may miss a whole number by a rounding
        return (int) Math.max(minInstances, Math.min(maxInstances, exact));
    }
}
