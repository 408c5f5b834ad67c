package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.trace.Load;
import io.novacron.zeroops.simulations.trace.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A tool that few people use: half a day of sessions, with nothing at all between them, for longer than an hour. Each begins at
 * any millisecond, with a first minute of a few requests, and goes on at a rate of its own.
 */
final class SessionLoad {
    private static final Duration LENGTH = Duration.ofHours(12);
    private static final double FIRST_PAUSE_MIN = 5;
    private static final double FIRST_PAUSE_MAX = 20;
    private static final double PAUSE_MIN = 75; // minutes
    private static final double PAUSE_MAX = 150;
    private static final double SESSION_MIN = 4;
    private static final double SESSION_MAX = 20;
    private static final double BEGINNING_PER_S = 0.5;
    private static final double RATE_MIN_PER_S = 2;
    private static final double RATE_MAX_PER_S = 25;
    private static final double MILLIS_A_MINUTE = 60_000;

    private SessionLoad() {}

    static Load of(SplittableRandom random) {
        List<Long> starts = new ArrayList<>(List.of(0L));
        List<Double> rates = new ArrayList<>(List.of(0.0));
        long at = millis(random.nextDouble(FIRST_PAUSE_MIN, FIRST_PAUSE_MAX));
        while (at < LENGTH.toMillis()) {
            add(starts, rates, at, BEGINNING_PER_S);
            add(starts, rates, at + millis(1), random.nextDouble(RATE_MIN_PER_S, RATE_MAX_PER_S));
            at += millis(1 + random.nextDouble(SESSION_MIN, SESSION_MAX));
            add(starts, rates, at, 0);
            at += millis(random.nextDouble(PAUSE_MIN, PAUSE_MAX));
        }
        return new Trace(
                Instant.EPOCH,
                starts.stream().mapToLong(Long::longValue).toArray(),
                rates.stream().mapToDouble(Double::doubleValue).toArray(),
                at,
                List.of());
    }

    private static void add(List<Long> starts, List<Double> rates, long at, double rate) {
        starts.add(at);
        rates.add(rate);
    }

    private static long millis(double minutes) {
        return Math.round(minutes * MILLIS_A_MINUTE);
    }
}
