package io.novacron.zeroops.runtime.signal;

import java.time.Instant;

/**
 * Something began, or ended, to be so. Soft: it is told once, and after a restart again.
 *
 * @param resource its address, {@code vm/NAME}
 * @param active whether it is so from now on, or no longer
 * @param value the sample that showed it; of a silence NaN
 * @param since when the first sample that shows it was measured; of a silence the last one's arrival
 * @param detectedAt by this node's clock
 */
public record Signal(
        String resource, SignalKind kind, boolean active, double value, Instant since, Instant detectedAt) {}
