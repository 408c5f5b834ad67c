package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.ops.OpsPolicy;
import java.time.Duration;

/** How people take over, and hand over. */
public record OperationsSettings(
        @Key(value = "4h", min = "1m", max = "7d", says = "How long one override may pause automation.")
                Duration overrideMax,
        @Key(
                        value = "auto",
                        says =
                                "The mode in which a new installation starts; auto is full with enable_full_automation, else observe.")
                StartMode mode) {

    OpsPolicy policy() {
        return new OpsPolicy(overrideMax, OpsPolicy.DEFAULTS.patience());
    }
}
