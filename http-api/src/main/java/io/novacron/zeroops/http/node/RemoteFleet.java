package io.novacron.zeroops.http.node;

import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.http.routes.Operations;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.thread.DaemonThreads;
import io.novacron.zeroops.runtime.host.AgentHost;
import io.novacron.zeroops.runtime.host.HostClock;
import io.novacron.zeroops.runtime.provider.BillFeed;
import io.novacron.zeroops.runtime.provider.HttpProvider;
import io.novacron.zeroops.runtime.provider.HttpProviderOptions;
import io.novacron.zeroops.runtime.settings.ProviderSettings;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.signal.Demand;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A fleet behind the HTTP provider protocol. What instances there are it is asked every few seconds; its load is
 * what this node's telemetry says, if that has it. That it cannot be reached keeps no node from its work: the agents try again by themselves.
 */
final class RemoteFleet implements FleetAccess {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** Looks of which is kept what they showed: those of six hours. */
    private static final int HISTORY_MAX = 4_320;

    /** The name in the journal's database under which is kept how far its bills were read. */
    private static final String BOOKMARK = "provider_bills";

    private final HttpProvider provider;
    private final HostClock clock;
    private final JournalDatabase database;
    private final List<ScalerPolicy> policies;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("remote-fleet"));
    private volatile Map<String, Observed> observed = Map.of(); // by resource
    private volatile @Nullable NodeTelemetry telemetry;
    private final Map<String, Deque<Operations.Point>> history =
            new ConcurrentHashMap<>(); // by workload, the oldest first

    private RemoteFleet(HttpProvider provider, HostClock clock, JournalDatabase database, List<ScalerPolicy> policies) {
        this.provider = provider;
        this.clock = clock;
        this.database = database;
        this.policies = policies;
    }

    static RemoteFleet of(Settings settings, JournalDatabase database, InstantSource machine) {
        ProviderSettings at = settings.provider();
        var provider = new HttpProvider(
                new HttpProviderOptions(at.url().url(), at.tokenFile().path(), at.connectTimeout(), at.callTimeout()));
        var fleet = new RemoteFleet(provider, HostClock.of(machine), database, settings.scalerPolicies());
        ScheduledFuture<?> unused = fleet.thread.scheduleWithFixedDelay( // ends with the thread
                fleet::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return fleet;
    }

    private void look() {
        var unused = provider.resources("workload/").thenAccept(all -> {
            observed = all.stream()
                    .collect(Collectors.toUnmodifiableMap(Observed::resource, Function.identity(), (a, b) -> b));
            workloads().forEach(this::remember);
        });
    }

    private void remember(Operations.Workload workload) {
        if (Double.isNaN(workload.loadPerS())) {
            return;
        }
        Deque<Operations.Point> points =
                history.computeIfAbsent(workload.name(), name -> new ConcurrentLinkedDeque<>());
        points.add(new Operations.Point(
                clock.instant(), workload.loadPerS(), workload.expectedPeakPerS(), workload.safeCapacityPerS()));
        if (points.size() > HISTORY_MAX) {
            points.poll();
        }
    }

    @Override
    public FleetProvider provider() {
        return provider;
    }

    @Override
    public HostClock clock() {
        return clock;
    }

    @Override
    public void start(AgentHost host, NodeTelemetry telemetry) {
        this.telemetry = telemetry;
        host.duty("provider-bills", () -> {
            var feed = new BillFeed(provider::bills, Node.BUDGET, host::ask, new Kept(database), clock);
            feed.start();
            return feed;
        });
    }

    /** Kept with the journal, so that a backup holds both of the same instant. */
    private record Kept(JournalDatabase database) implements BillFeed.Bookmark {
        @Override
        public Optional<String> read() {
            return database.bookmark(BOOKMARK);
        }

        @Override
        public void write(String text) {
            database.setBookmark(BOOKMARK, text);
        }
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public List<Operations.Workload> workloads() {
        Map<String, Observed> known = observed;
        return policies.stream()
                .flatMap(policy ->
                        Stream.ofNullable(known.get(policy.resource())).map(shown -> workload(policy, shown)))
                .toList();
    }

    private Operations.Workload workload(ScalerPolicy policy, Observed observed) {
        NodeTelemetry source = telemetry;
        Optional<Demand> demand = source == null ? Optional.empty() : source.demand(policy.workload());
        int provisioned = observed.instances() + observed.booting();
        return new Operations.Workload(
                policy.workload(),
                policy.project(),
                demand.map(Demand::load).orElse(Double.NaN),
                demand.map(Demand::growthPeak).orElse(Double.NaN),
                observed.instances(),
                observed.booting(),
                provisioned,
                observed.instances() * policy.safeLoad(),
                policy.unitCostPerHour().times(provisioned),
                Double.NaN);
    }

    @Override
    public Optional<List<Operations.Point>> history(String workload, Instant since) {
        return policies.stream().anyMatch(policy -> policy.workload().equals(workload))
                ? Optional.of(history.getOrDefault(workload, new ArrayDeque<>()).stream()
                        .filter(point -> point.at().isAfter(since))
                        .toList())
                : Optional.empty();
    }

    @Override
    public Optional<String> problem() {
        return Optional.empty();
    }

    @Override
    public void close() {
        thread.shutdown();
        provider.close();
    }
}
