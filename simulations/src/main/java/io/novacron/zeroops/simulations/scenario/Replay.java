package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.simulations.evaluation.PlotThinning;
import io.novacron.zeroops.simulations.evaluation.SimulationReport;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.ServiceModel;
import io.novacron.zeroops.simulations.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A recorded load. Telemetry comes every 15 s, as often as the reactive baselines look; the rate within a step of the
 * trace is taken as constant.
 */
final class Replay {
    private static final long TELEMETRY_MS = 15_000;
    private static final int ZONES = 3;
    private static final double HEADROOM_MAX = 3;
    private static final int PLOT_POINTS_MAX = 4_000;

    private final Recorded recorded;
    private final Surroundings surroundings;
    private final Totals totals;

    Replay(Recorded recorded, Surroundings surroundings) {
        this.recorded = recorded;
        this.surroundings = surroundings;
        this.totals = new Totals(surroundings.wallClock());
    }

    SimulationReport run() {
        Trace trace = recorded.trace();
        String scenario = recorded.scenario();
        var comparison = new Comparison();
        List<String> notes = new ArrayList<>(recorded.notes());
        notes.addAll(trace.notes());
        notes.add("limits: the defaults, but for max_scale_up_percent " + SafetyConstraints.SCALE_UP_MAX_PERCENT
                + ", and none on VMs, their cost and the budget, since the baselines have none of these");
        List<Plot> plots = new ArrayList<>();
        List<Long> seeds = recorded.seeds().values();
        for (long seed : seeds) {
            String name = scenario + "/seed-" + seed;
            FleetSetup setup = setup(seed);
            var constraints = constraints(setup.maxInstances());
            double before = (double) plots.size() / seeds.size();
            var outcome = new ScalingRun(
                            name,
                            seed,
                            trace.start(),
                            setup,
                            recorded.provider().profile(),
                            constraints,
                            recorded.demand(),
                            TELEMETRY_MS,
                            0)
                    .run(surroundings, share -> surroundings
                            .progress()
                            .at(name, before + share * 0.8 / seeds.size())); // the baselines take the rest
            comparison.add(outcome.figures(), setup, name, surroundings.timeline());
            totals.add(name, trace.endMillis() / 1e3, outcome, notes);
            Plot plot = PlotThinning.thin(outcome.plot(), PLOT_POINTS_MAX);
            plots.add(new Plot(plot.title(), recorded.unit(), plot.seconds(), plot.series(), plot.marks()));
        }
        var variant = comparison.variant(scenario);
        notes.add(Comparison.note(variant));
        return totals.report(scenario, seeds, List.of(variant), notes, plots);
    }

    private FleetSetup setup(long seed) {
        Trace trace = recorded.trace();
        var service = new ServiceModel(recorded.safeLoad(), recorded.minInstances());
        double needed = Math.ceil(trace.peakPerS() / service.safeLoadPerS());
        if (!(needed <= Action.QUANTITY_MAX / HEADROOM_MAX)) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "%s: its peak needs %.4g instances, which is more than can be simulated; give a larger --capacity",
                    recorded.file(),
                    needed));
        }
        int peak = service.required(trace.peakPerS());
        return new FleetSetup(
                trace,
                service,
                new BootTimes(seed, 25, 35, recorded.provider().failures()),
                ZONES,
                recorded.pricePerHour().toDollars(),
                service.required(trace.ratePerS(0)),
                (int) Math.ceil(peak * HEADROOM_MAX));
    }

    /**
     * The defaults, but for those that the baselines do not have and that would be all that is seen: how many VMs there may
     * be, what they cost, and how fast they may become more.
     */
    private static SafetyConstraints constraints(int maxInstances) {
        var defaults = SafetyConstraints.DEFAULTS;
        return new SafetyConstraints(
                SafetyConstraints.COST_MAX,
                Math.max(defaults.maxVmsAutoProvisioned(), maxInstances),
                defaults.maxDataDeletedBytes(),
                defaults.rateLimitActions(),
                SafetyConstraints.SCALE_UP_MAX_PERCENT,
                defaults.maxScaleDownPercent(),
                defaults.requireMultiApproval(),
                defaults.businessHoursOnly(),
                defaults.canaryRegionsFirst(),
                SafetyConstraints.COST_MAX,
                defaults.businessHours(),
                defaults.canaryRegions());
    }
}
