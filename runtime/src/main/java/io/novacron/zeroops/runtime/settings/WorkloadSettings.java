package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.scaling.BootTime;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.agents.scaling.ZeroPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

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
                Duration rest,
        @Key(value = "25s", min = "1s", max = "1h", says = "How long half of its instances take to boot, at most.")
                Duration bootMedian,
        @Key(
                        value = "35s",
                        min = "1s",
                        max = "1h",
                        says = "How long 99 of 100 of its instances take to boot, at most; at least boot_median.")
                Duration bootP99)
        implements Consistent {

    /** Until a first request is seen and its boots are decided on; telemetry every second, and half of that again. */
    static final Duration BEFORE_BOOT = Duration.ofMillis(1_500);

    /** The share of first requests that may wait longer than they should. */
    static final double WAKES_MISSED = 0.01;

    @Override
    public void check(Complaints complaints) {
        if (minInstances > maxInstances) {
            complaints.add(
                    "min_instances " + minInstances + " is more than max_instances " + maxInstances
                            + ": let it be at most that",
                    "min_instances",
                    "max_instances");
        }
        if (bootMedian.compareTo(bootP99) > 0) {
            complaints.add("boot_median is more than boot_p99: let it be at most that", "boot_median", "boot_p99");
        }
    }

    /** Empty where the minimum is 0 and no number of boots at once would be in time for the first request. */
    Optional<ZeroPolicy> zero(ScalingSettings scaling) {
        if (minInstances > 0 || bootMedian.compareTo(bootP99) > 0) {
            return Optional.of(ZeroPolicy.DEFAULTS);
        }
        Duration within = Duration.ofSeconds(scaling.scaleFromZeroMaxSeconds()).minus(BEFORE_BOOT);
        OptionalInt boots = new BootTime(bootMedian, bootP99).quickestOf(within, WAKES_MISSED);
        return boots.isEmpty()
                ? Optional.empty()
                : Optional.of(new ZeroPolicy(Duration.ofMinutes(scaling.scaleToZeroIdleMinutes()), boots.getAsInt()));
    }

    ScalerPolicy policy(ScalingSettings scaling) {
        return new ScalerPolicy(
                name,
                project,
                region,
                safeLoadPerS,
                minInstances,
                maxInstances,
                costPerHour,
                patience,
                rest,
                zero(scaling).orElseThrow());
    }
}
