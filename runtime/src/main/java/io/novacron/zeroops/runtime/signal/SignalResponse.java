package io.novacron.zeroops.runtime.signal;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What signals lead to. A VM that went down or silent, or came back, is looked at with the provider, and its owner is shown what
 * there is: so drift is seen in seconds, and only the entity wakes that it is about. A workload's demand is told to its scaler,
 * with how many instances the provider has of it then; requests that wait are told at once, and again for as long as any do. Looks
 * are gathered, and one is under way at a time.
 */
public final class SignalResponse implements SignalListener {
    /** VMs that wait to be looked at; more are seen when everything is listed, within a minute. */
    static final int WAITING_MAX = 10_000;

    /** A look that is not answered for so long is made again. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A workload whose load came so lately is scaled by it, whatever else is known of its load. */
    static final Duration LEADING = Duration.ofMinutes(2);

    private static final String WORKLOAD = Measure.LOAD.kind() + "/";

    private final FleetProvider provider;
    private final BiConsumer<String, Command> tell;
    private final RecentSignals recent;
    private final InstantSource clock;

    private final Set<String> waiting = new HashSet<>();
    private final Map<String, Demand> demands = new HashMap<>(); // that are not told yet, by workload
    private final Map<String, Heard> heard = new HashMap<>(); // by workload
    private final WorkloadGauges gauges = new WorkloadGauges();
    private Instant lookedAt = Instant.MIN;
    private long look; // the one that is under way; 0 for none
    private long looks;

    private record Heard(Demand demand, Instant at) {}

    /** @param tell brings a command to the entity that has the address */
    public SignalResponse(
            FleetProvider provider, BiConsumer<String, Command> tell, RecentSignals recent, InstantSource clock) {
        this.provider = provider;
        this.tell = tell;
        this.recent = recent;
        this.clock = clock;
    }

    @Override
    public void signal(Signal signal) {
        recent.add(signal);
        if (signal.kind().isOfLifecycle()) {
            synchronized (this) {
                if (waiting.size() < WAITING_MAX) {
                    waiting.add(signal.resource());
                }
            }
        }
    }

    @Override
    public synchronized void demand(String workload, Demand demand) {
        demands.put(workload, demand);
        heard.put(workload, new Heard(demand, clock.instant()));
    }

    @Override
    public synchronized void gauge(String workload, Measure measure, double value, Instant at) {
        gauges.set(workload, measure, value, at);
        if (measure == Measure.WAITING && value > 0) {
            demands.computeIfAbsent(workload, name -> newest(name).orElseGet(() -> Demand.unknown(clock.instant())));
        }
    }

    /** Whether telemetry tells of this workload's load, so that nobody else need. */
    public boolean leads(String workload) {
        return newest(workload).isPresent();
    }

    /** The workload's newest demand, unless telemetry has not told of its load for {@link #LEADING}. */
    public synchronized Optional<Demand> newest(String workload) {
        return Optional.ofNullable(heard.get(workload))
                .filter(last -> clock.instant().isBefore(last.at().plus(LEADING)))
                .map(Heard::demand);
    }

    /** Looks, if there is something to look at; to be called several times a second. */
    public void look() {
        Set<String> resources = new HashSet<>();
        long number;
        synchronized (this) {
            Instant now = clock.instant();
            if ((look != 0 && now.isBefore(lookedAt.plus(PATIENCE))) || (waiting.isEmpty() && demands.isEmpty())) {
                return;
            }
            resources.addAll(waiting);
            demands.keySet().forEach(workload -> resources.add(WORKLOAD + workload));
            lookedAt = now;
            number = ++looks;
            look = number;
        }
        provider.look(resources, all -> seen(number, resources, all));
    }

    private void seen(long number, Set<String> resources, List<Observed> all) {
        Map<String, Command> told = new HashMap<>();
        synchronized (this) {
            if (look != number) {
                return; // late, or for the second time
            }
            look = 0;
            waiting.removeAll(resources);
            for (Observed observed : all) {
                String workload = nameOf(observed.resource());
                Demand demand = demands.remove(workload);
                if (demand != null) {
                    int instances = observed.instances() + observed.booting();
                    told.put(observed.resource(), gauges.report(workload, demand, instances, clock.instant()));
                }
            }
            demands.keySet().removeIf(workload -> resources.contains(WORKLOAD + workload)); // which there is not
        }
        for (Observed observed : all) {
            Command report = told.get(observed.resource());
            if (report == null) {
                tell.accept(observed.resource(), new Reconcile(observed));
            } else {
                tell.accept(Measure.LOAD.owner() + nameOf(observed.resource()), report);
            }
        }
    }

    /** Empty for what is no workload. */
    private static String nameOf(String resource) {
        return resource.startsWith(WORKLOAD) ? resource.substring(WORKLOAD.length()) : "";
    }
}
