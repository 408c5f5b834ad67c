package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.runtime.learning.SpendWatchSettings;
import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.simulations.evaluation.MonthFigures;
import io.novacron.zeroops.simulations.evaluation.PlotThinning;
import io.novacron.zeroops.simulations.evaluation.ScenarioReport;
import io.novacron.zeroops.simulations.evaluation.SimulationReport.Plot;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.ServiceModel;
import io.novacron.zeroops.simulations.fleet.Timeline;
import io.novacron.zeroops.simulations.fleet.VmUse;
import io.novacron.zeroops.simulations.host.Outside;
import io.novacron.zeroops.simulations.scenario.SimulatedPool.Vm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Everything at once: three workloads whose load has days, weeks and crowds; a pool of VMs of which some are abandoned; and a program that runs
 * wild one day. One control plane, one budget, the default limits.
 */
final class Month {
    /** When the program runs wild: the sixteenth day, a Tuesday, at half past ten, once two weeks have taught what a day costs. */
    static final int SPIKE_DAY = 15;

    private static final String SCENARIO = "month";

    /** A Monday at midnight: see {@link VmUse} and {@link MonthLoad}. */
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private static final String PROJECT = "shop";
    private static final String REGION = "region-1";
    private static final long TELEMETRY_MS = 15_000;
    private static final long SPIKE_MS =
            Duration.ofDays(SPIKE_DAY).plusHours(10).plusMinutes(30).toMillis();
    private static final long SPIKE_WITHIN_MS = Duration.ofMinutes(5).toMillis();
    private static final double VM_PRICE = 0.60;
    private static final int VMS = 24;
    private static final int ABANDONED = 6;
    private static final int ZOMBIES = 20;
    private static final Money BUDGET = Money.dollars(100_000);
    private static final SpendWatchSettings WATCH = new SpendWatchSettings(0.5, 5, SpendWatchSettings.LASTING);
    private static final long CHUNKS = 60;
    private static final int PLOT_POINTS_MAX = 4_000;

    /** As {@code conf/zeroops.yaml} has them. */
    private record Service(String name, double safeLoad, int min, int max, double price, double peakHour) {}

    private static final List<Service> SERVICES = List.of(
            new Service("web", 50, 2, 60, 0.10, 14),
            new Service("api", 100, 2, 40, 0.20, 15),
            new Service("search", 20, 1, 30, 0.40, 20));

    private final MonthOptions options;
    private final Surroundings surroundings;
    private final Totals totals;
    private final MonthSums sums;
    private final List<String> notes = new ArrayList<>();
    private final List<Plot> plots = new ArrayList<>();

    Month(MonthOptions options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
        this.totals = new Totals(surroundings.wallClock());
        this.sums = new MonthSums(SERVICES.stream().map(Service::name).toList());
    }

    ScenarioReport run() {
        List<Long> seeds = options.seeds().values();
        for (int i = 0; i < seeds.size(); i++) {
            run(seeds.get(i), (double) i / seeds.size(), 1.0 / seeds.size());
        }
        MonthFigures figures = sums.figures(SCENARIO, seeds, options.days(), totals);
        return new ScenarioReport(new MonthView(figures, notes, plots).view(), figures.invariantsViolated());
    }

    private long endMs() {
        return Duration.ofDays(options.days()).toMillis();
    }

