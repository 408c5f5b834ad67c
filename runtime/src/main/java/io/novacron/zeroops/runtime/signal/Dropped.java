package io.novacron.zeroops.runtime.signal;

/** Why a sample is not used. The rest of its request is. */
public enum Dropped {
    /** The settings give its metric no meaning. */
    UNKNOWN_METRIC,
    /** The label that names the resource is not there. */
    NO_RESOURCE,
    /** What names the resource can be part of no address. */
    BAD_NAME,
    /** Prometheus says that the series ended. */
    STALE_MARKER,
    /** NaN or infinite. */
    NOT_A_NUMBER,
    /** A share that is not between 0 and 1, or a negative load. */
    OUT_OF_RANGE,
    TOO_OLD,
    /** Further ahead of this node's clock than clocks may differ. */
    TOO_NEW,
    /** Not after the newest sample of its series: a repeat, or late. */
    OUT_OF_ORDER,
    /** No settings name this workload. */
    UNKNOWN_WORKLOAD,
    /** There are {@code max_vms} already. */
    TOO_MANY_VMS;

    private static final int COUNT = values().length;

    /** From 0, in their order. */
    @SuppressWarnings("EnumOrdinal") // it numbers places in arrays, and nothing outside this process
    public int index() {
        return ordinal();
    }

    public static int count() {
        return COUNT;
    }
}
