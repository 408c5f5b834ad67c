package io.novacron.zeroops.simulations.baseline;

import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.TimelineSink;
import io.novacron.zeroops.simulations.fleet.FleetSetup;

/** Runs a fleet from the start of its load to the end. Stateless: the same setup gives the same figures. */
public interface Policy {
    /** As in reports and timelines. */
    String name();

    /** @param run which load and seed, for the timeline */
    PolicyFigures run(FleetSetup setup, String run, TimelineSink sink);

    default PolicyFigures run(FleetSetup setup) {
        return run(setup, "", TimelineSink.NONE);
    }
}
