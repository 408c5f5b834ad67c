package io.novacron.zeroops.simulations.fleet;

import io.novacron.zeroops.simulations.trace.Load;
import java.util.Optional;

/**
 * When a load came to need more than the instances at its start, in milliseconds; where a scenario makes it rise, from the
 * first moment of the rise.
 *
 * @param startMillis the first instant at which the load is more than they can serve within the SLO
 * @param riseEndMillis the instant at which the load has reached the end of its rise
 */
public record Need(long startMillis, long riseEndMillis) {
    public Need {
        if (riseEndMillis < startMillis) {
            throw new IllegalArgumentException("A rise that ends at " + riseEndMillis + " ms, before it starts");
        }
    }

    /** The first need of a load; its rise ends with the last increase before the required instances first fall. */
    public static Optional<Need> first(Load load, ServiceModel service, int instancesAtStart) {
        int step = 0;
        while (step < load.steps() && service.required(load.ratePerS(step)) <= instancesAtStart) {
            step++;
        }
        if (step == load.steps()) {
            return Optional.empty();
        }
        long start = load.startMillis(step);
        long riseEnd = start;
        int before = service.required(load.ratePerS(step));
        for (step++; step < load.steps(); step++) {
            int required = service.required(load.ratePerS(step));
            if (required < before) {
                break;
            }
            if (required > before) {
                riseEnd = load.startMillis(step);
            }
            before = required;
        }
        return Optional.of(new Need(start, riseEnd));
    }
}
