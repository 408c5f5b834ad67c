package io.novacron.zeroops.runtime.settings;

/** The mode in which a new installation starts; later ones are set by people, and journaled. */
public enum StartMode {
    /** As {@code enable_full_automation} says. */
    AUTO,
    OBSERVE,
    LOW_RISK,
    FULL
}
