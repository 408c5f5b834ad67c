package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the governor's vote: first what may not be at all, then how much of it may be. */
record SafetyReview(SafetyState state, SafetyConstraints constraints, Instant now) {

    /** How far a limit lets an action go. What is told of it is put into words only where it binds. */
    private record Bound(int to, String constraint, Supplier<String> detail) {
        Vote.Reject rejection() {
            return new Vote.Reject(constraint, detail.get());
        }
    }

    Vote vote(Hold hold) {
        Action action = hold.action();
        return mode(action)
                .or(this::rate)
                .or(() -> businessHours(hold.priority()))
                .or(() -> canaryFirst(action))
                .or(() -> deletion(action))
                .orElseGet(() -> measure(action));
    }

    private Optional<Vote> mode(Action action) {
        boolean permitted = state.mode().permits(action.kind().risk());
        return rejectedIf(!permitted, state.mode().constraint(), () -> "the mode is " + state.mode());
    }

    private Optional<Vote> rate() {
        int granted = state.usage().grantsWithin(now);
        int limit = constraints.rateLimitActions();
        return rejectedIf(
                granted >= limit, "rate_limit_actions", () -> granted + " in the last minute, limit " + limit);
    }

    private Optional<Vote> businessHours(Priority priority) {
        boolean applies = constraints.businessHoursOnly() && priority != Priority.P0;
        boolean closed = applies && !constraints.businessHours().includes(now);
        return rejectedIf(closed, "business_hours_only", () -> "outside " + constraints.businessHours());
    }

    private Optional<Vote> canaryFirst(Action action) {
        String rollout = action.rollout();
        boolean applies = constraints.canaryRegionsFirst() && !rollout.isEmpty();
        boolean early = applies
                && !constraints.canaryRegions().contains(action.region())
                && !state.usage().proven().contains(rollout);
        return rejectedIf(
                early,
                "canary_regions_first",
                () -> rollout + " has not succeeded in any of " + constraints.canaryRegions());
    }

    private Optional<Vote> deletion(Action action) {
        long bytes = action.bytesDeleted();
        if (bytes == 0) {
            return Optional.empty();
        }
        long used = state.bytesUsed(now);
        long limit = constraints.maxDataDeletedBytes();
        return rejectedIf(
                bytes > limit - used,
                "max_data_deleted",
                () -> used + " bytes in the last 24 hours and " + bytes + " more, limit " + limit);
    }

    private static Optional<Vote> rejectedIf(boolean rejected, String constraint, Supplier<String> detail) {
        return rejected ? Optional.of(new Vote.Reject(constraint, detail.get())) : Optional.empty();
    }

    private Vote measure(Action action) {
        Stream<Bound> bounds = Stream.empty();
        if (Quantities.adds(action)) {
            bounds = Stream.of(vms(action), cost(action));
        }
        if (action.kind() == ActionClass.SCALE_OUT) {
            bounds = Stream.concat(bounds, Stream.of(growth(action)));
        } else if (action.kind() == ActionClass.SCALE_IN) {
            bounds = Stream.of(shrinkage(action));
        }
        // The one that leaves least of the change; the first named where two leave as little.
        Optional<Bound> tightest = bounds.min(Comparator.comparingInt(b -> Math.abs(reach(action, b.to()))));
        return tightest.map(bound -> bounded(action, bound)).orElse(Vote.ACCEPT);
    }

    /** How far in its own direction an action may go: none where the bound lies behind it. */
    private static int reach(Action action, int to) {
        return action.delta() > 0 ? Math.max(0, to - action.from()) : Math.max(0, action.from() - to);
    }

    private Vote bounded(Action action, Bound bound) {
        boolean fits = action.delta() > 0 ? action.to() <= bound.to() : action.to() >= bound.to();
        int to = fits ? action.to() : bound.to();
        if (!fits && !action.isLessened(to)) {
            return bound.rejection();
        }
        return contradicted(action.withTo(to))
                .orElseGet(() -> fits
                        ? Vote.ACCEPT
                        : new Vote.Counter(
                                to, bound.constraint(), bound.detail().get()));
    }

    private Bound vms(Action action) {
        int used = state.vmsUsed();
        int limit = constraints.maxVmsAutoProvisioned();
        int to = action.from() + Math.max(0, limit - used);
        return new Bound(to, "max_vms_auto_provisioned", () -> used + " VMs added and not taken away, limit " + limit);
    }

    private Bound cost(Action action) {
        Money used = state.perHourUsed();
        Money limit = constraints.maxAutomatedCost();
        long left = Math.max(0, limit.minus(used).micros());
        long unit = action.unitCostPerHour().micros();
        long instances = unit == 0 ? action.delta() : Math.min(action.delta(), left / unit);
        Supplier<String> detail = () -> used + " per hour added and not taken away, limit " + limit;
        return new Bound(action.from() + (int) instances, "max_automated_cost", detail);
    }

    private Bound growth(Action action) {
        int base = bases(action, ActionClass.SCALE_IN, state.usage().levels(action).lowest(now).stream())
                .min()
                .orElseThrow();
        int percent = constraints.maxScaleUpPercent();
        Supplier<String> detail = () -> "lowest in 5 minutes " + base + ", limit +" + percent + " %";
        return new Bound(Limits.highest(base, percent), "max_scale_up_percent", detail);
    }

    private Bound shrinkage(Action action) {
        int base = bases(action, ActionClass.SCALE_OUT, state.usage().levels(action).highest(now).stream())
                .max()
                .orElseThrow();
        int percent = constraints.maxScaleDownPercent();
        Supplier<String> detail = () -> "highest in 5 minutes " + base + ", limit -" + percent + " %";
        return new Bound(Limits.lowest(base, percent), "max_scale_down_percent", detail);
    }

    /** What it was, is, and may yet be by what is promised the other way. */
    private IntStream bases(Action action, ActionClass opposite, IntStream known) {
        var promised = state.scaling(action.resource())
                .filter(a -> a.kind() == opposite)
                .mapToInt(Action::to);
        return IntStream.concat(IntStream.concat(IntStream.of(action.from()), known), promised);
    }

    /** Whether another open promise would break its own limit if it were kept at the levels that this one tells of. */
    private Optional<Vote> contradicted(Action action) {
        if (!Quantities.scales(action)) {
            return Optional.empty();
        }
        int mostGrown = Limits.highest(Math.min(action.from(), action.to()), constraints.maxScaleUpPercent());
        int leastLeft = Limits.lowest(Math.max(action.from(), action.to()), constraints.maxScaleDownPercent());
        return state.scaling(action.resource())
                .filter(a -> a.delta() > 0 ? a.to() > mostGrown : a.to() < leastLeft)
                .findFirst()
                .flatMap(a -> rejectedIf(
                        true,
                        a.delta() > 0 ? "max_scale_up_percent" : "max_scale_down_percent",
                        () -> "going to " + a.to() + " is promised too, and would be too far from these levels"));
    }
}
