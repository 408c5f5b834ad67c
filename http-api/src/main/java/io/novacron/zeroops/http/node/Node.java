package io.novacron.zeroops.http.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.http.routes.HttpServer;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.view.JournalViews;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.host.AgentHost;
import io.novacron.zeroops.runtime.host.Catalogue;
import io.novacron.zeroops.runtime.host.Gate;
import io.novacron.zeroops.runtime.host.HostClock;
import io.novacron.zeroops.runtime.host.Outside;
import io.novacron.zeroops.runtime.notify.LogNotifier;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.simulations.live.FleetListener;
import io.novacron.zeroops.simulations.live.FleetTime;
import io.novacron.zeroops.simulations.live.JdbcFleetLedger;
import io.novacron.zeroops.simulations.live.LiveFleet;
import io.novacron.zeroops.simulations.live.LiveSettings;
import io.novacron.zeroops.simulations.live.WorkloadSpec;
import io.novacron.zeroops.simulations.trace.Trace;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node, from its data folder to its port. What is started last is stopped first: people and telemetry leave, then the
 * agents, then the journal.
 */
public final class Node implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofMinutes(10);

    /** Akka's timers tick every 10 ms; where the fleet's clock is fast, that would be seconds of its time. */
    private static final Config FINE_TIMERS = ConfigFactory.parseString("akka.scheduler.tick-duration = 1ms");

    private static final double FINE_FROM_SPEED = 10;
    private static final long SEED = 1;
    private static final String BUDGET = "budget/main";
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>(); // the last started first
    private final NodeOptions options;
    private final Settings settings;
    private final InstantSource machine;

    private Node(NodeOptions options, Settings settings, InstantSource machine) {
        this.options = options;
        this.settings = settings;
        this.machine = machine;
    }

    /** A node that is ready, and where it listens. */
    public record Started(Node node, InetSocketAddress address) {}

    /**
     * Starts, and returns once the node is ready.
     *
     * @throws io.novacron.zeroops.persistence.journal.DataFolderException if the data folder cannot be used
     * @throws io.novacron.zeroops.http.routes.ServerStartException if it cannot listen
     * @throws IllegalArgumentException if there is a trace, and no workload for it
     */
    public static Started start(NodeOptions options, Settings settings, InstantSource machine)
            throws InterruptedException {
        var node = new Node(options, settings, machine);
        try {
            return new Started(node, node.start());
        } catch (RuntimeException | InterruptedException e) {
            node.close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T started(T part) {
        parts.push(part);
        return part;
    }

    private InetSocketAddress start() throws InterruptedException {
        HttpServer.requireFree(options.host(), options.port()); // before a folder is made for nothing
        List<WorkloadSpec> workloads = workloads();
        FolderDatabase database = started(FolderDatabase.own(options.data()));
        database.keepSettings(settings.sha256(), settings.canonical(), machine.instant());
        WritePath journal = started(WritePath.start(database));
        JournalViews views = started(JournalViews.start(database, journal));

        var ledger = new JdbcFleetLedger(database.dataSource());
        var time = FleetTime.of(ledger, machine.instant(), SEED);
        HostClock clock = HostClock.faster(machine, resumeAt(time), options.speed());
        var fleet = started(new LiveFleet(clock, ledger, time, workloads, LiveSettings.ofBudget(BUDGET)));

        AgentHost host = started(AgentHost.start(
                new AgentHost.Parts(
                        database,
                        journal,
                        catalogue(settings)::agent,
                        fleet,
                        new LogNotifier(),
                        Outside.NOBODY,
                        clock,
                        settings.sha256(),
                        Gate.WRITES_MAX,
                        AgentHost.IDLE_AFTER,
                        Membership.ALONE),
                options.speed() >= FINE_FROM_SPEED ? FINE_TIMERS : ConfigFactory.empty()));
        var file = new ControlFile(database.folder().path());
        var keeper = started(new ModeKeeper(host, file, settings.initialMode()));
        var operations =
                new NodeOperations(options, settings, clock, journal, views, fleet, file, keeper, host.system());
        HttpServer server = await(
                settings.node().allowRemoteHttp()
                        ? HttpServer.startRemote(host.system(), options.host(), options.port(), views, operations)
                        : HttpServer.start(host.system(), options.host(), options.port(), views, operations));
        parts.push(() -> await(server.stop()));

        await(host.ready());
        allocate(host);
        keeper.start();
        fleet.start(new Agents(host));
        operations.ready();
        return server.address();
    }

    /** At the machine's speed a simulated fleet keeps the machine's time, but never goes back behind what it told. */
    private Instant resumeAt(FleetTime time) {
        Instant now = machine.instant();
        boolean follows = options.speed() == 1 && now.isAfter(time.resumeAt());
        return follows ? now : time.resumeAt();
    }

    private List<WorkloadSpec> workloads() {
        List<WorkloadSpec> specs = new ArrayList<>(
                settings.scalerPolicies().stream().map(WorkloadSpec::generated).toList());
        if (options.trace().isPresent()) {
            if (specs.isEmpty()) {
                throw new IllegalArgumentException(
                        "--trace is the load of the first workload, and the settings have none: name one in workloads");
            }
            ScalerPolicy first = specs.get(0).policy();
            warnIfTooHigh(first, options.trace().get());
            specs.set(0, WorkloadSpec.traced(first, options.trace().get()));
        }
        return specs;
    }

    /** What no number of instances that is allowed can serve is no fault of automation's. */
    private static void warnIfTooHigh(ScalerPolicy policy, Trace trace) {
        double peak = trace.peakPerS();
        double capacity = policy.maxInstances() * policy.safeLoad();
        if (peak > capacity) {
            LOG.warn(String.format(
                    Locale.ROOT,
                    "the trace's peak of %.1f requests/s is more than workload %s can serve, %.1f requests/s ="
                            + " max_instances %d x safe_load_per_s %.1f: the rest will fail; in the settings, let its"
                            + " max_instances be %.0f or more, or its safe_load_per_s %.1f or more",
                    peak,
                    policy.workload(),
                    capacity,
                    policy.maxInstances(),
                    policy.safeLoad(),
                    Math.ceil(peak / policy.safeLoad()),
                    Math.ceil(10 * peak / Math.max(1, policy.maxInstances())) / 10));
        }
    }

    /** Which agent has which address, by these settings. */
    public static Catalogue catalogue(Settings settings) {
        Map<String, ScalerPolicy> scalers = settings.scalerPolicies().stream()
                .collect(Collectors.toUnmodifiableMap(ScalerPolicy::address, Function.identity()));
        return new Catalogue(
                settings.decisionPolicy(),
                BudgetPolicy.DEFAULT,
                settings.safetyConstraints(),
                settings.calendarPolicy(),
                settings.opsPolicy(),
                settings.resourcePolicy(),
                address -> Optional.ofNullable(scalers.get(address)));
    }

    /** A budget that cannot be as the settings say, since more is spent already, stays as it was. */
    private void allocate(AgentHost host) throws InterruptedException {
        Reply reply = await(host.ask(BUDGET, new Allocate("settings", settings.budgetNodes())));
        if (!reply.accepted()) {
            LOG.error("the budget of the settings is refused, and the one before stays: {}", reply.code());
        }
    }

    /** The way from the fleet to the agents. */
    private record Agents(AgentHost host) implements FleetListener {
        @Override
        public void tell(String address, Command command) {
            host.tell(address, command);
        }

        @Override
        public void ask(String address, Command command, Consumer<Reply> replied) {
            host.ask(address, command).thenAccept(replied); // no answer in time is none: the fleet asks again
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(READY_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
        } catch (TimeoutException e) {
            throw new IllegalStateException("not ready within " + READY_MAX, e);
        }
    }

    /** Stops everything in its order; nothing that was acknowledged is lost. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.error("a part of the node did not stop as it should", e);
            }
        }
    }
}
