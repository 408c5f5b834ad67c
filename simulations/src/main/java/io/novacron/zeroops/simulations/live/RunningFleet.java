package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.runtime.host.HostClock;
import io.novacron.zeroops.simulations.fault.FaultProfile;
import io.novacron.zeroops.simulations.fault.Faults;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import io.novacron.zeroops.simulations.host.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated fleet from one start to the next, in one thread: virtual time that is led along behind a clock. Whatever is
 * due happens at its own simulated instant, however late the thread comes to it, so that a fast clock changes no outcome; only
 * telemetry becomes coarser when there is more than {@link #SAMPLES_MAX} to catch up with.
 *
 * <p>If the ledger fails, the fleet does not know what it would have done after a restart. Until the ledger has said what
 * became of the change that it failed to write, and can be written again, time stands still here and nothing is done. The
 * call whose change that is is answered as unknown, any other as one to be repeated.
 */
final class RunningFleet {
    private static final Logger LOG = LoggerFactory.getLogger(RunningFleet.class);

    /** Samples that one advance takes of each workload; at least a second of simulated time apart. */
    static final int SAMPLES_MAX = 60;

    private static final long SAMPLE_MS = 1_000;
    private static final long BILLING_MS = 60_000;

    /** On the machine: how much is spared by billing less often when the clock is fast, and how long an answer may take. */
    private static final Duration BILLING_MIN = Duration.ofSeconds(1);

    private static final Duration RETRY = Duration.ofSeconds(2);

    /** On the machine: how far a restart may jump ahead, so that it certainly does not go back. */
    private static final Duration AHEAD = Duration.ofSeconds(2);

    /** How long a VM takes to start or stop. */
    private static final double VM_CHANGE_S = 1;

    private static final double VM_CHANGE_P99_S = 2;

    private final HostClock clock;
    private final FleetLedger ledger;
    private final LiveSettings settings;
    private final Scheduler scheduler;
    private final WrittenEffects effects;
    private final SimulatedProvider provider;
    private final Map<String, LiveWorkload> workloads = new TreeMap<>(); // by name
    private final Map<String, Integer> firstInstances = new TreeMap<>(); // by name
    private final Incidents incidents;
    private volatile List<WorkloadStatus> statuses = List.of();
    private final List<Runnable> tellings = new ArrayList<>(); // one of each workload that may be scaled
    private Instant toldUpTo = Instant.MIN;
    private long spacingMillis = SAMPLE_MS;
    private final Deque<Runnable> beginnings = new ArrayDeque<>(); // those that are not made yet
    private volatile @Nullable String problem;
    private boolean isAdvancing;

    RunningFleet(HostClock clock, FleetLedger ledger, FleetTime time, List<WorkloadSpec> specs, LiveSettings settings) {
        this.clock = clock;
        this.ledger = ledger;
        this.settings = settings;
        if (clock.instant().isBefore(time.resumeAt())) {
            throw new IllegalArgumentException("The clock is at " + clock.instant() + ", but the fleet has told of "
                    + time.resumeAt() + ": let the clock start there, at FleetTime.resumeAt()");
        }
        scheduler = new Scheduler(time.origin());
        incidents = new Incidents(scheduler, ledger);
        effects = new WrittenEffects(ledger, scheduler);
        provider = new SimulatedProvider(
                new VirtualTime(scheduler), new Faults(FaultProfile.NONE, new SplittableRandom(time.seed())), effects);
        keepTime();
        scheduler.runUntil(nowMillis());
        var making = new WorkloadFactory(ledger, time, scheduler.now(), settings);
        for (WorkloadSpec spec : specs) {
            add(making, spec);
        }
        addVms(time);
        publish();
    }

    /** Each as its last change left it, and where it was going to. */
    private void addVms(FleetTime time) {
        Map<String, List<Taken>> changes = ledger.replay().stream().collect(Collectors.groupingBy(Taken::resource));
        Map<String, String> notes = ledger.notes();
        for (int i = 1; i <= settings.vms(); i++) {
            String address = "vm/vm-" + i;
            List<Taken> own = changes.getOrDefault(address, List.of());
            var times = new BootTimes(Chance.seed(time.seed(), address), VM_CHANGE_S, VM_CHANGE_P99_S, 0);
            provider.addVm(address, times, own.isEmpty() ? Condition.RUNNING : left(own.get(own.size() - 1)));
            restore(address, own, notes);
        }
    }

    private static Condition left(Taken last) {
        return switch (last.instances()) {
            case Taken.DELETED -> Condition.ABSENT;
            case Taken.SNAPSHOTTED -> Condition.SNAPSHOTTED;
            case 0 -> Condition.STOPPED;
            default -> Condition.RUNNING;
        };
    }

    private void restore(String resource, List<Taken> taken, Map<String, String> notes) {
        String fence = notes.get(WrittenEffects.fence(resource));
        if (fence != null) {
            long generation = Long.parseLong(fence);
            List<String> done = taken.stream()
                    .filter(change -> change.generation() == generation)
                    .map(Taken::key)
                    .toList();
            long applied = taken.stream().mapToLong(Taken::generation).max().orElse(0);
            provider.restore(resource, generation, applied, done);
        }
    }

    private record VirtualTime(Scheduler scheduler) implements SimulatedProvider.Clock {
        @Override
        public long now() {
            return scheduler.now();
        }

        @Override
        public void at(long millis, Runnable action) {
            scheduler.at(millis, action);
        }
    }

    private void add(WorkloadFactory making, WorkloadSpec spec) {
        WorkloadFactory.Made made = making.make(spec);
        String name = spec.policy().workload();
        if (workloads.put(name, made.workload()) != null) {
            throw new IllegalArgumentException("There are two workloads " + name + ": give each a name of its own");
        }
        firstInstances.put(name, made.firstInstances());
        String resource = spec.policy().resource();
        provider.addWorkload(resource, made.workload().fleet());
        restore(resource, made.taken(), ledger.notes());
    }

    /**
     * Lets telemetry, incidents and billing begin, after the first adoption if there is one.
     *
     * @param thread takes what {@code listener} answers on other threads to this one
     */
    void start(FleetListener listener, Executor thread) {
        long billing = Math.max(BILLING_MS, simulatedMillis(BILLING_MIN));
        Executor guarded = work -> thread.execute(() -> guarded(() -> answered(work)));
        var asker = new Asker(listener, settings.budget(), scheduler, guarded, simulatedMillis(RETRY));
        workloads.values().forEach(workload -> {
            beginnings.add(() -> begin(listener, workload, asker, billing));
            beginnings.add(() -> incidents.begin(workload));
        });
        beginnings.add(this::sample);
        guarded(this::advance); // it may have waited long for its agents
    }

    /** An answer is not of before it was given: what begins with it, such as billing, does not begin at the last tick. */
    private void answered(Runnable work) {
        if (!isAdvancing) { // else it answered at once
            advance();
        }
        work.run();
    }

    private void begin(FleetListener listener, LiveWorkload workload, Asker asker, long billing) {
        var biller = new LiveBiller(workload, ledger, asker, billing);
        int first = firstInstances.getOrDefault(workload.policy().workload(), 0);
        new Adoption(workload.policy(), ledger, asker, first, () -> {
                    biller.begin();
                    tellings.add(() -> tell(listener, workload));
                })
                .begin();
    }

    /** So much simulated time passes while this much does on the machine. */
    private long simulatedMillis(Duration onMachine) {
        Duration unit = Duration.ofHours(1);
        double speed = unit.toNanos() / (double) clock.onMachine(unit).toNanos();
        return Math.max(1, Math.round(onMachine.toMillis() * speed));
    }

    /** Lets happen what is due by the clock, and tells of it. */
    void tick() {
        guarded(() -> {
            advance();
            tellings.forEach(Runnable::run);
            publish();
        });
    }

    /** First what the ledger owes, and what may not have been possible before. */
    private void advance() {
        effects.settle(provider);
        keepTime();
        recovered();
        long now = nowMillis();
        long behind = Math.max(0, now - scheduler.now());
        spacingMillis = Math.max(SAMPLE_MS, (behind + SAMPLES_MAX - 1) / SAMPLES_MAX);
        isAdvancing = true;
        try {
            scheduler.runUntil(now);
            while (!beginnings.isEmpty()) {
                beginnings.element().run();
                beginnings.remove();
            }
        } finally {
            isAdvancing = false;
        }
    }

    /** @return false if the ledger failed */
    private boolean guarded(Runnable work) {
        try {
            work.run();
            return true;
        } catch (LedgerException e) {
            if (problem == null) {
                LOG.error("the simulated fleet stands still until its ledger can be written again", e);
            }
            problem = e.reason();
            toldUpTo = Instant.MIN; // so that time goes on only once something can be written
            return false;
        }
    }

    private void recovered() {
        if (problem != null) {
            LOG.info("the simulated fleet goes on: its ledger can be written again");
            problem = null;
        }
    }

    private long nowMillis() {
        return Duration.between(scheduler.start(), clock.instant()).toMillis();
    }

    /** Notes an instant before anyone can be told of it, some way ahead so that this is seldom necessary. */
    private void keepTime() {
        Instant ahead = clock.instant().plusMillis(simulatedMillis(AHEAD));
        Instant half = clock.instant().plusMillis(simulatedMillis(AHEAD) / 2);
        if (toldUpTo.isBefore(half)) {
            ledger.note(FleetTime.TOLD_UP_TO, ahead.toString());
            toldUpTo = ahead;
        }
    }

    private void sample() {
        workloads.values().forEach(workload -> workload.sample(scheduler.now(), scheduler.instant()));
        scheduler.after(spacingMillis, this::sample);
    }

    /** Once a tick, as only the newest is of interest. */
    private void tell(FleetListener listener, LiveWorkload workload) {
        workload.worthTelling()
                .ifPresent(demand -> listener.tell(workload.policy().address(), demand));
    }

    void submit(Effect.Call call, Consumer<Outcome> ended) {
        boolean isDone = guarded(() -> {
            advance();
            provider.submit(call, ended);
        });
        if (!isDone) {
            ended.accept(
                    effects.isInDoubt(call.id())
                            ? new Outcome.Unknown("ledger_failed")
                            : new Outcome.Failed("ledger_unavailable", true));
        }
    }

    void list(Consumer<List<Observed>> listed) {
        guarded(() -> {
            advance();
            provider.list(listed);
        });
    }

    private void publish() {
        Instant now = scheduler.instant();
        statuses = workloads.values().stream()
                .map(workload -> workload.status(now))
                .toList();
    }

    /** Of any thread, as are the following. */
    List<WorkloadStatus> statuses() {
        return statuses;
    }

    List<Sample> history(String workload, Instant since) {
        LiveWorkload known = workloads.get(workload);
        return known == null ? List.of() : known.history().since(since);
    }

    /** Why it stands still; empty if it does not. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    List<Incident> incidents() {
        return incidents.newest();
    }
}
