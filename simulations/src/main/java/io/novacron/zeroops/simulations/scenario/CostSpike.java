package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.provisioning.IdlePolicy;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.runtime.learning.SpendWatchSettings;
import io.novacron.zeroops.simulations.evaluation.CostSpikeFigures;
import io.novacron.zeroops.simulations.evaluation.CostSpikeFigures.Waste;
import io.novacron.zeroops.simulations.evaluation.ScenarioReport;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.VmUse;
import io.novacron.zeroops.simulations.host.Outside;
import io.novacron.zeroops.simulations.scenario.SimulatedPool.Vm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A program that ran wild starts VMs which nobody uses, beside a pool of VMs that are used in every way. What they cost shows in what the
 * budget commits; they are found, stopped, copied, and deleted once their grace is over.
 *
 * <p>Each seed runs three times: so; with a person who wants each of them back, at some time in its grace; and without anybody who watches
 * spend, so that only their idleness is seen.
 */
final class CostSpike {
    private static final String SCENARIO = "cost-spike";

    /** A Monday at midnight: see {@link VmUse}. */
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

    private static final long HISTORY_MS = Duration.ofHours(2 * 24 + 10).toMillis();
    private static final Duration AFTER = Duration.ofDays(1);
    private static final double PRICE = 0.20;
    private static final int USED_PER_ZOMBIE = 3; // in halves: the rise is two thirds
    private static final Money BUDGET = Money.dollars(100_000);
    private static final SpendWatchSettings WATCH = new SpendWatchSettings(0.5, 1, SpendWatchSettings.LASTING);
    private static final long CHUNKS = 50;

    private final CostSpikeOptions options;
    private final Surroundings surroundings;
    private final Totals totals;
    private final List<String> notes = new ArrayList<>();
    private final List<Double> signalS = new ArrayList<>();
    private final List<Double> stoppedS = new ArrayList<>();
    private final List<Double> backS = new ArrayList<>();
    private long stopped;
    private long snapshotted;
    private long deleted;
    private long deletedEarly;
    private long falseStops;
    private long wrongDeletions;
    private long undone;
    private double costWatched;
    private double costIdleOnly;

    private enum Variant {
        WATCHED,
        UNDONE,
        IDLE_ONLY
    }

    CostSpike(CostSpikeOptions options, Surroundings surroundings) {
        this.options = options;
        this.surroundings = surroundings;
        this.totals = new Totals(surroundings.wallClock());
    }

    ScenarioReport run() {
        List<Long> seeds = options.seeds().values();
        int done = 0;
        for (long seed : seeds) {
            for (Variant variant : Variant.values()) {
                run(variant, seed, done++ / (3.0 * seeds.size()), 1 / (3.0 * seeds.size()));
            }
        }
        var figures = figures();
        return new ScenarioReport(new CostSpikeView(options, figures, notes).view(), figures.invariantsViolated());
    }

    private int used() {
        return options.zombies() * USED_PER_ZOMBIE / 2;
    }

    private long spreadMs() {
        return options.within().toMillis();
    }

    private long endMs() {
        return HISTORY_MS + spreadMs() + options.grace().plus(AFTER).toMillis();
    }

