package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import java.time.Duration;

/** One workload that is scaled. */
public record WorkloadSettings(
        @Key(required = true, says = "Its name.") String name,
        @Key(required = true, says = "The node of the budget that pays.") String project,
        @Key(required = true, says = "Where it runs.") String region,
        @Key(
                        required = true,
                        min = "0.001",
                        max = "1000000000",
                        says = "Requests per second that one instance serves within the SLO.")
                double safeLoadPerS,
        @Key(value = "1", min = "0", max = "" + Action.QUANTITY_MAX, says = "Instances that always run.")
                int minInstances,
        @Key(required = true, min = "0", max = "" + Action.QUANTITY_MAX, says = "Instances that run at most.")
                int maxInstances,
        @Key(required = true, min = "0", max = "100000", says = "Dollars per hour of one instance.") Money costPerHour,
        @Key(value = "30m", min = "1s", max = "7d", says = "How long a decision may be silent before it is asked.")
                Duration patience,
        @Key(
                        value = "5s",
                        min = "0s",
                        max = "1d",
                        says = "How long nothing is proposed after a decision that did not lead to what was wanted.")
                Duration rest)
        implements Consistent {

    @Override
    public void check(Complaints complaints) {
        if (minInstances > maxInstances) {
            complaints.add(
                    "min_instances " + minInstances + " is more than max_instances " + maxInstances
                            + ": let it be at most that",
                    "min_instances",
                    "max_instances");
        }
    }

    ScalerPolicy policy() {
        return new ScalerPolicy(
                name, project, region, safeLoadPerS, minInstances, maxInstances, costPerHour, patience, rest);
    }
}
