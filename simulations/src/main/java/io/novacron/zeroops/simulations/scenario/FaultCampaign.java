package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.provisioning.IdlePolicy;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.runtime.signal.DemandSettings;
import io.novacron.zeroops.simulations.evaluation.JournalSink;
import io.novacron.zeroops.simulations.fault.FaultProfile;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.ServiceModel;
import io.novacron.zeroops.simulations.fleet.Timeline;
import io.novacron.zeroops.simulations.fleet.VmUse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One run of the fault campaign: two scaled workloads, VMs and hosts, people and clients, under every fault at once; then
 * the faults stop, and everything has to end. It starts shortly before the end of a month, so that budgets renew in it.
 */
final class FaultCampaign {
    private static final Instant START = Instant.parse("2026-01-31T23:55:00Z");
    private static final int VMS = 4;

    /** Of a VM or host to do as it is told: often enough for undo and escalation. */
    private static final double MACHINE_FAILURE = 0.25;

    private static final int HOSTS = 2;
    private static final long STEP_MS = 60_000;
    private static final long TELEMETRY_MS = 10_000;
    private static final long CLIENT_MEAN_MS = 9_000;

    /** However few decisions there are, a run ends. */
    private static final long FAULTY_MAX_MS = Duration.ofHours(3).toMillis();

    /** Longer than anything that waits: the closing of a decision, prolonged as often as it can be. */
    private static final long HEALING_MS = Duration.ofHours(30).toMillis();

    /** People of the campaign are quick, and so is its patience with them. */
    private static final DecisionPolicy DECISIONS = new DecisionPolicy(
            0.5,
            Money.dollars(1000),
            true,
            false,
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            DecisionPolicy.Routes.DEFAULTS);

    private static final ResourcePolicy RESOURCES = new ResourcePolicy(
            Duration.ofSeconds(20), Duration.ofSeconds(90), Duration.ofSeconds(75), Duration.ofHours(6));

    /** Tight, so that limits bind: few actions a minute, a small budget, one disruption a region. */
    private static final SafetyConstraints CONSTRAINTS = new SafetyConstraints(
            Money.dollars(1000),
            60,
            1L << 32,
            12,
            200,
            50,
            true,
            false,
            true,
            Money.dollars(10_000),
            SafetyConstraints.DEFAULTS.businessHours(),
            SafetyConstraints.DEFAULTS.canaryRegions());

    /** Ample, scarce, and too small to renew what runs. */
    private static final List<Money> BUDGETS = List.of(Money.dollars(20_000), Money.dollars(3_000), Money.dollars(900));

    private static final long BILLING_MS = 120_000;
    private static final int POOLED = 4;

    /** What one run came to. */
    record Outcome(
            long seed,
            long decisions,
            long violations,
            List<String> problems,
            Set<String> pending,
            Map<String, Long> faults,
            Map<String, Long> crashes,
            double virtualS,
            long steps,
            long journalEvents,
            String sha256,
            long checked) {}

    private final long seed;
    private final int decisions;
    private final ControlPlane plane;
    private final CampaignDriver driver;

    FaultCampaign(long seed, int decisions, JournalSink journal) {
        this(seed, decisions, journal, Fabric.SOUND);
    }

    FaultCampaign(long seed, int decisions, JournalSink journal, Fabric fabric) {
        this.seed = seed;
        this.decisions = decisions;
        var random = new SplittableRandom(seed);
        driver = new CampaignDriver(random.split());
        plane = new ControlPlane(
                new ControlPlane.Setup(
                        "fault-campaign/seed-" + seed,
                        seed,
                        START,
                        profile(random.split()),
                        3,
                        CONSTRAINTS,
                        new CalendarPolicy(2, 1),
                        DECISIONS,
                        RESOURCES,
                        BUDGETS.get(random.nextInt(BUDGETS.size())),
                        BILLING_MS,
                        journal),
                driver,
                fabric);
        plane.add(workload("shop-web", random.split(), 12));
        plane.add(workload("shop-api", random.split(), 4));
        plane.add(pool(random.split()));
        for (int i = 0; i < VMS; i++) {
            plane.addVm("vm/vm-" + i, new BootTimes(seed + i, 10, 20, MACHINE_FAILURE));
        }
        for (int i = 0; i < HOSTS; i++) {
            plane.addHost("host/h-" + i, new BootTimes(seed - i, 10, 20, MACHINE_FAILURE));
        }
    }

