package io.novacron.zeroops.runtime.settings;

/** What a node of a cluster does. */
public enum Role {
    /** It runs agents. */
    AGENTS,
    /** It serves HTTP to people and programs, and takes telemetry. */
    API
}
