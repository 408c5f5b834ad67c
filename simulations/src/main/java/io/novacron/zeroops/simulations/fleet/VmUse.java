package io.novacron.zeroops.simulations.fleet;

import io.novacron.zeroops.agents.provisioning.Activity;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What a simulated VM is for, and so whether it is missed when it is stopped: the ground truth of what counts as waste. Weeks begin on a Monday
 * at midnight, where the run does.
 *
 * @param kind its rhythm
 * @param shiftMs by so much its rhythm is later than that of others, at least 0 and less than two hours
 * @param endsMs from when on nobody uses it any more; {@link Long#MAX_VALUE} for never
 */
public record VmUse(Kind kind, long shiftMs, long endsMs) {
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final int WORKDAYS = 5;
    private static final int DAYS = 7;

    /** When a VM is used. */
    public enum Kind {
        /** All the time. */
        STEADY,
        /** From 8 to 18 h on weekdays. */
        OFFICE,
        /** From 1 to 3 h each night. */
        NIGHTLY,
        /** From 2 to 8 h on Sundays. */
        WEEKLY,
        /** Never: somebody, or some program, started it and forgot it. */
        ZOMBIE
    }

    public static VmUse of(Kind kind, long shiftMs) {
        return new VmUse(kind, shiftMs, Long.MAX_VALUE);
    }

    /** @param ms since the start */
    public boolean isUsed(long ms) {
        long at = ms - shiftMs;
        if (ms >= endsMs || (at < 0 && kind != Kind.STEADY)) {
            return false;
        }
        long day = at / DAY_MS % DAYS;
        long hour = at % DAY_MS / HOUR_MS;
        return switch (kind) {
            case STEADY -> true;
            case OFFICE -> day < WORKDAYS && hour >= 8 && hour < 18;
            case NIGHTLY -> hour >= 1 && hour < 3;
            case WEEKLY -> day == DAYS - 1 && hour >= 2 && hour < 8;
            case ZOMBIE -> false;
        };
    }

    /** Whether it is used in the time from {@code fromMs} to {@code toMs}, looked at every half hour. */
    public boolean isUsedAfter(long fromMs, long toMs) {
        for (long at = fromMs; at < toMs; at += HOUR_MS / 2) {
            if (isUsed(at)) {
                return true;
            }
        }
        return false;
    }

    /** What a VM does that runs; one that is not used does what its operating system does. */
    public Activity activity(long ms, SplittableRandom random) {
        return isUsed(ms)
                ? new Activity(random.nextDouble(0.1, 0.9), random.nextDouble(50, 500), random.nextDouble(50, 300))
                : new Activity(random.nextDouble(0.002, 0.012), random.nextDouble(0.1, 2), random.nextDouble(0.5, 8));
    }
}
