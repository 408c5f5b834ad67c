package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.simulations.live.Incident.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which incidents a workload will have, for ever: one in each slot of time, computed from the seed when it is asked for. They
 * begin in the first half of their slot and are over before the next one.
 *
 * @param everyMillis the width of a slot; 0 for no incidents
 * @param crowds whether the load is the simulation's to raise
 * @param zones of which one may be lost
 */
record IncidentPlan(long seed, long everyMillis, boolean crowds, int zones) {
    private static final double CROWD_SHARE = 0.6;
    private static final double CROWD_FACTOR_MIN = 2;
    private static final double CROWD_FACTOR_MAX = 4;
    private static final long CROWD_MIN_MS = Duration.ofMinutes(4).toMillis();
    private static final long CROWD_MAX_MS = Duration.ofMinutes(15).toMillis();
    private static final long LOSS_MIN_MS = Duration.ofMinutes(2).toMillis();
    private static final long LOSS_MAX_MS = Duration.ofMinutes(10).toMillis();

    /** How long a crowd takes to come, and to go: people hear of something within a minute or so. */
    private static final double SLOPE_MS = Duration.ofSeconds(45).toMillis();

    /**
     * What is to happen; instants are milliseconds since the origin.
     *
     * @param factor of the load at a crowd's top; 1 of a loss
     * @param zone that is lost; 0 of a crowd
     */
    record Planned(Kind kind, long startMillis, long endMillis, double factor, int zone) {}

    long slot(long atMillis) {
        return everyMillis == 0 ? 0 : atMillis / everyMillis;
    }

    /** The incident of a slot; empty if there are none, or it would be a crowd where the load is given. */
    Optional<Planned> of(long slot) {
        if (everyMillis == 0) {
            return Optional.empty();
        }
        SplittableRandom random = Chance.at(seed, slot);
        long start = slot * everyMillis + random.nextLong(everyMillis / 2);
        if (random.nextDouble() >= CROWD_SHARE) {
            long end = start + random.nextLong(LOSS_MIN_MS, LOSS_MAX_MS);
            return Optional.of(new Planned(Kind.ZONE_LOST, start, end, 1, random.nextInt(zones)));
        } else if (!crowds) {
            return Optional.empty();
        }
        long end = start + random.nextLong(CROWD_MIN_MS, CROWD_MAX_MS);
        double factor = random.nextDouble(CROWD_FACTOR_MIN, CROWD_FACTOR_MAX);
        return Optional.of(new Planned(Kind.FLASH_CROWD, start, end, factor, 0));
    }

    /** By what the load is multiplied now. */
    double crowdFactor(long atMillis) {
        return of(slot(atMillis))
                .filter(planned -> planned.startMillis() <= atMillis && atMillis < planned.endMillis())
                .map(planned -> {
                    long edge = Math.min(atMillis - planned.startMillis(), planned.endMillis() - atMillis);
                    return 1 + (planned.factor() - 1) * Math.min(1, edge / SLOPE_MS);
                })
                .orElse(1.0);
    }
}
