package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import java.util.ArrayList;
import java.util.List;

/**
 * The limits that an operator sets, by the names that they have in {@code safety_constraints}.
 *
 * @param requireApprovalAbove dollars per hour added from which on people are asked; not the governor's to enforce
 * @param maxVmsAutoProvisioned VMs that automation added and did not take away again, 0 to {@link Action#QUANTITY_MAX}
 * @param maxDataDeletedBytes in any 24 hours, 0 to {@link #DATA_MAX_BYTES}
 * @param rateLimitActions in any minute, 0 to {@link #RATE_MAX}
 * @param maxScaleUpPercent of the least capacity in any 5 minutes, 0 to {@link #SCALE_UP_MAX_PERCENT}
 * @param maxScaleDownPercent of the greatest capacity in any 5 minutes, 0 to 100
 * @param requireMultiApproval two distinct approvers instead of one; not the governor's to enforce
 * @param maxAutomatedCost dollars per hour that automation added and did not take away again, 0 to {@link #COST_MAX}
 * @param canaryRegions where a rollout starts; with none named, {@code canaryRegionsFirst} lets no rollout start
 */
public record SafetyConstraints(
        Money requireApprovalAbove,
        int maxVmsAutoProvisioned,
        long maxDataDeletedBytes,
        int rateLimitActions,
        int maxScaleUpPercent,
        int maxScaleDownPercent,
        boolean requireMultiApproval,
        boolean businessHoursOnly,
        boolean canaryRegionsFirst,
        Money maxAutomatedCost,
        BusinessHours businessHours,
        List<String> canaryRegions) {

    /** Bounds how many grants the governor remembers: six times those of 2,500 decisions a second, in some 150 MB. */
    public static final int RATE_MAX = 1_000_000;

    public static final int SCALE_UP_MAX_PERCENT = 10_000;

    /** 1 EiB: sums of bytes up to it cannot overflow. */
    public static final long DATA_MAX_BYTES = 1L << 60;

    /** A billion dollars per hour: sums up to it cannot overflow. */
    public static final Money COST_MAX = Money.dollars(1e9);

    public static final SafetyConstraints DEFAULTS = new SafetyConstraints(
            Money.dollars(1000),
            1000,
            1L << 40,
            100,
            200,
            50,
            true,
            false,
            true,
            Money.dollars(10_000),
            BusinessHours.DEFAULTS,
            List.of());

    /** @throws IllegalArgumentException naming every key that is out of range, not only the first */
    public SafetyConstraints {
        canaryRegions = List.copyOf(canaryRegions);
        var wrong = new ArrayList<String>();
        check(wrong, "require_approval_above", requireApprovalAbove.micros(), COST_MAX.micros());
        check(wrong, "max_vms_auto_provisioned", maxVmsAutoProvisioned, Action.QUANTITY_MAX);
        check(wrong, "max_data_deleted", maxDataDeletedBytes, DATA_MAX_BYTES);
        check(wrong, "rate_limit_actions", rateLimitActions, RATE_MAX);
        check(wrong, "max_scale_up_percent", maxScaleUpPercent, SCALE_UP_MAX_PERCENT);
        check(wrong, "max_scale_down_percent", maxScaleDownPercent, 100);
        check(wrong, "max_automated_cost", maxAutomatedCost.micros(), COST_MAX.micros());
        if (canaryRegions.stream().anyMatch(String::isBlank)) {
            wrong.add("canary_regions has a blank name");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    private static void check(List<String> wrong, String key, long value, long max) {
        if (value < 0 || value > max) {
            wrong.add(key + " is " + value + ", not 0 to " + max);
        }
    }
}
