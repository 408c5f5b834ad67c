package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetPolicy.Subscription;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.ops.OpsPolicy;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.runtime.host.Catalogue;
import io.novacron.zeroops.runtime.learning.SpendWatchSettings;
import io.novacron.zeroops.simulations.evaluation.JournalSink;
import io.novacron.zeroops.simulations.fault.CrashPoints;
import io.novacron.zeroops.simulations.fault.FaultProfile;
import io.novacron.zeroops.simulations.fault.Faults;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import io.novacron.zeroops.simulations.host.Outside;
import io.novacron.zeroops.simulations.host.Scheduler;
import io.novacron.zeroops.simulations.host.SimulatedJournal;
import io.novacron.zeroops.simulations.host.SimulationHost;
import io.novacron.zeroops.simulations.host.Watcher;
import io.novacron.zeroops.simulations.invariant.Invariants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A whole control plane and its fleet in one simulation: the agents of production, on virtual time. */
final class ControlPlane {
    private static final long SETTLE_MS = 100;
    private static final long RECONCILE_MS = 60_000;
    private static final long POOL_TELEMETRY_MS = 15_000;
    private static final long HOUR_MS = 3_600_000;
    private static final String ROOT = "org";

    /**
     * What a simulated control plane is made of.
     *
     * @param run how this run is called in timeline and journal
     * @param monthlyBudget of the whole
     * @param billingMs between two readings of what the provider billed
     * @param budget by which policy money is held
     */
    record Setup(
            String run,
            long seed,
            Instant start,
            FaultProfile profile,
            int nodes,
            SafetyConstraints constraints,
            CalendarPolicy calendar,
            DecisionPolicy decisions,
            ResourcePolicy resources,
            Money monthlyBudget,
            long billingMs,
            JournalSink journal,
            BudgetPolicy budget) {
        /** One node with a pool, under the default limits and faults, that hears of anomalies of what its project spends. */
        static Setup withPool(
                String run, long seed, Instant start, Money monthlyBudget, JournalSink journal, PoolPolicy pool) {
            return new Setup(
                    run,
                    seed,
                    start,
                    ProviderFaults.DEFAULTS.profile(),
                    1,
                    SafetyConstraints.DEFAULTS,
                    CalendarPolicy.DEFAULTS,
                    DecisionPolicy.DEFAULTS,
                    ResourcePolicy.DEFAULTS,
                    monthlyBudget,
                    HOUR_MS,
                    journal,
                    BudgetPolicy.DEFAULT.telling(List.of(new Subscription(pool.project(), pool.address()))));
        }

        Setup(
                String run,
                long seed,
                Instant start,
                FaultProfile profile,
                int nodes,
                SafetyConstraints constraints,
                CalendarPolicy calendar,
                DecisionPolicy decisions,
                ResourcePolicy resources,
                Money monthlyBudget,
                long billingMs,
                JournalSink journal) {
            this(
                    run,
                    seed,
                    start,
                    profile,
                    nodes,
                    constraints,
                    calendar,
                    decisions,
                    resources,
                    monthlyBudget,
                    billingMs,
                    journal,
                    BudgetPolicy.DEFAULT);
        }
    }

    private final Setup setup;
    private final Fabric fabric;
    private final Catalogue catalogue;
    private final Scheduler scheduler;
    private final Faults faults;
    private final CrashPoints crashPoints;
    private final SimulatedJournal journal;
    private final Invariants invariants;
    private final SimulatedProvider provider;
    private final SimulationHost host;
    private final TreeMap<String, ScaledWorkload> workloads = new TreeMap<>(); // by the scaler's address
    private final TreeMap<String, SimulatedPool> pools = new TreeMap<>(); // by the provisioner's address
    private final TreeMap<String, SimulatedSpotService> spots = new TreeMap<>(); // by the agent's address
    private Optional<SpendAlarm> alarm = Optional.empty();
    private final List<String> resources = new ArrayList<>();
    private boolean telemetryStopped;

    ControlPlane(Setup setup, Outside outside) {
        this(setup, outside, Fabric.SOUND);
    }

