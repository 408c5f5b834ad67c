package io.novacron.zeroops.simulations.live;

import java.time.Instant;

/**
 * Something that truly went wrong, as only the simulation knows it.
 *
 * @param size of a crowd the factor by which the load is higher at its top; of a loss, the instances lost
 * @param end of a loss, when the zone takes instances again
 */
public record Incident(String workload, Kind kind, Instant start, Instant end, double size) {

    /** What went wrong. */
    public enum Kind {
        /** Many more requests than the hour of the day explains. */
        FLASH_CROWD,
        /** A zone went down with all its instances. */
        ZONE_LOST
    }
}
