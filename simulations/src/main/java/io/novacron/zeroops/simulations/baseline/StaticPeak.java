package io.novacron.zeroops.simulations.baseline;

import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.Timeline;

/**
 * As many instances as the peak of the load requires, all the time. They are ready at the start, whatever the setup's initial
 * instances are: it is about having provisioned before. Without a maximum below the peak, nothing violates the SLO.
 */
public final class StaticPeak implements Policy {
    @Override
    public String name() {
        return "static";
    }

    @Override
    public PolicyFigures run(FleetSetup setup, String run, TimelineSink sink) {
        int peak = 0;
        for (int step = 0; step < setup.load().steps(); step++) {
            peak = Math.max(peak, setup.required(step));
        }
        return setup.withInitialInstances(peak)
                .open(new Timeline(run, name(), sink))
                .figures(setup.load().endMillis());
    }
}
