package io.novacron.zeroops.simulations.scenario;

import java.time.Instant;

/** The time of a script: whole seconds, which only the test advances; read by a host's threads. */
final class ScriptClock {
    private volatile long second;

    void set(long to) {
        second = to;
    }

    long second() {
        return second;
    }

    Instant instant() {
        return Script.START.plusSeconds(second);
    }
}
