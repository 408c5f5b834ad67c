package io.novacron.zeroops.agents.provisioning;

import java.util.Locale;

/** What a machine has a limited amount of. */
public enum Dimension {
    CPU("vCPU"),
    MEMORY("GiB of memory"),
    NETWORK("Mbit/s of network"),
    /** Throughput of block storage, not its size: size is bought apart from the machine. */
    STORAGE("Mbit/s of storage"),
    GPU("GPUs");

    private final String unit;

    Dimension(String unit) {
        this.unit = unit;
    }

    /** For people, after a number. */
    public String unit() {
        return unit;
    }

    /** As JSON and the command line spell it. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }
}
