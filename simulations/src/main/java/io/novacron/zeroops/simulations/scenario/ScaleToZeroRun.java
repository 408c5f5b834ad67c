package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.agents.scaling.ZeroPolicy;
import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.Holding;
import io.novacron.zeroops.simulations.fleet.ServedFleet;
import io.novacron.zeroops.simulations.fleet.ServiceModel;
import io.novacron.zeroops.simulations.fleet.Timeline;
import io.novacron.zeroops.simulations.host.Outside;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A workload that is idle most of the time, under the whole control plane and the default limits.
 *
 * @param run how it is called in timeline and journal
 * @param policy its name in the timeline
 * @param minInstances 0 if it may have none
 */
record ScaleToZeroRun(String run, long seed, String policy, int minInstances, ZeroPolicy zero, ProviderFaults faults) {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final double SAFE_LOAD = 10;
    private static final int MAX = 20;
    private static final double PRICE = 0.10;
    private static final int ZONES = 3;
    private static final long TELEMETRY_MS = 1_000;
    private static final long BILLING_MS = Duration.ofHours(1).toMillis();
    private static final Money MONTHLY_BUDGET = Money.dollars(10_000);

    /**
     * What one run came to.
     *
     * @param held requests that came while no instance was ready
     * @param heldLost of these, those that failed
     * @param lost requests that failed, at whatever time
     */
    record Outcome(
            List<Double> wakeSeconds,
            double requests,
            double late,
            double held,
            double heldLost,
            double lost,
            PolicyFigures figures,
            Plot plot,
            double virtualS,
            long steps,
            long journalEvents,
            String sha256,
            long checked,
            long violated,
            List<String> problems) {}

    Outcome run(Surroundings surroundings) {
        var load = SessionLoad.of(new SplittableRandom(seed));
        var setup = new FleetSetup(
                load,
                new ServiceModel(SAFE_LOAD, minInstances).holding(Holding.DEFAULT),
                new BootTimes(seed, 25, 35, faults.failures()),
                ZONES,
                PRICE,
                1,
                MAX);
        ServedFleet fleet = setup.open(new Timeline(run, policy, surroundings.timeline()));
        var scaler = new ScalerPolicy(
                "tool",
                "default",
                "region-1",
                SAFE_LOAD,
                minInstances,
                MAX,
                Money.dollars(PRICE),
                ScalerPolicy.PATIENCE,
                ScalerPolicy.REST,
                zero);
        var workload = new ScaledWorkload(
                scaler, fleet, DemandSettings.DEFAULT, TELEMETRY_MS, 0.1, new SplittableRandom(seed).split());
        var plane = new ControlPlane(setup(surroundings), Outside.SILENT);
        plane.add(workload);
        plane.begin();
        plane.runUntil(load.endMillis());
        var invariants = plane.invariants();
        var figures = fleet.figures(load.endMillis(), invariants.verdictsReached(), invariants.interventions());
        return new Outcome(
                fleet.wakeSeconds(),
                fleet.requests(),
                fleet.violations(),
                fleet.unreadyRequests(),
                fleet.failedUnreadyRequests(),
                fleet.failedRequests(),
                figures,
                workload.plot(run),
                load.endMillis() / 1e3,
                plane.scheduler().steps(),
                plane.journal().size(),
                plane.journal().sha256OfAll(),
                invariants.checked(),
                invariants.violated(),
                invariants.problems());
    }

    private ControlPlane.Setup setup(Surroundings surroundings) {
        return new ControlPlane.Setup(
                run,
                seed,
                START,
                faults.profile(),
                1,
                SafetyConstraints.DEFAULTS,
                CalendarPolicy.DEFAULTS,
                DecisionPolicy.DEFAULTS,
                ResourcePolicy.DEFAULTS,
                MONTHLY_BUDGET,
                BILLING_MS,
                surroundings.journal());
    }
}
