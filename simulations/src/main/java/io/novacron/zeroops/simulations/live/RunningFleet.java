package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.runtime.host.HostClock;
import io.novacron.zeroops.simulations.fault.FaultProfile;
import io.novacron.zeroops.simulations.fault.Faults;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import io.novacron.zeroops.simulations.host.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated fleet from one start to the next, in one thread: virtual time that is led along behind a clock. Whatever is
 * due happens at its own simulated instant, however late the thread comes to it, so that a fast clock changes no outcome; only
 * telemetry becomes coarser when there is more than {@link #SAMPLES_MAX} to catch up with.
 *
 * <p>If the ledger fails, the fleet no longer knows what it will have done after a restart: from then on every call is
 * answered as unknown, and its time stands still.
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

    private static final String FENCE = "fence/";

    private final HostClock clock;
    private final FleetLedger ledger;
    private final LiveSettings settings;
    private final Scheduler scheduler;
    private final SimulatedProvider provider;
    private final Map<String, LiveWorkload> workloads = new TreeMap<>(); // by name
    private final Map<String, Integer> firstInstances = new TreeMap<>(); // by name
    private final Incidents incidents;
    private volatile List<WorkloadStatus> statuses = List.of();
    private final List<Runnable> tellings = new ArrayList<>(); // one of each workload that may be scaled
    private Instant toldUpTo = Instant.MIN;
    private long spacingMillis = SAMPLE_MS;
    private boolean isAdvancing;
    private boolean hasFailed; // and then it never advances again

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
        provider = new SimulatedProvider(
                new VirtualTime(scheduler),
                new Faults(FaultProfile.NONE, new SplittableRandom(time.seed())),
                written());
        keepTime();
        scheduler.runUntil(nowMillis());
        var making = new WorkloadFactory(ledger, time, scheduler.now(), settings);
        for (WorkloadSpec spec : specs) {
            add(making, spec);
        }
        publish();
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

    private SimulatedProvider.EffectListener written() {
        return new SimulatedProvider.EffectListener() {
            @Override
            public void tookEffect(String resource, String key, long generation, FleetOperation operation) {
                if (operation instanceof SetInstances set) {
                    ledger.append(new Taken(resource, key, generation, set.instances(), scheduler.instant()));
                }
            }

            @Override
            public void fenced(String resource, long generation) {
                ledger.note(FENCE + resource, Long.toString(generation));
            }
        };
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
        String fence = ledger.notes().get(FENCE + resource);
        if (fence != null) {
            long generation = Long.parseLong(fence);
            List<String> done = made.taken().stream()
                    .filter(taken -> taken.generation() == generation)
                    .map(Taken::key)
                    .toList();
            long applied =
                    made.taken().stream().mapToLong(Taken::generation).max().orElse(0);
            provider.restore(resource, generation, applied, done);
        }
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
        guarded(() -> {
            advance(); // it may have waited long for its agents
            begin(listener, asker, billing);
        });
    }

    /** An answer is not of before it was given: what begins with it, such as billing, does not begin at the last tick. */
    private void answered(Runnable work) {
        if (!isAdvancing) { // else it answered at once
            advance();
        }
        work.run();
    }

    private void begin(FleetListener listener, Asker asker, long billing) {
        workloads.forEach((name, workload) -> {
            var biller = new LiveBiller(workload, ledger, asker, billing);
            new Adoption(workload.policy(), ledger, asker, firstInstances.getOrDefault(name, 0), () -> {
                        biller.begin();
                        tellings.add(() -> tell(listener, workload));
                    })
                    .begin();
            incidents.begin(workload);
        });
        sample();
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

    private void advance() {
        keepTime();
        long now = nowMillis();
        long behind = Math.max(0, now - scheduler.now());
        spacingMillis = Math.max(SAMPLE_MS, (behind + SAMPLES_MAX - 1) / SAMPLES_MAX);
        isAdvancing = true;
        scheduler.runUntil(now);
        isAdvancing = false;
    }

    /** @return false if the ledger failed, now or before */
    private boolean guarded(Runnable work) {
        if (!hasFailed) {
            try {
                work.run();
            } catch (LedgerException e) {
                hasFailed = true;
                LOG.error("The simulated fleet stands still: repair its database and start again", e);
            }
        }
        return !hasFailed;
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
            ended.accept(new Outcome.Unknown("ledger_failed"));
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

    List<Incident> incidents() {
        return incidents.newest();
    }
}
