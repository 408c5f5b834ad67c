package io.novacron.zeroops.runtime.signal;

/** What a series measures, and of which kind of resource.  */
public enum Measure {
    /** The share of a VM's processors in use, 0 to 1. */
    CPU("vm", 0),
    /** The share of a VM's memory in use, 0 to 1. */
    MEMORY("vm", 1),
    /** Whether a VM answers: 1, or 0. */
    UP("vm", 2),
    /** What a workload is asked to do, in the unit of {@code safe_load_per_s}. */
    LOAD("workload", 3),
    /** What a VM receives and sends, bytes per second. */
    NETWORK("vm", 4),
    /** What a VM reads from its disks and writes to them, bytes per second. */
    STORAGE("vm", 5),
    /** A workload's requests that are held, since no instance can take them. */
    WAITING("workload", 6);

    private static final Measure[] ALL = values();

    private final String kind;
    private final String owner;
    private final int index;

    Measure(String kind, int index) {
        this.kind = kind;
        this.index = index;
        this.owner = (kind.equals("workload") ? "scaler" : kind) + "/";
    }

    /** Of the resource, as in its address. */
    public String kind() {
        return kind;
    }

    /** With the resource's name, the address of the agent that is told; its shard gets the samples. */
    public String owner() {
        return owner;
    }

    boolean isOfWorkload() {
        return this == LOAD || this == WAITING;
    }

    /** Whether its values are from 0 to 1. */
    boolean isShare() {
        return index <= UP.index;
    }

    /** Part of {@link SampleBatch}'s form: it stays, and {@link #of} finds it again. */
    int index() {
        return index;
    }

    static Measure of(int index) {
        return ALL[index];
    }

    static int count() {
        return ALL.length;
    }
}