    ControlPlane(Setup setup, Outside outside, Fabric fabric) {
        this.setup = setup;
        this.fabric = fabric;
        catalogue = new Catalogue(
                setup.decisions(),
                setup.budget(),
                setup.constraints(),
                setup.calendar(),
                OpsPolicy.DEFAULTS,
                setup.resources(),
                address -> Optional.ofNullable(workloads.get(address)).map(ScaledWorkload::policy),
                address -> Optional.ofNullable(pools.get(address)).map(SimulatedPool::policy),
                address -> Optional.ofNullable(spots.get(address)).map(SimulatedSpotService::policy));
        var random = new SplittableRandom(setup.seed());
        scheduler = new Scheduler(setup.start());
        faults = new Faults(setup.profile(), random.split());
        crashPoints = new CrashPoints(faults, setup.seed());
        journal = new SimulatedJournal(setup.run(), setup.journal());
        invariants = fabric.invariants(scheduler::instant, setup.constraints());
        provider = fabric.provider(new ProviderClock(scheduler), faults, invariants);
        host = fabric.host(new SimulationHost.Parts(
                scheduler, faults, crashPoints, journal, provider, this::agent, outside, watcher(), setup.nodes()));
    }

    private record ProviderClock(Scheduler scheduler) implements SimulatedProvider.Clock {
        @Override
        public long now() {
            return scheduler.now();
        }

        @Override
        public void at(long millis, Runnable action) {
            scheduler.at(millis, action);
        }
    }

    private Watcher watcher() {
        return new Watcher() {
            @Override
            public void journaled(String entity, List<? extends Event> events, State after) {
                invariants.journaled(entity, events, after);
                ScaledWorkload scaled = workloads.get(entity);
                if (scaled != null) {
                    scaled.journaled(events, scheduler.now());
                }
                if (entity.startsWith("vm/")) {
                    pools.values().stream()
                            .filter(pool -> pool.policy().has(entity))
                            .forEach(pool ->
                                    pool.vm(entity).ifPresent(vm -> pool.journaled(vm, events, scheduler.now())));
                }
                alarm.ifPresent(watching -> watching.journaled(entity, events, after, scheduler.now()));
            }

            @Override
            public void recovered(String entity, State lived, State replayed) {
                invariants.recovered(entity, lived, replayed);
            }
        };
    }

    private Optional<Agent<?, ?, ?>> agent(String address) {
        return catalogue.agent(address).map(agent -> fabric.agent(address, agent));
    }

    /** A workload whose scaler gets its demand from telemetry; before {@link #begin}. */
    void add(ScaledWorkload workload) {
        workloads.put(workload.policy().address(), workload);
        provider.addWorkload(workload.policy().resource(), workload.fleet());
        resources.add(workload.policy().resource());
    }

    /** A pool whose provisioner is told what telemetry and provider show of its VMs; before {@link #begin}. */
    void add(SimulatedPool pool) {
        pools.put(pool.policy().address(), pool);
        pool.vms().stream().filter(vm -> vm.fromMs == 0).forEach(vm -> provider.addVm(vm.address, vm.times));
    }

    /** A service whose agent is told of spot markets; before {@link #begin}. */
    void add(SimulatedSpotService service) {
        spots.put(service.policy().address(), service);
        service.places().forEach(provider::addMarket);
    }

    /** Lets spend be watched; before {@link #begin}. */
    void watchSpend(SpendWatchSettings settings) {
        alarm = Optional.of(new SpendAlarm(settings, setup.decisions().routes().budget()));
    }

    Optional<SpendAlarm> alarm() {
        return alarm;
    }

    void addVm(String address, BootTimes times) {
        provider.addVm(address, times);
        resources.add(address);
    }

    void addHost(String address, BootTimes times) {
        provider.addHost(address, times);
        resources.add(address);
    }

