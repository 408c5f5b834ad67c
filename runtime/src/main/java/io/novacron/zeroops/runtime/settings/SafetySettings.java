package io.novacron.zeroops.runtime.settings;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import java.util.List;

/** What automation may do at most. */
public record SafetySettings(
        @Key(
                        value = "1000",
                        min = "0",
                        max = "1000000000",
                        says = "Dollars per hour that a decision may add before people must approve it.")
                Money requireApprovalAbove,
        @Key(
                        value = "1000",
                        min = "0",
                        max = "" + Action.QUANTITY_MAX,
                        says = "VMs that automation added and did not take away again.")
                int maxVmsAutoProvisioned,
        @Key(value = "1TiB", min = "0", max = "1EiB", says = "Data that automation deletes in any 24 hours.")
                Bytes maxDataDeleted,
        @Key(
                        value = "100",
                        min = "0",
                        max = "" + SafetyConstraints.RATE_MAX,
                        says = "Actions that automation begins in any minute.")
                int rateLimitActions,
        @Key(
                        value = "200",
                        min = "0",
                        max = "" + SafetyConstraints.SCALE_UP_MAX_PERCENT,
                        says = "Percent of its least capacity by which a workload grows in any 5 minutes.")
                int maxScaleUpPercent,
        @Key(
                        value = "50",
                        min = "0",
                        max = "100",
                        says = "Percent of its greatest capacity by which a workload shrinks in any 5 minutes.")
                int maxScaleDownPercent,
        @Key(value = "true", says = "Whether two distinct people approve, rather than one.")
                boolean requireMultiApproval,
        @Key(value = "false", says = "Whether automation acts in business_hours only.") boolean businessHoursOnly,
        @Key(value = "true", says = "Whether a rollout starts in a canary region; with none named, none starts.")
                boolean canaryRegionsFirst,
        @Key(value = "[]", says = "The regions in which a rollout starts.") List<String> canaryRegions,
        @Key(says = "When people are at work, and can help.") BusinessHoursSettings businessHours) {

    public SafetySettings {
        canaryRegions = List.copyOf(canaryRegions);
    }

    SafetyConstraints constraints(Money maxAutomatedCost) {
        return new SafetyConstraints(
                requireApprovalAbove,
                maxVmsAutoProvisioned,
                maxDataDeleted.count(),
                rateLimitActions,
                maxScaleUpPercent,
                maxScaleDownPercent,
                requireMultiApproval,
                businessHoursOnly,
                canaryRegionsFirst,
                maxAutomatedCost,
                businessHours.hours(),
                canaryRegions);
    }
}
