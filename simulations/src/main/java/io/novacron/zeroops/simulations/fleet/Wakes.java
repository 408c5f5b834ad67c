package io.novacron.zeroops.simulations.fleet;

import java.util.ArrayList;
import java.util.List;

/** How long the first request waited, each time that one came while no instance was ready. */
final class Wakes {
    /** Of a fleet that runs for ever, only the first so many are kept. */
    private static final int KEPT_MAX = 10_000;

    private static final long AWAKE = -1;

    private final List<Double> seconds = new ArrayList<>();
    private long calledMillis = AWAKE;

    void passed(long fromMillis, double loadPerS, int ready) {
        if (ready == 0 && loadPerS > 0 && calledMillis == AWAKE) {
            calledMillis = fromMillis;
        } else if (ready > 0 && calledMillis != AWAKE) {
            if (seconds.size() < KEPT_MAX) {
                seconds.add((fromMillis - calledMillis) / 1e3);
            }
            calledMillis = AWAKE;
        }
    }

    List<Double> seconds() {
        return List.copyOf(seconds);
    }
}
