package io.novacron.zeroops.simulations.live;

import java.time.Instant;

/**
 * One change of a simulated fleet that took effect.
 *
 * @param resource such as {@code workload/web}
 * @param key of the call, or of the incident that took instances away; it never recurs
 * @param generation of the call; 0 of an incident
 * @param instances that the resource has been told to have, or has left; of a VM 1 to run, 0 not to, {@link #DELETED} or {@link #SNAPSHOTTED}
 * @param at in simulated time, to the millisecond
 */
public record Taken(String resource, String key, long generation, int instances, Instant at) {
    /** Of a VM that there is no more. */
    static final int DELETED = -1;

    /** Of a VM that does not run, and of whose disks there is a copy. */
    static final int SNAPSHOTTED = -2;
}
