package io.novacron.zeroops.simulations.fleet;

import io.novacron.zeroops.simulations.trace.Load;
import java.util.Optional;

/**
 * What every policy of one comparison gets alike.
 *
 * @param zones at least 1
 * @param pricePerH dollars per instance-hour
 * @param initialInstances ready at the start; between the service's minimum and {@code maxInstances}
 * @param need where the scenario knows when it truly began; else it is found in the load, see {@link Need#first}
 */
public record FleetSetup(
        Load load,
        ServiceModel service,
        BootTimes bootTimes,
        int zones,
        double pricePerH,
        int initialInstances,
        int maxInstances,
        Optional<Need> need) {
    public FleetSetup {
        if (initialInstances < service.minInstances() || initialInstances > maxInstances) {
            throw new IllegalArgumentException("Needed: minimum <= initial <= maximum instances, not "
                    + service.minInstances() + ", " + initialInstances + ", " + maxInstances);
        }
    }

    public FleetSetup(
            Load load,
            ServiceModel service,
            BootTimes bootTimes,
            int zones,
            double pricePerH,
            int initialInstances,
            int maxInstances) {
        this(load, service, bootTimes, zones, pricePerH, initialInstances, maxInstances, Optional.empty());
    }

    public FleetSetup withInitialInstances(int count) {
        return new FleetSetup(load, service, bootTimes, zones, pricePerH, count, maxInstances, need);
    }

    public int minInstances() {
        return service.minInstances();
    }

    /** The instances that the load requires in this step, as far as the maximum allows them. */
    public int required(int step) {
        return Math.min(maxInstances, service.required(load.ratePerS(step)));
    }

    public ServedFleet open(Timeline timeline) {
        var fleet = new ServedFleet(
                load, service, new InstancePool(bootTimes, zones, pricePerH, initialInstances), timeline);
        need.ifPresent(fleet::expectNeed);
        return fleet;
    }
}
