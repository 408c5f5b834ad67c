package io.novacron.zeroops.simulations.fleet;

import io.novacron.zeroops.simulations.evaluation.TimelineSink;

/**
 * Where a fleet writes its steps, and under which names.
 *
 * @param run which load and seed, such as {@code x6-step/seed-3}
 */
public record Timeline(String run, String policy, TimelineSink sink) {
    public static final Timeline NONE = new Timeline("", "", TimelineSink.NONE);

    boolean isNone() {
        return sink == TimelineSink.NONE;
    }
}
