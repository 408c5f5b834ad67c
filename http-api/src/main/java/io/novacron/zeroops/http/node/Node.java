package io.novacron.zeroops.http.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.ops.OpsCenterAgent;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.http.routes.HttpServer;
import io.novacron.zeroops.http.routes.Operations;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.runtime.cluster.Formats;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.host.AgentHost;
import io.novacron.zeroops.runtime.host.Catalogue;
import io.novacron.zeroops.runtime.host.Gate;
import io.novacron.zeroops.runtime.host.Outside;
import io.novacron.zeroops.runtime.host.SpendMonitor;
import io.novacron.zeroops.runtime.notify.LogNotifier;
import io.novacron.zeroops.runtime.settings.ProviderKind;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.simulations.live.WorkloadSpec;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private static final String CLIENT = "client/";
    static final String BUDGET = "budget/main";

    /** Under which name is kept, with the journal, what the settings said of the budget when it was last set by them. */
    private static final String ALLOCATED = "allocated_by_settings";

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>(); // the last started first
    private final NodeOptions options;
    private final Settings settings;
    private final InstantSource machine;
    private CompletionStage<Membership.End> ended = new CompletableFuture<>();

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
     * @throws io.novacron.zeroops.persistence.journal.UnusableDatabaseException if the database cannot be used
     * @throws NodeEndedException if the cluster does not take it
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
        requireWallClock();
        List<WorkloadSpec> workloads = SimulatedFleet.workloads(options, settings);
        NodeJournal journal = started(NodeJournal.open(options.data(), settings, machine));
        FleetAccess fleet = started(
                isRemote()
                        ? RemoteFleet.of(settings, journal.database(), machine)
                        : SimulatedFleet.of(
                                options,
                                workloads,
                                settings.demandSettings(),
                                journal.database().dataSource(),
                                machine));
        AgentHost host = started(agents(journal, fleet));
        ended = host.ended();
        Optional<ClusterMode> mode = journal.membership().isShared()
                ? Optional.of(new ClusterMode(journal.database(), new OpsCenterAgent(settings.opsPolicy())))
                : Optional.empty();
        var keeper = started(new ModeKeeper(host, new ControlFile(options.data()), settings.initialMode(), mode));
        var telemetry = started(NodeTelemetry.start(settings, fleet.clock(), fleet.provider(), host));
        var spend = started(new SpendMonitor(
                journal.views(),
                settings.spendWatch(),
                settings.forecastDays(),
                fleet.clock(),
                command -> host.ask(BUDGET, command)));
        var operations = new NodeOperations(options, settings, journal, fleet, telemetry, spend, keeper, host);
        HttpServer server = await(serve(host, journal, operations));
        parts.push(() -> await(server.stop()));

        await(CompletableFuture.anyOf(
                host.ready().toCompletableFuture(),
                ended.thenAccept(end -> {
                            throw new NodeEndedException(end);
                        })
                        .toCompletableFuture()));
        allocate(host, journal.database());
        keeper.start();
        fleet.start(host, telemetry);
        telemetry.reportPools();
        spend.start();
        host.duty("spend-anomalies", spend::takeUp);
        if (journal.membership().isShared()) {
            host.duty("format", () -> Formats.raise(host.system(), journal.format()));
        }
        operations.ready();
        return server.address();
    }

    private AgentHost agents(NodeJournal journal, FleetAccess fleet) {
        return AgentHost.start(
                new AgentHost.Parts(
                        journal.database(),
                        journal.path(),
                        catalogue(settings)::agent,
                        fleet.provider(),
                        new LogNotifier(),
                        Node::tellClient,
                        fleet.clock(),
                        settings.sha256(),
                        Gate.WRITES_MAX,
                        AgentHost.IDLE_AFTER,
                        journal.membership()),
                options.speed() >= FINE_FROM_SPEED ? FINE_TIMERS : ConfigFactory.empty());
    }

    private CompletionStage<HttpServer> serve(AgentHost host, NodeJournal journal, Operations operations) {
        return settings.node().allowRemoteHttp()
                ? HttpServer.startRemote(host.system(), options.host(), options.port(), journal.views(), operations)
                : HttpServer.start(host.system(), options.host(), options.port(), journal.views(), operations);
    }

    /** How it ended, if nobody closed it: the process should end too. */
    public CompletionStage<Membership.End> ended() {
        return ended;
    }

    private boolean isRemote() {
        return settings.provider().kind() == ProviderKind.HTTP;
    }

    /** A fleet that is elsewhere keeps its own time, and has its own load. */
    private void requireWallClock() {
        if (isRemote() && (options.speed() != 1 || options.trace().isPresent())) {
            throw new IllegalArgumentException((options.speed() != 1 ? "--speed" : "--trace")
                    + " is for the simulated fleet in this process, and provider.kind is http: leave it out");
        }
    }

    /** Who proposed over HTTP asks how it ended, and needs not be told. */
    private static Reply tellClient(String address, Command command) {
        return address.startsWith(CLIENT) && command instanceof DecisionEnded
                ? Reply.DONE
                : Outside.NOBODY.receive(address, command);
    }

    /** Which agent has which address, by these settings. */
    public static Catalogue catalogue(Settings settings) {
        Map<String, ScalerPolicy> scalers = settings.scalerPolicies().stream()
                .collect(Collectors.toUnmodifiableMap(ScalerPolicy::address, Function.identity()));
        Map<String, PoolPolicy> pools = settings.poolPolicies().stream()
                .collect(Collectors.toUnmodifiableMap(PoolPolicy::address, Function.identity()));
        return new Catalogue(
                settings.decisionPolicy(),
                settings.budgetPolicy(),
                settings.safetyConstraints(),
                settings.calendarPolicy(),
                settings.opsPolicy(),
                settings.resourcePolicy(),
                address -> Optional.ofNullable(scalers.get(address)),
                address -> Optional.ofNullable(pools.get(address)),
                address -> Optional.empty());
    }

    /**
     * Only what the settings have not said before: else each start would undo what people moved since. A budget that cannot be so,
     * since more is spent already, stays as it was.
     */
    private void allocate(AgentHost host, JournalDatabase database) throws InterruptedException {
        var nodes = settings.budgetNodes();
        String said = nodes.toString();
        if (database.bookmark(ALLOCATED).filter(said::equals).isPresent()) {
            return;
        }
        Reply reply = await(host.ask(BUDGET, new Allocate("settings", nodes)));
        if (reply.accepted()) {
            database.setBookmark(ALLOCATED, said);
        } else {
            LOG.error("the budget of the settings is refused, and the one before stays: {}", reply.code());
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
