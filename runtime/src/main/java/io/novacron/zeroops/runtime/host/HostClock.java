package io.novacron.zeroops.runtime.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time by which agents decide: the machine's, or a simulated fleet's, which may run faster. */
public interface HostClock extends InstantSource {

    /** How long to wait on the machine for so much of this clock's time. */
    Duration onMachine(Duration duration);

    static HostClock of(InstantSource machine) {
        return new HostClock() {
            @Override
            public Instant instant() {
                return machine.instant();
            }

            @Override
            public Duration onMachine(Duration duration) {
                return duration;
            }
        };
    }

    /**
     * A clock that starts at {@code origin} and runs {@code speed} times as fast as the machine's.
     *
     * @param speed above 0
     */
    static HostClock faster(InstantSource machine, Instant origin, double speed) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed=" + speed + ": use a number above 0");
        }
        Instant started = machine.instant();
        return new HostClock() {
            @Override
            public Instant instant() {
                long nanos = Duration.between(started, machine.instant()).toNanos();
                return origin.plusNanos((long) (nanos * speed));
            }

            @Override
            public Duration onMachine(Duration duration) {
                return Duration.ofNanos((long) (duration.toNanos() / speed));
            }
        };
    }
}
