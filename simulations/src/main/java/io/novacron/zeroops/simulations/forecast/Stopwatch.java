package io.novacron.zeroops.simulations.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** How long something took in all. Its figures are of the machine, and nothing is decided by them. */
public final class Stopwatch {
    private final InstantSource clock;
    private long nanos;
    private long count;

    public Stopwatch(InstantSource clock) {
        this.clock = clock;
    }

    public void time(Runnable work) {
        of(() -> {
            work.run();
            return true;
        });
    }

    public <T> T of(Supplier<T> work) {
        Instant before = clock.instant();
        T result = work.get();
        nanos += Duration.between(before, clock.instant()).toNanos();
        count++;
        return result;
    }

    public double nanos() {
        return nanos;
    }

    public long count() {
        return count;
    }
}
