package io.novacron.zeroops.simulations.fleet;

import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.Observed;

/** The group of instances that serves a load. */
final class SimulatedWorkload implements SimulatedResource {
    private final ServedFleet fleet;

    SimulatedWorkload(ServedFleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public Observed observe(String address, long applied, long nowMillis) {
        fleet.advance(nowMillis);
        return new Observed(address, applied, Condition.RUNNING, fleet.ready(), fleet.booting());
    }

    @Override
    public String refusal(FleetOperation operation) {
        return operation instanceof FleetOperation.SetInstances ? "" : "not_for_a_workload";
    }

    @Override
    public void apply(FleetOperation operation, long nowMillis) {
        if (operation instanceof FleetOperation.SetInstances set) {
            fleet.setInstances(set.instances(), nowMillis);
        }
    }

    @Override
    public long nextChange() {
        return fleet.nextChangeMillis();
    }
}
