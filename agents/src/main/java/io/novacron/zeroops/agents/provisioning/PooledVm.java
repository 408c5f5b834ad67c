package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.decision.OpenProposal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a pool knows of one of its VMs.
 *
 * @param vm its address
 * @param joinedAt when it was first seen
 * @param longestQuiet that ended, and so teaches how long it may be quiet and still be wanted
 * @param finding why it is to be stopped, until that is proposed
 * @param stop present where the pool stopped it
 * @param open the one proposal about it that is out
 * @param restUntil before this nothing is proposed, but what a person wants
 */
public record PooledVm(
        String vm,
        Instant joinedAt,
        Duration longestQuiet,
        Optional<Finding> finding,
        Optional<Stop> stop,
        Optional<OpenProposal> open,
        Instant restUntil) {

    /**
     * It is not used.
     *
     * @param cause {@code idle}, or {@code spend_anomaly} and the anomaly's id
     */
    public record Finding(String cause, Instant quietSince, Instant at) {}

    /**
     * It was stopped.
     *
     * @param token by which it can be had back: the id of the decision that stopped it
     * @param quietSince since when it had done nothing
     * @param deleteAfter the grace is over; later for as long as deleting it fails
     * @param isSnapshotted whether there is a copy of its disks
     * @param isWanted whether a person wants it back
     */
    public record Stop(
            String token,
            Instant quietSince,
            Instant at,
            Instant deleteAfter,
            boolean isSnapshotted,
            boolean isWanted) {
        Stop snapshotted() {
            return new Stop(token, quietSince, at, deleteAfter, true, isWanted);
        }

        Stop wanted() {
            return new Stop(token, quietSince, at, deleteAfter, isSnapshotted, true);
        }
    }

    static PooledVm joined(String vm, Instant at) {
        return new PooledVm(vm, at, Duration.ZERO, Optional.empty(), Optional.empty(), Optional.empty(), Instant.EPOCH);
    }

    PooledVm learned(Duration longest) {
        return new PooledVm(vm, joinedAt, longest, finding, stop, open, restUntil);
    }

    PooledVm found(Optional<Finding> next) {
        return new PooledVm(vm, joinedAt, longestQuiet, next, stop, open, restUntil);
    }

    PooledVm with(Optional<OpenProposal> next) {
        return new PooledVm(vm, joinedAt, longestQuiet, finding, stop, next, restUntil);
    }

    PooledVm stopped(Optional<Stop> next) {
        return new PooledVm(vm, joinedAt, longestQuiet, finding, next, open, restUntil);
    }

    PooledVm resting(Instant until) {
        return new PooledVm(vm, joinedAt, longestQuiet, finding, stop, open, until);
    }
}
