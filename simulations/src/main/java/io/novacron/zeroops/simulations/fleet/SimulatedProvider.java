package io.novacron.zeroops.simulations.fleet;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.FleetOperation.Await;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.simulations.fault.Faults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The simulated fleet as a provider, which keeps that interface's promises: and, as real ones do, is at times busy,
 * refuses, or loses track of what it did. Runs on whatever clock it is given, in one thread.
 */
public class SimulatedProvider implements FleetProvider {
    /** Calls that wait for a condition on one resource; more are told to come again. */
    static final int WATCHES_MAX = 64;

    private static final long LATE_EFFECT_MAX_MS = 40_000;

    /** Time, and things to do in it; milliseconds since the start. */
    public interface Clock {
        long now();

        void at(long millis, Runnable action);
    }

    /**
     * Hears of every change that takes effect: the ground truth. Each is told before anything of it is done, so that it can be
     * written down first; if the listener throws, it is not done.
     */
    @FunctionalInterface
    public interface EffectListener {
        void tookEffect(String resource, String key, long generation, FleetOperation operation);

        /** A question was answered, and with it all lower generations were fenced off. */
        default void answered(String resource, long generation) {}

        /** A higher generation came: from now on lower ones are refused. */
        default void fenced(String resource, long generation) {}
    }

    private record Watch(Await await, Consumer<Outcome> ended) {}

    private static final class Entry {
        final SimulatedResource resource;
        /** By key, of the highest generation only: a repeat of an older one is fenced. Never iterated. */
        final Map<String, Outcome> answered = new HashMap<>();

        final List<Watch> watches = new ArrayList<>();
        long fence;
        long applied;
        long wakeAt = Long.MAX_VALUE;

        Entry(SimulatedResource resource) {
            this.resource = resource;
        }
    }

    private final Clock clock;
    private final Faults faults;
    private final EffectListener listener;
    private final TreeMap<String, Entry> entries = new TreeMap<>();

    public SimulatedProvider(Clock clock, Faults faults, EffectListener listener) {
        this.clock = clock;
        this.faults = faults;
        this.listener = listener;
    }

    /** @param address such as {@code workload/web} */
    public void addWorkload(String address, ServedFleet fleet) {
        entries.put(address, new Entry(new SimulatedWorkload(fleet)));
    }

    /**
     * What this provider must not have forgotten when it goes on after a restart; before the first call.
     *
     * @param fence the highest generation that was here
     * @param applied the highest generation that changed the resource
     * @param done the keys that took effect under {@code fence}; a repeat is told of success, and of what there is now
     */
    public void restore(String address, long fence, long applied, List<String> done) {
        Entry entry = entry(address);
        entry.fence = fence;
        entry.applied = applied;
        Outcome succeeded = new Outcome.Succeeded(observe(address, entry));
        done.forEach(key -> entry.answered.put(key, succeeded));
    }

    /** What there is of a workload in one spot market, or on demand. */
    public void addMarket(String address, SimulatedMarket market) {
        entries.put(address, new Entry(market));
    }

    /** A running VM. */
    public void addVm(String address, BootTimes times) {
        addVm(address, times, Condition.RUNNING);
    }

    /** A VM as it was left. */
    public void addVm(String address, BootTimes times, Condition condition) {
        entries.put(address, new Entry(SimulatedMachine.vm(times, condition)));
    }

    /** A VM that somebody else starts now, and nobody asked for here. */
    public void startVm(String address, BootTimes times) {
        var entry = new Entry(SimulatedMachine.newVm(times, clock.now()));
        entries.put(address, entry);
        changed(address, entry);
    }

    /** For how long a VM has run, in milliseconds. */
    public long billedMillis(String vm) {
        return entry(vm).resource instanceof SimulatedMachine machine ? machine.billedMillis(clock.now()) : 0;
    }

    /** A host that takes VMs. */
    public void addHost(String address, BootTimes times) {
        entries.put(address, new Entry(SimulatedMachine.host(times)));
    }

    @Override
    public void submit(Effect.Call call, Consumer<Outcome> ended) {
        Entry entry = entries.get(call.resource());
        if (entry == null || !(call.operation() instanceof FleetOperation operation)) {
            ended.accept(new Outcome.Failed(entry == null ? "no_such_resource" : "unknown_operation", false));
        } else if (operation instanceof Await await) {
            watch(call.resource(), entry, new Watch(await, ended));
        } else {
            ended.accept(fenced(entry, call, operation));
        }
    }

    private Outcome fenced(Entry entry, Effect.Call call, FleetOperation operation) {
        if (isFenced(entry.fence, call.generation())) {
            return new Outcome.Failed("fenced", false);
        } else if (call.generation() > entry.fence) {
            listener.fenced(call.resource(), call.generation());
            entry.fence = call.generation();
            entry.answered.clear();
        }
        Outcome known = known(entry.answered, call.id());
        if (known != null) {
            return known;
        }
        if (!operation.isChange()) {
            if (faults.strikes("describe_unknown", faults.profile().unknownOutcome())) {
                return new Outcome.Unknown("timeout");
            }
            listener.answered(call.resource(), call.generation());
            return new Outcome.Succeeded(observe(call.resource(), entry));
        } else if (faults.strikes("provider_busy", faults.profile().providerBusy())) {
            return new Outcome.Failed("busy", true);
        }
        return change(entry, call, operation);
    }

