package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.simulations.evaluation.PlotThinning;
import io.novacron.zeroops.simulations.evaluation.SimulationReport;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.ServiceModel;
import io.novacron.zeroops.simulations.scenario.TrafficSpikeOptions.Load;
import io.novacron.zeroops.simulations.scenario.TrafficSpikeOptions.Variant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A multiple of the load: x 6, from 10 instances to 60, with limits set for it; and +200 % under the default limits.
 * Telemetry comes every second and is a count, so that it varies by its square root.
 */
final class TrafficSpike {
    private static final String SCENARIO = "traffic-spike";
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final double SAFE_LOAD = 100;
    private static final double BASE_LOAD = 900;
    private static final int INITIAL = 10;
    private static final int MIN = 2;
    private static final int MAX = 200;
    private static final double PRICE = 0.10;
    private static final long TELEMETRY_MS = 1_000;
    private static final double NOISE = 1 / Math.sqrt(BASE_LOAD);
    private static final int PLOT_POINTS_MAX = 2_000;

    /** From 10 to 60 is +500 %, and the noise of counts may ask for a few more. */
    private static final int SCALE_UP_PERCENT = 600;

    private final TrafficSpikeOptions options;
    private final Surroundings surroundings;
    private final Totals totals;

    TrafficSpike(TrafficSpikeOptions options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
        this.totals = new Totals(surroundings.wallClock());
    }

    SimulationReport run() {
        List<SimulationReport.Variant> variants = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<Plot> plots = new ArrayList<>();
        int runs = options.variants().size() * options.seeds().values().size();
        int done = 0;
        for (Variant variant : options.variants()) {
            var comparison = new Comparison();
            for (long seed : options.seeds().values()) {
                String name = variant.name() + "/seed-" + seed;
                FleetSetup setup = setup(variant, seed);
                double before = (double) done++ / runs;
                var outcome = scaling(variant, seed, name, setup)
                        .run(surroundings, share -> surroundings.progress().at(name, before + share / runs));
                comparison.add(outcome.figures(), setup, name, surroundings.timeline());
                totals.add(name, setup.load().endMillis() / 1e3, outcome, notes);
                if (plots.size() == variants.size()) { // the first seed of each variant
                    plots.add(PlotThinning.thin(outcome.plot(), PLOT_POINTS_MAX));
                }
            }
            variants.add(comparison.variant(variant.name()));
            notes.add(Comparison.note(variants.get(variants.size() - 1)));
        }
        return totals.report(SCENARIO, options.seeds().values(), variants, notes, plots);
    }

    private FleetSetup setup(Variant variant, long seed) {
        double factor = variant.load() == Load.TIMES_6 ? 6 : 3;
        return new FleetSetup(
                SpikeLoad.of(BASE_LOAD, factor, variant.shape()),
                new ServiceModel(SAFE_LOAD, MIN),
                new BootTimes(seed, 25, 35, options.provider().failures()),
                3,
                PRICE,
                INITIAL,
                MAX,
                Optional.of(SpikeLoad.rise(variant.shape())));
    }

    private ScalingRun scaling(Variant variant, long seed, String name, FleetSetup setup) {
        var constraints = variant.load() == Load.TIMES_6
                ? withScaleUpPercent(SafetyConstraints.DEFAULTS, SCALE_UP_PERCENT)
                : SafetyConstraints.DEFAULTS;
        return new ScalingRun(
                name,
                seed,
                START,
                setup,
                options.provider().profile(),
                constraints,
                DemandSettings.DEFAULT,
                TELEMETRY_MS,
                NOISE);
    }

    private static SafetyConstraints withScaleUpPercent(SafetyConstraints c, int percent) {
        return new SafetyConstraints(
                c.requireApprovalAbove(),
                c.maxVmsAutoProvisioned(),
                c.maxDataDeletedBytes(),
                c.rateLimitActions(),
                percent,
                c.maxScaleDownPercent(),
                c.requireMultiApproval(),
                c.businessHoursOnly(),
                c.canaryRegionsFirst(),
                c.maxAutomatedCost(),
                c.businessHours(),
                c.canaryRegions());
    }
}
