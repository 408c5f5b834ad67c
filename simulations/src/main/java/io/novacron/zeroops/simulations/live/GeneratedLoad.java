package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.simulations.trace.Load;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/**
 * A load without end, made from a seed: high by day, low by night, lower at weekends, wandering a little from minute to
 * minute, with the crowds of a plan. Workloads differ in size and in the hour of their peak. A usual day's peak needs a
 * quarter to two fifths of the instances that the workload may have, so that a crowd needs them all, or nearly.
 *
 * <p>Computed for each step when it is asked for. It ends after 340 years.
 */
final class GeneratedLoad implements Load {
    static final long STEP_MS = 5_000;

    private static final double PEAK_SHARE_MIN = 0.25;
    private static final double PEAK_SHARE_MAX = 0.4;
    private static final double NIGHT = 0.35; // of the day's peak
    private static final double WEEKEND = 0.7; // of a weekday
    private static final double PEAK_HOUR_MIN = 11;
    private static final double PEAK_HOUR_MAX = 20;
    private static final double WANDERING = 0.03; // standard deviation, relative
    private static final long WANDERING_MS = Duration.ofMinutes(1).toMillis();
    private static final double HOURS_A_DAY = 24;
    private static final double MILLIS_AN_HOUR = 3_600_000;

    private final Instant origin;
    private final long wandering;
    private final IncidentPlan incidents;
    private final double peakPerS;
    private final double peakHour;

    GeneratedLoad(ScalerPolicy policy, Instant origin, long seed, IncidentPlan incidents) {
        SplittableRandom random = Chance.at(seed, 0);
        this.origin = origin;
        this.incidents = incidents;
        peakPerS = policy.safeLoad() * policy.maxInstances() * random.nextDouble(PEAK_SHARE_MIN, PEAK_SHARE_MAX);
        peakHour = random.nextDouble(PEAK_HOUR_MIN, PEAK_HOUR_MAX);
        wandering = random.nextLong();
    }

    @Override
    public double ratePerS(int step) {
        long at = startMillis(step);
        LocalDateTime time = LocalDateTime.ofInstant(origin.plusMillis(at), ZoneOffset.UTC);
        double hour = time.toLocalTime().toNanoOfDay() / 1e6 / MILLIS_AN_HOUR;
        double height = (1 + StrictMath.cos(2 * Math.PI * (hour - peakHour) / HOURS_A_DAY)) / 2;
        double usual = peakPerS * weekday(time) * (NIGHT + (1 - NIGHT) * height);
        return usual * wandered(at) * incidents.crowdFactor(at);
    }

    /** Fridays fade into weekends and Sundays into Mondays over a day, as a jump at midnight would be no one's week. */
    private static double weekday(LocalDateTime time) {
        double today = ofDay(time);
        double tomorrow = ofDay(time.plusDays(1));
        double share = time.toLocalTime().toNanoOfDay() / 1e6 / MILLIS_AN_HOUR / HOURS_A_DAY;
        return today + (tomorrow - today) * share;
    }

    private static double ofDay(LocalDateTime time) {
        return switch (time.getDayOfWeek()) {
            case SATURDAY, SUNDAY -> WEEKEND;
            default -> 1;
        };
    }

    private double wandered(long atMillis) {
        long minute = atMillis / WANDERING_MS;
        double share = (double) (atMillis % WANDERING_MS) / WANDERING_MS;
        double offset = deviation(minute) * (1 - share) + deviation(minute + 1) * share;
        return Math.max(0, 1 + WANDERING * offset);
    }

    private double deviation(long minute) {
        return Chance.at(wandering, minute).nextGaussian();
    }

    @Override
    public int steps() {
        return Integer.MAX_VALUE;
    }

    @Override
    public long startMillis(int step) {
        return step * STEP_MS;
    }

    @Override
    public int stepAt(long atMillis) {
        return Math.toIntExact(atMillis / STEP_MS);
    }

    @Override
    public long endMillis() {
        return Integer.MAX_VALUE * STEP_MS;
    }
}
