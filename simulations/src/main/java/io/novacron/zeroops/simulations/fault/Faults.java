package io.novacron.zeroops.simulations.fault;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The dice: draws every fault from the seed, from when they begin until they stop, and keeps count of them. */
public final class Faults {
    private final FaultProfile profile;
    private final SplittableRandom random;
    private final Map<String, Long> counts = new TreeMap<>();
    private boolean stopped = true;

    public Faults(FaultProfile profile, SplittableRandom random) {
        this.profile = profile;
        this.random = random;
    }

    public FaultProfile profile() {
        return profile;
    }

    /** From here on things go wrong; before, a simulation is set up. */
    public void begin() {
        stopped = false;
    }

    /** From here on nothing goes wrong: whatever is pending has to end. */
    public void stop() {
        stopped = true;
    }

    public boolean stopped() {
        return stopped;
    }

    /** Whether this fault happens now. */
    public boolean strikes(String kind, double probability) {
        if (stopped || probability <= 0 || random.nextDouble() >= probability) {
            return false;
        }
        count(kind);
        return true;
    }

    /** Notes a fault that was decided elsewhere. */
    public void count(String kind) {
        counts.merge(kind, 1L, Long::sum);
    }

    /** From {@code least} to {@code most}, both included. */
    public long between(long least, long most) {
        return least == most ? least : random.nextLong(least, most + 1);
    }

    /** Exponentially distributed, so that outages come as a Poisson process. */
    public long exponentialMs(double meanS) {
        return (long) Math.ceil(-Math.log(1 - random.nextDouble()) * meanS * 1000);
    }

    /** By kind, in order of their names. */
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
