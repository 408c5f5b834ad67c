package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.simulations.evaluation.PolicyFigures;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.fault.FaultProfile;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.ServedFleet;
import io.novacron.zeroops.simulations.fleet.Timeline;
import io.novacron.zeroops.simulations.host.Outside;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;

/**
 * One load served by the whole control plane: telemetry, forecast, proposals, reviews, execution and verification, on the
 * same fleet as the baselines get.
 *
 * @param run how it is called in timeline and journal
 * @param faults of the provider
 * @param telemetryMs between two samples
 * @param telemetryNoise of a sample, relative, one standard deviation
 */
record ScalingRun(
        String run,
        long seed,
        Instant start,
        FleetSetup setup,
        FaultProfile faults,
        SafetyConstraints constraints,
        DemandSettings demand,
        long telemetryMs,
        double telemetryNoise) {
    /** The policy's name in reports and timelines. */
    static final String POLICY = "zeroops";

    private static final String WORKLOAD = "web";
    private static final Money MONTHLY_BUDGET = Money.dollars(1_000_000); // monthly_budget's default
    private static final double HOURS_A_MONTH = 31 * 24;
    private static final long BILLING_MS = Duration.ofHours(1).toMillis();
    private static final long CHUNKS = 100;

    /** What one run came to; {@code problems} are the invariants that were violated. */
    record Outcome(
            PolicyFigures figures,
            Plot plot,
            long steps,
            long journalEvents,
            String sha256,
            long checked,
            long violated,
            List<String> problems) {}

    /** The default, or what all instances that there may be cost in a month: a budget has scenarios of its own. */
    private Money monthlyBudget() {
        double most = Math.min(Node.LIMIT_MAX.toDollars(), setup.maxInstances() * setup.pricePerH() * HOURS_A_MONTH);
        return MONTHLY_BUDGET.max(Money.dollars(most));
    }

    /** @param progress told the share that is done, 0..1 */
    Outcome run(Surroundings surroundings, DoubleConsumer progress) {
        var plane = new ControlPlane(
                new ControlPlane.Setup(
                        run,
                        seed,
                        start,
                        faults,
                        1,
                        constraints,
                        CalendarPolicy.DEFAULTS,
                        DecisionPolicy.DEFAULTS.requiringApprovalAbove(constraints.requireApprovalAbove()),
                        ResourcePolicy.DEFAULTS,
                        monthlyBudget(),
                        BILLING_MS,
                        surroundings.journal()),
                Outside.SILENT);
        ServedFleet fleet = setup.open(new Timeline(run, POLICY, surroundings.timeline()));
        var policy = new ScalerPolicy(
                WORKLOAD,
                "default",
                "region-1",
                setup.service().safeLoadPerS(),
                setup.minInstances(),
                setup.maxInstances(),
                Money.dollars(setup.pricePerH()),
                ScalerPolicy.PATIENCE,
                ScalerPolicy.REST);
        var workload = new ScaledWorkload(
                policy, fleet, demand, telemetryMs, telemetryNoise, new SplittableRandom(seed).split());
        plane.add(workload);
        plane.begin();
        long end = setup.load().endMillis();
        for (long chunk = 1; chunk <= CHUNKS; chunk++) {
            plane.runUntil(end / CHUNKS * chunk);
            progress.accept(chunk / (double) CHUNKS);
        }
        plane.runUntil(end);
        var invariants = plane.invariants();
        return new Outcome(
                fleet.figures(end, invariants.verdictsReached(), invariants.interventions()),
                workload.plot(run),
                plane.scheduler().steps(),
                plane.journal().size(),
                plane.journal().sha256OfAll(),
                invariants.checked(),
                invariants.violated(),
                invariants.problems());
    }
}
