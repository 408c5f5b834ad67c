package io.novacron.zeroops.runtime.signal;

/** What telemetry may show of a VM. */
public enum SignalKind {
    /** The processors are busier than {@code cpu_high}. */
    CPU_HIGH,
    /** Memory is fuller than {@code memory_high}. */
    MEMORY_HIGH,
    /** The processors are far from what they lately were. */
    CPU_ANOMALY,
    /** Memory is far from what it lately was. */
    MEMORY_ANOMALY,
    /** It says that it is down. */
    DOWN,
    /** It says nothing, while others do. */
    SILENT;

    private static final int COUNT = values().length;

    /** From 0, in their order. */
    @SuppressWarnings("EnumOrdinal") // it numbers places in arrays, and nothing outside this process
    int index() {
        return ordinal();
    }

    static int count() {
        return COUNT;
    }

    /** Whether the provider may know more than telemetry does. */
    boolean isOfLifecycle() {
        return this == DOWN || this == SILENT;
    }
}
