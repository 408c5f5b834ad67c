package io.novacron.zeroops.simulations.baseline;

import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.ServedFleet;
import io.novacron.zeroops.simulations.fleet.Timeline;
import java.util.Locale;

/**
 * Reactive target tracking: a {@link HorizontalAutoscaler} every 15 s from the start on. It sees the load as it is at that
 * instant and as it was offered, not as it was served, and so neither late nor cut off at saturation: better than any
 * that are measured by processor time. Its target is kept up as a replica set would, so that failed boots are repeated
 * within 15 s.
 *
 * @param target utilisation of the safe load, 0..1
 */
public record ReactiveTargetTracking(double target) implements Policy {
    public ReactiveTargetTracking {
        if (!(target > 0 && target <= 1)) {
            throw new IllegalArgumentException("A target utilisation is more than 0 and at most 1, not " + target);
        }
    }

    @Override
    public String name() {
        return String.format(Locale.ROOT, "reactive-%.2f", target);
    }

    @Override
    public PolicyFigures run(FleetSetup setup, String run, TimelineSink sink) {
        ServedFleet fleet = setup.open(new Timeline(run, name(), sink));
        Loop loop = start(setup, fleet);
        while (loop.nextMillis() < fleet.endMillis()) {
            loop.sync();
        }
        return fleet.figures(fleet.endMillis());
    }

    /** For who has more happen to the fleet than its load: a loop that is run by hand. */
    public Loop start(FleetSetup setup, ServedFleet fleet) {
        return new Loop(setup, fleet, target);
    }

    /** The loop over one fleet. */
    public static final class Loop {
        private final ServedFleet fleet;
        private final double safeLoadPerS;
        private final HorizontalAutoscaler autoscaler;
        private long nextMillis;

        private Loop(FleetSetup setup, ServedFleet fleet, double target) {
            this.fleet = fleet;
            this.safeLoadPerS = setup.service().safeLoadPerS();
            this.autoscaler = new HorizontalAutoscaler(
                    target, setup.minInstances(), setup.maxInstances(), setup.initialInstances());
        }

        /** When it is to run next. */
        public long nextMillis() {
            return nextMillis;
        }

        /** Runs one round, at its time. */
        public void sync() {
            int before = autoscaler.replicas();
            fleet.setInstances(before, nextMillis);
            double load = fleet.loadPerS(nextMillis) / safeLoadPerS;
            int after = autoscaler.sync(nextMillis, load, fleet.ready(), fleet.booting());
            if (after != before) {
                fleet.decided(nextMillis, before, after);
                fleet.setInstances(after, nextMillis);
            }
            nextMillis += HorizontalAutoscaler.PERIOD_MILLIS;
        }
    }
}
