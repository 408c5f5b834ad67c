package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.runtime.host.HostClock;
import java.time.Duration;
import java.time.Instant;

/** A clock that is moved by hand. */
final class ManualClock implements HostClock {
    private Instant now;

    ManualClock(Instant now) {
        this.now = now;
    }

    void forward(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Duration onMachine(Duration duration) {
        return duration;
    }
}