    private void run(Variant variant, long seed, double before, double share) {
        String name = SCENARIO + "/" + variant.name().toLowerCase(Locale.ROOT) + "/seed-" + seed;
        var random = new SplittableRandom(seed);
        SimulatedPool pool = pool(seed, random);
        ControlPlane plane = new ControlPlane(
                ControlPlane.Setup.withPool(name, seed, START, BUDGET, surroundings.journal(), pool.policy()),
                Outside.SILENT);
        plane.add(pool);
        if (variant != Variant.IDLE_ONLY) {
            plane.watchSpend(WATCH);
        }
        plane.begin();
        if (variant == Variant.UNDONE) {
            wantBack(plane, pool, random);
        }
        for (long chunk = 1; chunk <= CHUNKS; chunk++) {
            plane.runUntil(endMs() / CHUNKS * chunk);
            surroundings.progress().at(name, before + share * chunk / CHUNKS);
        }
        plane.runUntil(endMs());
        note(variant, plane, pool, seed);
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

    private SimulatedPool pool(long seed, SplittableRandom random) {
        var defaults = IdlePolicy.DEFAULTS;
        var idle = new IdlePolicy(
                defaults.watch(),
                defaults.after(),
                defaults.caution(),
                defaults.patienceMax(),
                options.grace(),
                defaults.cpuFloor(),
                defaults.networkFloorKbps(),
                defaults.storageFloorKbps());
        var policy = PoolPolicy.of("dev", "shop", "region-1", "dev-", Money.dollars(PRICE))
                .with(idle);
        var pool = new SimulatedPool(policy, random.split());
        List<VmUse.Kind> kinds =
                List.of(VmUse.Kind.OFFICE, VmUse.Kind.STEADY, VmUse.Kind.NIGHTLY, VmUse.Kind.OFFICE, VmUse.Kind.WEEKLY);
        for (int i = 0; i < used(); i++) {
            VmUse.Kind kind = kinds.get(i % kinds.size());
            pool.add(new Vm(
                    "vm/dev-" + i,
                    VmUse.of(kind, random.nextLong(Duration.ofHours(2).toMillis())),
                    0,
                    BootTimes.ofSeed(seed * 1_000 + i)));
        }
        for (int i = 0; i < options.zombies(); i++) {
            long from = i == 0 ? HISTORY_MS : HISTORY_MS + random.nextLong(spreadMs());
            pool.add(new Vm(
                    "vm/dev-z" + i, VmUse.of(VmUse.Kind.ZOMBIE, 0), from, BootTimes.ofSeed(seed * 1_000 + 500 + i)));
        }
        return pool;
    }

    private static List<Vm> zombies(SimulatedPool pool) {
        return pool.vms().stream()
                .filter(vm -> vm.use.kind() == VmUse.Kind.ZOMBIE)
                .toList();
    }

    /** Each some time after it must have been stopped, and before its grace is over. */
    private void wantBack(ControlPlane plane, SimulatedPool pool, SplittableRandom random) {
        PoolDriver driver = plane.driver(pool);
        for (Vm vm : zombies(pool)) {
            long after = options.grace().dividedBy(4).toMillis();
            long at = HISTORY_MS
                    + spreadMs()
                    + random.nextLong(after, options.grace().toMillis() - after);
            plane.scheduler().at(at, () -> {
                if (!vm.stops().isEmpty()) {
                    undone++;
                    driver.wantBack(vm);
                    wanted(plane, vm);
                }
            });
        }
    }

    private void wanted(ControlPlane plane, Vm vm) {
        long asked = plane.scheduler().now();
        int before = vm.starts().size();
        vm.onStart(() -> {
            if (vm.starts().size() == before + 1) {
                backS.add((plane.scheduler().now() - asked) / 1e3);
            }
        });
    }

    private void note(Variant variant, ControlPlane plane, SimulatedPool pool, long seed) {
        PoolDriver driver = plane.driver(pool);
        double cost = zombies(pool).stream().mapToDouble(driver::costUsd).sum();
        for (Vm vm : pool.vms()) {
            if (vm.use.kind() != VmUse.Kind.ZOMBIE) {
                falseStops += vm.stops().size();
                wrongDeletions += vm.deletedMs().isPresent() ? 1 : 0;
            }
        }
        switch (variant) {
            case WATCHED -> {
                costWatched += cost;
                noteWatched(plane, pool, seed);
            }
            case IDLE_ONLY -> costIdleOnly += cost;
            case UNDONE -> {}
        }
    }

    private void noteWatched(ControlPlane plane, SimulatedPool pool, long seed) {
        List<Long> raised = plane.alarm().map(SpendAlarm::raisedMs).orElse(List.of());
        raised.stream()
                .filter(at -> at < HISTORY_MS)
                .forEach(at -> notes.add(
                        "seed " + seed + ": an anomaly was told at " + at / 1_000 + " s, before there was one"));
        var signal = raised.stream().filter(at -> at >= HISTORY_MS).findFirst();
        signal.ifPresentOrElse(
                at -> signalS.add((at - HISTORY_MS) / 1e3),
                () -> notes.add("seed " + seed + ": no anomaly was told of"));
        double last = 0;
        for (Vm vm : zombies(pool)) {
            if (vm.stops().isEmpty()) {
                notes.add("seed " + seed + ": " + vm.address + " was never stopped");
                last = Double.POSITIVE_INFINITY;
                continue;
            }
            long stop = vm.stops().get(0);
            stopped++;
            last = Math.max(last, (stop - signal.orElse(0L)) / 1e3);
            snapshotted += vm.snapshotMs().isPresent() ? 1 : 0;
            deleted += vm.deletedMs().isPresent() ? 1 : 0;
            long lived = vm.deletedMs().orElse(Long.MAX_VALUE) - stop;
            deletedEarly += lived < options.grace().toMillis() ? 1 : 0;
        }
        stoppedS.add(last);
    }

    private CostSpikeFigures figures() {
        int runs = options.seeds().values().size();
        double all = 0;
        long each = endMs() - HISTORY_MS - spreadMs() / 2;
        all += options.zombies() * PRICE * each / Duration.ofHours(1).toMillis();
        double worst = stoppedS.stream().mapToDouble(s -> s).max().orElse(Double.POSITIVE_INFINITY);
        return new CostSpikeFigures(
                SCENARIO,
                options.seeds().values(),
                options.zombies(),
                100.0 * options.zombies() / used(),
                percentile95(signalS),
                Double.isInfinite(worst) ? null : worst,
                stopped,
                snapshotted,
                deleted,
                deletedEarly,
                falseStops,
                wrongDeletions,
                undone,
                backS.size(),
                percentile95(backS),
                List.of(
                        waste("no automation", all),
                        waste("idleness alone", costIdleOnly / runs),
                        waste("zeroops", costWatched / runs)),
                totals.virtualS(),
                totals.wallS(),
                totals.journalEvents(),
                totals.journalSha256(),
                totals.checked(),
                totals.violated());
    }

    private Waste waste(String policy, double usd) {
        return new Waste(policy, usd, usd / PRICE / options.zombies());
    }

    /** By nearest rank; null of nothing. */
    private static @Nullable Double percentile95(List<Double> values) {
        List<Double> ascending = values.stream().sorted().toList();
        return ascending.isEmpty() ? null : ascending.get((int) Math.ceil(0.95 * ascending.size()) - 1);
    }
}