    private void run(long seed, double before, double share) {
        String name = SCENARIO + "/seed-" + seed;
        var random = new SplittableRandom(seed);
        SimulatedPool pool = pool(seed, random.split());
        ControlPlane plane = new ControlPlane(
                ControlPlane.Setup.withPool(name, seed, START, BUDGET, surroundings.journal(), pool.policy()),
                Outside.SILENT);
        plane.watchSpend(WATCH);
        List<FleetSetup> setups = new ArrayList<>();
        List<ScaledWorkload> workloads = new ArrayList<>();
        for (Service service : SERVICES) {
            FleetSetup setup = setup(service, seed, random.split());
            ScaledWorkload workload = workload(name, service, setup, random.split());
            setups.add(setup);
            workloads.add(workload);
            plane.add(workload);
        }
        plane.add(pool);
        plane.begin();
        for (long chunk = 1; chunk <= CHUNKS; chunk++) {
            plane.runUntil(endMs() / CHUNKS * chunk);
            surroundings.progress().at(name, before + share * 0.8 * chunk / CHUNKS); // the baselines take the rest
        }
        plane.runUntil(endMs());
        for (int i = 0; i < SERVICES.size(); i++) {
            String run = name + "/" + SERVICES.get(i).name();
            Plot plot = workloads.get(i).plot(run);
            var figures = workloads.get(i).fleet().figures(endMs(), plot.marks().size(), 0);
            sums.add(i, figures, setups.get(i), run, surroundings.timeline());
            plots.add(PlotThinning.thin(plot, PLOT_POINTS_MAX));
        }
        sums.add(plane, pool, endMs(), SPIKE_MS, notes);
        note(name, plane);
    }

    private void note(String name, ControlPlane plane) {
        var invariants = plane.invariants();
        totals.add(
                endMs() / 1e3,
                plane.scheduler().steps(),
                plane.journal().size(),
                plane.journal().sha256OfAll(),
                invariants.checked(),
                invariants.violated());
        invariants.problems().stream().limit(3).forEach(problem -> notes.add(name + ": " + problem));
    }

    private FleetSetup setup(Service service, long seed, SplittableRandom random) {
        double peak = service.safeLoad() * service.max() * random.nextDouble(0.3, 0.4);
        var load = new MonthLoad(options.days(), peak, service.peakHour(), random);
        var model = new ServiceModel(service.safeLoad(), service.min());
        return new FleetSetup(
                load,
                model,
                new BootTimes(seed, 25, 35, ProviderFaults.DEFAULTS.failures()),
                3,
                service.price(),
                model.required(load.ratePerS(0)),
                service.max());
    }

    private ScaledWorkload workload(String run, Service service, FleetSetup setup, SplittableRandom random) {
        var policy = new ScalerPolicy(
                service.name(),
                PROJECT,
                REGION,
                service.safeLoad(),
                service.min(),
                service.max(),
                Money.dollars(service.price()),
                ScalerPolicy.PATIENCE,
                ScalerPolicy.REST);
        var timeline = new Timeline(run + "/" + service.name(), ScalingRun.POLICY, surroundings.timeline());
        return new ScaledWorkload(policy, setup.open(timeline), DemandSettings.DEFAULT, TELEMETRY_MS, 0, random);
    }

    private SimulatedPool pool(long seed, SplittableRandom random) {
        var policy = PoolPolicy.of("dev", PROJECT, REGION, "dev-", Money.dollars(VM_PRICE));
        var pool = new SimulatedPool(policy, random.split());
        List<VmUse.Kind> kinds =
                List.of(VmUse.Kind.OFFICE, VmUse.Kind.STEADY, VmUse.Kind.NIGHTLY, VmUse.Kind.OFFICE, VmUse.Kind.WEEKLY);
        for (int i = 0; i < VMS; i++) {
            long ends = i < ABANDONED
                    ? random.nextLong(
                            Duration.ofDays(3).toMillis(), Duration.ofDays(12).toMillis())
                    : Long.MAX_VALUE;
            long shift = random.nextLong(Duration.ofHours(2).toMillis());
            pool.add(new Vm(
                    "vm/dev-" + i,
                    new VmUse(kinds.get(i % kinds.size()), shift, ends),
                    0,
                    BootTimes.ofSeed(seed * 1_000 + i)));
        }
        for (int i = 0; i < ZOMBIES; i++) {
            long from = SPIKE_MS + (i == 0 ? 0 : random.nextLong(SPIKE_WITHIN_MS));
            pool.add(new Vm(
                    "vm/dev-z" + i, VmUse.of(VmUse.Kind.ZOMBIE, 0), from, BootTimes.ofSeed(seed * 1_000 + 500 + i)));
        }
        return pool;
    }
}
