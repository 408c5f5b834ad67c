package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Money;
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
        var found = new ArrayList<String>();
        Limits limits = state.limits();
        check(found, "rate_limit_actions", state.usage().grantsWithin(state.asOf()), limits.actionsPerMinute());
        check(found, "max_vms_auto_provisioned", state.vmsUsed(), limits.vms());
        check(found, "max_data_deleted", state.bytesUsed(state.asOf()), limits.bytesPerDay());
        Money perHour = state.perHourUsed();
        if (perHour.exceeds(limits.perHour())) {
            found.add("max_automated_cost: " + perHour + " of " + limits.perHour());
        }
        state.open().map(entry -> entry.action()).forEach(action -> checkScale(found, state, action));
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
