package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.scaling.ScalerCommand;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.runtime.signal.Demand;
import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.runtime.signal.DemandWindow;
import io.novacron.zeroops.simulations.fleet.ServedFleet;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/** One workload of a running fleet: its instances, its telemetry, and its last day. */
final class LiveWorkload {
    private final ScalerPolicy policy;
    private final ServedFleet fleet;
    private final IncidentPlan incidents;
    private final DemandWindow window;
    private final SplittableRandom random;
    private final History history = new History();

    LiveWorkload(
            ScalerPolicy policy, ServedFleet fleet, IncidentPlan incidents, DemandSettings settings, long noiseSeed) {
        this.policy = policy;
        this.fleet = fleet;
        this.incidents = incidents;
        this.window = DemandWindow.adaptive(settings, 0);
        this.random = new SplittableRandom(noiseSeed);
    }

    /** Measures: requests are counted for a second, and counts vary as their square root. */
    void sample(long nowMillis, Instant now) {
        fleet.advance(nowMillis);
        double exact = fleet.loadPerS(nowMillis);
        double counted = Math.max(0, exact + Math.sqrt(exact) * random.nextGaussian());
        Demand demand = window.sample(now.toEpochMilli(), counted);
        history.add(
                new Sample(now, demand.load(), demand.growthPeak(), safeCapacity()),
                fleet.requests(),
                fleet.violations());
    }

    /** What the scaler should hear since it was last told; see {@link DemandWindow#worthTelling()}. */
    Optional<ScalerCommand> worthTelling() {
        double held = fleet.held(); // for as long as any are: nobody else wakes it
        Optional<Demand> worth = held > 0 ? window.newest() : window.worthTelling();
        return worth.map(demand -> demand.report(fleet.provisioned(), held));
    }

    WorkloadStatus status(Instant now) {
        Optional<Demand> demand = window.newest();
        return new WorkloadStatus(
                policy.workload(),
                policy.project(),
                now,
                demand.map(Demand::load).orElse(0.0),
                fleet.held(),
                demand.map(Demand::growthPeak).orElse(0.0),
                fleet.ready(),
                fleet.booting(),
                fleet.provisioned(),
                safeCapacity(),
                policy.unitCostPerHour().times(fleet.provisioned()),
                history.violationShare(fleet.requests(), fleet.violations()));
    }

    private double safeCapacity() {
        return fleet.ready() * policy.safeLoad();
    }

    ScalerPolicy policy() {
        return policy;
    }

    ServedFleet fleet() {
        return fleet;
    }

    IncidentPlan incidents() {
        return incidents;
    }

    History history() {
        return history;
    }
}
