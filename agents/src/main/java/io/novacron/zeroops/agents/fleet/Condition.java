package io.novacron.zeroops.agents.fleet;

/** What a resource is in, as its provider sees it. */
public enum Condition {
    /** There is no such resource, or none any more. */
    ABSENT,
    /** A VM that is not running. */
    STOPPED,
    /** A VM that is not running, of whose disks there is a snapshot from since it was stopped. */
    SNAPSHOTTED,
    /** Between two others. */
    CHANGING,
    /** A VM that runs; a workload that has a group of instances, be it of none. */
    RUNNING,
    /** A VM or host that does not do what it should. */
    FAILED,
    /** A host that takes VMs. */
    ACTIVE,
    /** A host that takes no new VMs. */
    CORDONED,
    /** A host without VMs that takes none. */
    DRAINED
}
