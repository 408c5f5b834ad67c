package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.evaluation.JournalSink;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import java.time.InstantSource;

/**
 * What a scenario is given besides its options. None of it changes what comes out but for {@code wall_s}.
 *
 * @param wallClock for {@code wall_s} only; never for anything that is simulated
 */
public record Surroundings(TimelineSink timeline, JournalSink journal, Progress progress, InstantSource wallClock) {}
