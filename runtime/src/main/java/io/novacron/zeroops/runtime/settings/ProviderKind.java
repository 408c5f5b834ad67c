package io.novacron.zeroops.runtime.settings;

/** Who owns the machines. */
public enum ProviderKind {
    /** A simulated fleet in this process, which ends with it: for one node. */
    SIMULATED,
    /** Whoever serves the HTTP provider protocol. */
    HTTP
}
