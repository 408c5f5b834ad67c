package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The limits once more, from the state alone: no sharing with how votes are found, so that one checks the other. */
final class SafetyCheck {
    private SafetyCheck() {}

    static List<String> violations(SafetyState state) {
        Usage usage = state.usage();
        Leases leases = state.leases().recounted();
        List<String> found = exceeded(state, usage.summedAnew().plus(leases.sums()));
        state.holds().open().values().forEach(entry -> checkScale(found, state, entry.action()));
        if (!leases.equals(state.leases()) || !state.holds().isSound()) {
            found.add("leases: the running totals do not agree with the holds");
        }
        if (!usage.isSound()) {
            found.add("usage: the running totals do not agree with what was used");
        }
        return found;
    }

    static List<String> exceededBy(SafetyState state, List<String> decisions) {
        List<String> found =
                exceeded(state, state.usage().sums().plus(state.leases().sums()));
        for (String decision : decisions) {
            state.holds().get(decision).ifPresent(entry -> checkScale(found, state, entry.action()));
        }
        return found;
    }

    private static List<String> exceeded(SafetyState state, Sums sums) {
        List<String> found = new ArrayList<>();
        Limits limits = state.limits();
        check(found, "rate_limit_actions", state.usage().grantsWithin(state.asOf()), limits.actionsPerMinute());
        check(found, "max_vms_auto_provisioned", sums.vms(), limits.vms());
        check(found, "max_data_deleted", state.bytesUsed(state.asOf()), limits.bytesPerDay());
        if (sums.perHour().exceeds(limits.perHour())) {
            found.add("max_automated_cost: " + sums.perHour() + " of " + limits.perHour());
        }
        return found;
    }

    private static void checkScale(List<String> found, SafetyState state, Action action) {
        Instant now = state.asOf();
        Levels levels = state.usage().levels(action);
        if (action.kind() == ActionClass.SCALE_OUT) {
            int base = IntStream.concat(IntStream.of(action.from()), levels.lowest(now).stream())
                    .min()
                    .orElseThrow();
            check(
                    found,
                    "max_scale_up_percent",
                    action.to(),
                    Limits.highest(base, state.limits().scaleUpPercent()));
        } else if (action.kind() == ActionClass.SCALE_IN) {
            int base = IntStream.concat(IntStream.of(action.from()), levels.highest(now).stream())
                    .max()
                    .orElseThrow();
            check(
                    found,
                    "max_scale_down_percent",
                    Limits.lowest(base, state.limits().scaleDownPercent()),
                    action.to());
        }
    }

    private static void check(List<String> found, String constraint, long used, long limit) {
        if (used > limit) {
            found.add(constraint + ": " + used + " of " + limit);
        }
    }
}