    /** Sets limits and mode, adopts what there is, and lets faults and telemetry begin. */
    void begin() {
        var routes = setup.decisions().routes();
        List<Node> nodes = new ArrayList<>(List.of(new Node(ROOT, "", setup.monthlyBudget(), 0)));
        Stream.concat(
                        workloads.values().stream().map(w -> w.policy().project()),
                        Stream.concat(
                                pools.values().stream().map(p -> p.policy().project()),
                                spots.values().stream().map(s -> s.policy().project())))
                .distinct()
                .sorted()
                .forEach(project -> nodes.add(new Node(project, ROOT, setup.monthlyBudget(), nodes.size())));
        settled(routes.budget(), new Allocate("setup", nodes));
        settled(routes.oversight(), new SetMode("setup", Mode.FULL));
        reconcile();
        for (ScaledWorkload workload : workloads.values()) {
            adopt(workload, routes.budget());
            scheduler.after(workload.intervalMs(), () -> telemetry(workload));
            var biller =
                    new Biller(workload.policy().resource(), () -> costUsd(workload), host, scheduler, routes.budget());
            scheduler.after(setup.billingMs(), () -> bill(workload, biller));
        }
        for (SimulatedPool pool : pools.values()) {
            driver(pool).begin();
        }
        for (SimulatedSpotService service : spots.values()) {
            new SpotDriver(
                            service,
                            provider,
                            host,
                            scheduler,
                            routes.budget(),
                            setup.billingMs(),
                            () -> telemetryStopped)
                    .begin();
        }
        alarm.ifPresent(watching -> scheduler.after(SpendAlarm.LOOK_MS, () -> look(watching)));
        scheduler.after(RECONCILE_MS, this::reconcileForever);
        faults.begin();
    }

    /** The money of instances that run before there is a control plane goes the way of any other. */
    private void adopt(ScaledWorkload workload, String budget) {
        var policy = workload.policy();
        int instances = workload.fleet().provisioned();
        if (instances == 0) {
            return;
        }
        String id = "adopt/" + policy.workload();
        var action = Action.of(
                ActionClass.SCALE_OUT,
                policy.resource(),
                policy.project(),
                policy.region(),
                0,
                instances,
                policy.unitCostPerHour());
        Instant until = scheduler.instant().plus(setup.decisions().reviewPatience());
        settled(budget, new ReviewCommand.Hold(id, action, Priority.P0, until));
        settled(budget, new ReviewCommand.Confirm(id));
        settled(budget, new ReviewCommand.End(id, instances, until));
    }

    private void settled(String address, Command command) {
        host.tell(address, command);
        scheduler.runUntil(scheduler.now() + SETTLE_MS);
    }

    private void telemetry(ScaledWorkload workload) {
        long now = scheduler.now();
        if (now < workload.endMs() && !telemetryStopped) {
            host.tell(workload.policy().address(), workload.sample(now, scheduler.instant()));
            scheduler.after(workload.intervalMs(), () -> telemetry(workload));
        }
    }

    private double costUsd(ScaledWorkload workload) {
        workload.fleet().advance(scheduler.now());
        return workload.fleet().costUsd();
    }

    private void bill(ScaledWorkload workload, Biller biller) {
        if (!telemetryStopped && scheduler.now() < workload.endMs()) {
            biller.read();
            scheduler.after(setup.billingMs(), () -> bill(workload, biller));
        }
    }

    /** What goes on around a pool, on this control plane. */
    PoolDriver driver(SimulatedPool pool) {
        return new PoolDriver(
                pool,
                provider,
                host,
                scheduler,
                setup.decisions().routes().budget(),
                POOL_TELEMETRY_MS,
                setup.billingMs(),
                () -> telemetryStopped);
    }

    private void look(SpendAlarm watching) {
        if (!telemetryStopped) {
            watching.look(host, scheduler);
            scheduler.after(SpendAlarm.LOOK_MS, () -> look(watching));
        }
    }

    /** No more demand: whatever is under way can come to its end. */
    void stopTelemetry() {
        telemetryStopped = true;
    }

    private void reconcileForever() {
        if (!telemetryStopped) {
            reconcile();
            scheduler.after(RECONCILE_MS, this::reconcileForever);
        }
    }

    private void reconcile() {
        provider.list(all -> {
            for (Observed observed : all) {
                host.tell(observed.resource(), new Reconcile(observed));
            }
        });
    }

    void runUntil(long millis) {
        scheduler.runUntil(millis);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Faults faults() {
        return faults;
    }

    CrashPoints crashPoints() {
        return crashPoints;
    }

    SimulatedJournal journal() {
        return journal;
    }

    Invariants invariants() {
        return invariants;
    }

    SimulatedProvider provider() {
        return provider;
    }

    SimulationHost host() {
        return host;
    }

    List<String> resources() {
        return resources;
    }
}
