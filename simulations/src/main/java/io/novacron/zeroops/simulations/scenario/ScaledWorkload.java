package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.agents.scaling.ScalerEvent.ScalingProposed;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.runtime.signal.Demand;
import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.runtime.signal.DemandWindow;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Mark;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Series;
import io.novacron.zeroops.simulations.fleet.ServedFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One workload under a scaler: its fleet, its telemetry, and what is remembered of both for the page. */
final class ScaledWorkload {
    private final ScalerPolicy policy;
    private final ServedFleet fleet;
    private final DemandWindow window;
    private final long intervalMs;
    private final double noise;
    private final SplittableRandom random;
    private final List<Mark> marks = new ArrayList<>();
    private final List<double[]> samples = new ArrayList<>(); // second, load, expected peak, SLO-safe capacity

    /**
     * One workload.
     *
     * @param intervalMs between two samples of telemetry
     * @param noise of a sample, relative, one standard deviation: requests are counted, and counts vary
     */
    ScaledWorkload(
            ScalerPolicy policy,
            ServedFleet fleet,
            DemandSettings settings,
            long intervalMs,
            double noise,
            SplittableRandom random) {
        this.policy = policy;
        this.fleet = fleet;
        this.window = DemandWindow.adaptive(settings, 0);
        this.noise = noise;
        this.random = random;
        this.intervalMs = intervalMs;
    }

    /** What telemetry shows now. */
    ReportDemand sample(long nowMs, Instant now) {
        fleet.advance(nowMs);
        double measured = fleet.loadPerS(nowMs) * (1 + noise * random.nextGaussian());
        double load = Math.max(0, measured);
        Demand demand = window.sample(now.toEpochMilli(), load);
        samples.add(new double[] {nowMs / 1e3, load, demand.growthPeak(), fleet.ready() * policy.safeLoad()});
        return demand.report(fleet.provisioned());
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

    /** For the page: what came, what was expected, what could be served, and every proposal. */
    Plot plot(String title) {
        List<Series> series = new ArrayList<>();
        List<String> names = List.of("load", "expected peak", "SLO-safe capacity");
        for (int i = 0; i < names.size(); i++) {
            int column = i + 1;
            series.add(new Series(
                    names.get(i), samples.stream().map(s -> s[column]).toList()));
        }
        return new Plot(title, "requests/s", samples.stream().map(s -> s[0]).toList(), series, marks);
    }
}