    /** What the same key was answered before; overridden by a test that plants a bug here. */
    @Nullable
    Outcome known(Map<String, Outcome> answered, String key) {
        return answered.get(key);
    }

    /** Whether a higher generation was here before; overridden by a test that plants a bug here. */
    boolean isFenced(long fence, long generation) {
        return generation < fence;
    }

    private Outcome change(Entry entry, Effect.Call call, FleetOperation operation) {
        entry.resource.observe(call.resource(), entry.applied, clock.now());
        String refusal = entry.resource.refusal(operation);
        if (refusal.isEmpty()
                && faults.strikes("provider_refusal", faults.profile().providerRefusal())) {
            refusal = "quota_exceeded";
        }
        if (!refusal.isEmpty()) {
            return remember(entry, call, new Outcome.Failed(refusal, false));
        } else if (faults.strikes("unknown_outcome", faults.profile().unknownOutcome())) {
            return lostTrack(entry, call, operation);
        }
        apply(entry, call, operation);
        return remember(entry, call, new Outcome.Succeeded(observe(call.resource(), entry)));
    }

    /** It was done, or was not, or will be, unless it is fenced off before. */
    private Outcome lostTrack(Entry entry, Effect.Call call, FleetOperation operation) {
        long which = faults.between(0, 2);
        var unknown = new Outcome.Unknown("connection_lost");
        if (which == 0) {
            apply(entry, call, operation);
        } else if (which == 1) {
            long at = clock.now() + faults.between(1, LATE_EFFECT_MAX_MS);
            clock.at(at, () -> {
                if (!isFenced(entry.fence, call.generation()) && known(entry.answered, call.id()) == unknown) {
                    faults.count("late_effect");
                    apply(entry, call, operation);
                }
            });
        }
        return remember(entry, call, unknown);
    }

    private static Outcome remember(Entry entry, Effect.Call call, Outcome outcome) {
        entry.answered.put(call.id(), outcome);
        return outcome;
    }

    private void apply(Entry entry, Effect.Call call, FleetOperation operation) {
        listener.tookEffect(call.resource(), call.id(), call.generation(), operation);
        take(entry, call, operation);
    }

    private void take(Entry entry, Effect.Call call, FleetOperation operation) {
        entry.resource.apply(operation, clock.now());
        entry.applied = call.generation();
        changed(call.resource(), entry);
    }

    /**
     * Lets a change take effect of which the listener could not say that it is written down, and now it is; before any
     * other call for its resource, and without telling the listener again.
     */
    public void takeEffect(Effect.Call call) {
        Entry entry = entry(call.resource());
        if (call.operation() instanceof FleetOperation operation) {
            take(entry, call, operation);
            remember(entry, call, new Outcome.Succeeded(observe(call.resource(), entry)));
        }
    }

    private void watch(String address, Entry entry, Watch watch) {
        if (entry.watches.size() >= WATCHES_MAX) {
            watch.ended().accept(new Outcome.Failed("too_many_watches", true));
            return;
        }
        entry.watches.add(watch);
        changed(address, entry);
    }

    /** Tells whoever waited for what is now so, or can no longer come; and looks again at the next change. */
    private void changed(String address, Entry entry) {
        Observed observed = observe(address, entry);
        List<Watch> waiting = List.copyOf(entry.watches);
        entry.watches.clear();
        for (Watch watch : waiting) {
            if (isMet(watch.await(), observed)) {
                watch.ended().accept(new Outcome.Succeeded(observed));
            } else if (observed.booting() == 0) {
                watch.ended().accept(new Outcome.Failed("cannot_be_met", false));
            } else {
                entry.watches.add(watch);
            }
        }
        long next = entry.resource.nextChange();
        if (next != Long.MAX_VALUE && next != entry.wakeAt) {
            entry.wakeAt = next;
            clock.at(next, () -> {
                if (entry.wakeAt == next) {
                    entry.wakeAt = Long.MAX_VALUE;
                    changed(address, entry);
                }
            });
        }
    }

    private static boolean isMet(Await await, Observed observed) {
        boolean countsInstances = await.condition() == Condition.RUNNING;
        return observed.condition() == await.condition()
                && observed.booting() == 0
                && (!countsInstances || observed.instances() == await.instances());
    }

    private Observed observe(String address, Entry entry) {
        return entry.resource.observe(address, entry.applied, clock.now());
    }

    /** What the resource is like now, as nobody but the simulation can know. */
    public Observed truth(String address) {
        return observe(address, entry(address));
    }

    private Entry entry(String address) {
        Entry entry = entries.get(address);
        if (entry == null) {
            throw new IllegalArgumentException("no resource " + address);
        }
        return entry;
    }

    @Override
    public void list(Consumer<List<Observed>> listed) {
        listed.accept(entries.entrySet().stream()
                .map(e -> observe(e.getKey(), e.getValue()))
                .toList());
    }
}