    /** VMs that are used for some minutes and then by nobody, and one that is wanted again after an hour. */
    private SimulatedPool pool(SplittableRandom random) {
        var idle = new IdlePolicy(
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                2,
                Duration.ofDays(1),
                Duration.ofMinutes(8),
                0.02,
                5,
                20);
        var pool = new SimulatedPool(
                PoolPolicy.of("dev", "shop", "eu-1", "dev-", Money.dollars(0.10))
                        .with(idle),
                random.split());
        for (int i = 0; i < POOLED; i++) {
            long ends = i == 0 ? Long.MAX_VALUE : random.nextLong(60_000, 600_000);
            var use = new VmUse(i == 0 ? VmUse.Kind.NIGHTLY : VmUse.Kind.STEADY, 0, ends);
            pool.add(new SimulatedPool.Vm(
                    "vm/dev-" + i, use, 0, new BootTimes(seed + 100 + i, 10, 20, MACHINE_FAILURE)));
        }
        return pool;
    }

    /** Mild, medium or harsh: under the harshest hardly anything gets far, and the mildest hide little. */
    private static FaultProfile profile(SplittableRandom random) {
        double harshness = new double[] {0.3, 1, 2}[random.nextInt(3)];
        return new FaultProfile(
                0.04 * harshness,
                0.05 * harshness,
                0.04 * harshness,
                0.06 * harshness,
                0.03 * harshness,
                0.10 * harshness,
                0.06 * harshness,
                0.002 * harshness,
                25,
                120 / harshness,
                800);
    }

    private ScaledWorkload workload(String name, SplittableRandom random, int scale) {
        double safeLoad = 10;
        var load = CampaignLoad.of(random, safeLoad * scale, FAULTY_MAX_MS + HEALING_MS + STEP_MS);
        var service = new ServiceModel(safeLoad, 1);
        var fleet = new FleetSetup(
                        load,
                        service,
                        new BootTimes(seed, 25, 35, plane.faults().profile().bootFailure()),
                        3,
                        0.10,
                        scale,
                        200)
                .open(Timeline.NONE);
        var policy = new ScalerPolicy(
                name, "shop", "eu-1", safeLoad, 1, 200, Money.dollars(0.10), Duration.ofMinutes(3), ScalerPolicy.REST);
        return new ScaledWorkload(policy, fleet, DemandSettings.DEFAULT, TELEMETRY_MS, 0.02, random.split());
    }

    Outcome run() {
        Set<String> pending = Set.of();
        try {
            plane.begin();
            driver.drive(plane, CLIENT_MEAN_MS);
            while (plane.invariants().verdictsReached() < decisions
                    && plane.scheduler().now() < FAULTY_MAX_MS) {
                plane.runUntil(plane.scheduler().now() + STEP_MS);
            }
            plane.host().heal();
            plane.stopTelemetry();
            plane.runUntil(plane.scheduler().now() + HEALING_MS);
            pending = plane.host().pending();
            plane.invariants().ended(pending.size());
            plane.provider().list(plane.invariants()::settled);
        } catch (RuntimeException | AssertionError e) {
            plane.invariants().failed("stopped by " + e + " at " + e.getStackTrace()[0]);
        }
        return new Outcome(
                seed,
                plane.invariants().verdictsReached(),
                plane.invariants().violated(),
                plane.invariants().problems(),
                pending,
                plane.faults().counts(),
                plane.crashPoints().hits(),
                plane.scheduler().now() / 1e3,
                plane.scheduler().steps(),
                plane.journal().size(),
                plane.journal().sha256OfAll(),
                plane.invariants().checked());
    }
}
