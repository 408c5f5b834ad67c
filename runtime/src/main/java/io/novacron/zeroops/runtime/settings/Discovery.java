package io.novacron.zeroops.runtime.settings;

/** How the nodes of a cluster find each other. */
public enum Discovery {
    /** There are no others. */
    NONE,
    /** By the list in {@code cluster.contact_points}. */
    STATIC,
    /** By the SRV records of {@code cluster.service}. */
    DNS,
    /** By the pods whose label {@code app} is {@code cluster.service}. */
    KUBERNETES
}
