package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.agents.scaling.ScalerEvent.ScalingProposed;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.runtime.learning.AdaptiveForecaster;
import io.novacron.zeroops.runtime.learning.ForecasterSettings;
import io.novacron.zeroops.runtime.signal.Demand;
import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.runtime.signal.DemandWindow;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Mark;
import io.novacron.zeroops.simulations.fleet.ServedFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One workload under a scaler: its fleet, its telemetry, and what is remembered of both for the page. */
final class ScaledWorkload {
    private final ScalerPolicy policy;
    private final ServedFleet fleet;
    private final DemandWindow window;
    private final long intervalMs;
    private final List<Mark> marks = new ArrayList<>();
    private final List<double[]> samples = new ArrayList<>(); // second, load, expected peak, ready instances

    /** @param intervalMs between two samples of telemetry */
    ScaledWorkload(ScalerPolicy policy, ServedFleet fleet, DemandSettings settings, long intervalMs) {
        this.policy = policy;
        this.fleet = fleet;
        var horizons = ForecasterSettings.of(settings.growthHorizon(), settings.scaleInHorizon());
        this.window = new DemandWindow(settings, new AdaptiveForecaster(horizons));
        this.intervalMs = intervalMs;
    }

    /** What telemetry shows now. */
    ReportDemand sample(long nowMs, Instant now) {
        fleet.advance(nowMs);
        double load = fleet.loadPerS(nowMs);
        Demand demand = window.sample(now.toEpochMilli(), load);
        samples.add(new double[] {nowMs / 1e3, load, demand.growthPeak(), fleet.ready()});
        return new ReportDemand(
                demand.sampledAt(),
                demand.load(),
                demand.growthPeak(),
                demand.scaleInPeak(),
                demand.recentPeak(),
                fleet.provisioned(),
                demand.skill().model(),
                demand.skill().error());
    }

    void journaled(List<? extends Event> events, long nowMs) {
        for (Event event : events) {
            if (event instanceof ScalingProposed proposed) {
                Action action = proposed.proposal().action();
                fleet.decided(nowMs, action.from(), action.to());
                marks.add(new Mark(nowMs / 1e3, action.kind() + " " + action.from() + " to " + action.to()));
            }
        }
    }

    ScalerPolicy policy() {
        return policy;
    }

    ServedFleet fleet() {
        return fleet;
    }

    long intervalMs() {
        return intervalMs;
    }

    long endMs() {
        return fleet.endMillis();
    }

    List<Mark> marks() {
        return marks;
    }

    List<double[]> samples() {
        return samples;
    }
}
