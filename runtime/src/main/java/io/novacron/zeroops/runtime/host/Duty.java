package io.novacron.zeroops.runtime.host;

/** Work that one node of a cluster does at a time: the oldest of those that run agents. */
@FunctionalInterface
public interface Duty {
    /**
     * Begins; must return at once, and is tried again if it throws.
     *
     * @return ends it, when the node leaves: the next one begins then
     */
    AutoCloseable begin();
}
