package io.novacron.zeroops.simulations.scenario;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.simulations.fault.FaultProfile;
import io.novacron.zeroops.simulations.fault.Faults;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.FleetSetup;
import io.novacron.zeroops.simulations.fleet.ServiceModel;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import io.novacron.zeroops.simulations.fleet.Timeline;
import io.novacron.zeroops.simulations.trace.Trace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The simulated provider, whose time only the test advances, one change after the other: no two ends of boots race. Each
 * resource takes a time of its own, drawn from the seed, and a quarter of the machines' changes fail. May be called by many
 * threads.
 */
final class ScriptedFleet implements FleetProvider {
    static final String WORKLOAD = "workload/web";
    private static final List<String> VMS = List.of("vm/a", "vm/b", "vm/c", "vm/d", "vm/e", "vm/f");
    private static final List<String> HOSTS = List.of("host/a", "host/b");
    private static final double FAILURE = 0.25;
    private static final int CHANGE_MIN_S = 2;
    private static final int CHANGE_MAX_S = 20; // longer than the owners' patience
    private static final double SAFE_LOAD = 10;
    private static final double PRICE_PER_H = 0.1;
    static final int INSTANCES = 2;

    private record Due(long at, long order, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Set<String> waiting = new HashSet<>(); // ids of calls that are not answered
    private final SimulatedProvider provider;
    private long now; // milliseconds since the script's start
    private long order;

    ScriptedFleet(long seed) {
        var random = new SplittableRandom(seed);
        var time = new SimulatedProvider.Clock() {
            @Override
            public long now() {
                return now;
            }

            @Override
            public void at(long millis, Runnable action) {
                due.add(new Due(millis, order++, action));
            }
        };
        provider = new SimulatedProvider(
                time,
                new Faults(FaultProfile.NONE, new SplittableRandom(seed)),
                (resource, key, generation, operation) -> {});
        VMS.forEach(address -> provider.addVm(address, times(random)));
        HOSTS.forEach(address -> provider.addHost(address, times(random)));
        provider.addWorkload(
                WORKLOAD,
                new FleetSetup(
                                Trace.ofSteps(1_000L * Script.END_S * 2, SAFE_LOAD),
                                new ServiceModel(SAFE_LOAD, 1),
                                new BootTimes(seed, 6, 6, 0),
                                1,
                                PRICE_PER_H,
                                INSTANCES,
                                100)
                        .open(Timeline.NONE));
    }

    /** No two resources take the same time to the millisecond. */
    private static BootTimes times(SplittableRandom random) {
        double seconds = random.nextInt(CHANGE_MIN_S, CHANGE_MAX_S) + random.nextInt(1, 999) / 1e3;
        return new BootTimes(random.nextLong(), seconds, seconds, FAILURE);
    }

    static List<String> machines() {
        List<String> all = new ArrayList<>(VMS);
        all.addAll(HOSTS);
        return all;
    }

    /** Does what is due next, up to this second; returns whether there was anything. */
    synchronized boolean advance(long toSecond) {
        Due next = due.peek();
        if (next == null || next.at() > toSecond * 1_000) {
            now = toSecond * 1_000;
            return false;
        }
        due.remove();
        now = Math.max(now, next.at());
        next.action().run();
        return true;
    }

    @Override
    public synchronized void submit(Effect.Call call, Consumer<Outcome> ended) {
        if (call.operation() instanceof FleetOperation.Await) {
            waiting.add(call.id());
        }
        provider.submit(call, outcome -> {
            waiting.remove(call.id());
            ended.accept(outcome);
        });
    }

    /** Whether this call was made and is not answered yet. */
    synchronized boolean isWaiting(Effect.Call call) {
        return waiting.contains(call.id());
    }

    /** Whoever called is gone, and has to call again. */
    synchronized void forget() {
        waiting.clear();
    }

    /** Hosts list when they like; the script when it says so, by {@link #all}. */
    @Override
    public void list(Consumer<List<Observed>> listed) {
        listed.accept(List.of());
    }

    synchronized List<Observed> all() {
        List<Observed> all = new ArrayList<>();
        provider.list(all::addAll);
        return all;
    }

    synchronized Observed truth(String address) {
        return provider.truth(address);
    }
}
