package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.simulations.fleet.Need;
import io.novacron.zeroops.simulations.scenario.TrafficSpikeOptions.Shape;
import io.novacron.zeroops.simulations.trace.Load;
import io.novacron.zeroops.simulations.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An hour as usual, up to a multiple at once or over five minutes, fifteen minutes of that, back down, and as usual. */
final class SpikeLoad {
    private static final long STEP_MS = 1_000;
    private static final Duration BEFORE = Duration.ofHours(1);
    private static final Duration RAMP = Duration.ofMinutes(5);
    private static final Duration SPIKE = Duration.ofMinutes(15);
    private static final Duration AFTER = Duration.ofMinutes(30);

    private SpikeLoad() {}

    /**
     * The load, a second a step.
     *
     * @param base requests per second as usual
     * @param factor of that at the top
     */
    static Load of(double base, double factor, Shape shape) {
        List<Double> rates = new ArrayList<>();
        add(rates, BEFORE, base, base);
        if (shape == Shape.RAMP) {
            add(rates, RAMP, base, base * factor);
        }
        add(rates, SPIKE, base * factor, base * factor);
        if (shape == Shape.RAMP) {
            add(rates, RAMP, base * factor, base);
        }
        add(rates, AFTER, base, base);
        return Trace.ofSteps(
                STEP_MS, rates.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The rise, as the one who makes it knows it: from its first moment to the top. */
    static Need rise(Shape shape) {
        long start = BEFORE.toMillis();
        return new Need(start, shape == Shape.RAMP ? start + RAMP.toMillis() : start);
    }

    private static void add(List<Double> rates, Duration duration, double from, double to) {
        long steps = duration.toMillis() / STEP_MS;
        for (long step = 0; step < steps; step++) {
            rates.add(from + (to - from) * step / steps);
        }
    }
}
