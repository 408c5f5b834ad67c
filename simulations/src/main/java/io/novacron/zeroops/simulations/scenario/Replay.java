package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.simulations.evaluation.PlotThinning;
import io.novacron.zeroops.simulations.evaluation.SimulationReport;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.ServiceModel;
import io.novacron.zeroops.simulations.trace.Trace;
import io.novacron.zeroops.simulations.trace.TraceException;
import io.novacron.zeroops.simulations.trace.TraceReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A recorded load. Telemetry comes every 15 s, as often as the reactive baselines look; the rate within a step of the
 * trace is taken as constant.
 */
final class Replay {
    private static final String SCENARIO = "replay";
    private static final long TELEMETRY_MS = 15_000;
    private static final int ZONES = 3;
    private static final double HEADROOM_MAX = 3;
    private static final int PLOT_POINTS_MAX = 4_000;

    private final ReplayOptions options;
    private final Surroundings surroundings;
    private final Totals totals;

    Replay(ReplayOptions options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
        this.totals = new Totals(surroundings.wallClock());
    }

    SimulationReport run() {
        Trace trace = read();
        var comparison = new Comparison();
        List<String> notes = new ArrayList<>(trace.notes());
        notes.add("limits: the defaults, but for max_scale_up_percent " + SafetyConstraints.SCALE_UP_MAX_PERCENT
                + ", and none on VMs, their cost and the budget, since the baselines have none of these");
        List<Plot> plots = new ArrayList<>();
        List<Long> seeds = options.seeds().values();
        for (long seed : seeds) {
            String name = SCENARIO + "/seed-" + seed;
            FleetSetup setup = setup(trace, seed);
            var constraints = constraints(setup.maxInstances());
            double before = (double) plots.size() / seeds.size();
            var outcome = new ScalingRun(
                            name,
                            seed,
                            trace.start(),
                            setup,
                            options.provider().profile(),
                            constraints,
                            DemandSettings.DEFAULT,
                            TELEMETRY_MS,
                            0)
                    .run(surroundings, share -> surroundings
                            .progress()
                            .at(name, before + share * 0.8 / seeds.size())); // the baselines take the rest
            comparison.add(outcome.figures(), setup, name, surroundings.timeline());
            totals.add(name, trace.endMillis() / 1e3, outcome, notes);
            plots.add(PlotThinning.thin(outcome.plot(), PLOT_POINTS_MAX));
        }
        var variant = comparison.variant(SCENARIO);
        notes.add(Comparison.note(variant));
        return totals.report(SCENARIO, seeds, List.of(variant), notes, plots);
    }

    private Trace read() {
        try {
            Trace trace = TraceReader.read(options.trace(), options.column());
            Trace chosen =
                    options.duration().map(d -> trace.first(d.toMillis())).orElse(trace);
            if (chosen.endMillis() > ReplayOptions.DURATION_MAX.toMillis()) {
                throw new InvalidInputException(options.trace() + ": lasts "
                        + Duration.ofMillis(chosen.endMillis()).toDays()
                        + " days, which is more than can be simulated; check its times, or give a --duration of at most "
                        + ReplayOptions.DURATION_MAX.toDays() + "d");
            }
            return chosen;
        } catch (TraceException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    private FleetSetup setup(Trace trace, long seed) {
        var service = new ServiceModel(options.capacityPerMinute() / 60, options.minInstances());
        double needed = Math.ceil(trace.peakPerS() / service.safeLoadPerS());
        if (!(needed <= Action.QUANTITY_MAX / HEADROOM_MAX)) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "%s: its peak needs %.4g instances, which is more than can be simulated; give a larger --capacity",
                    options.trace(),
                    needed));
        }
        int peak = service.required(trace.peakPerS());
        return new FleetSetup(
                trace,
                service,
                new BootTimes(seed, 25, 35, options.provider().failures()),
                ZONES,
                options.pricePerHour().toDollars(),
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
