package io.novacron.zeroops.http.fleet;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.stream.Materializer;
import com.typesafe.config.ConfigFactory;
import io.novacron.zeroops.http.routes.HttpServer;
import io.novacron.zeroops.runtime.host.HostClock;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.simulations.live.FleetTime;
import io.novacron.zeroops.simulations.live.JdbcFleetLedger;
import io.novacron.zeroops.simulations.live.LiveFleet;
import io.novacron.zeroops.simulations.live.LiveSettings;
import io.novacron.zeroops.simulations.live.WorkloadSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running fleet, from its data folder to its port. What is started last is stopped first. */
public final class FleetProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofMinutes(1);
    private static final Duration FAREWELL = Duration.ofSeconds(3);
    private static final String BUDGET = "budget/main";
    private static final Logger LOG = LoggerFactory.getLogger(FleetProcess.class);

    /** An await may be held for half a minute; a client's connection a while longer. */
    private static final String CONFIG =
            """
            akka.loggers = ["akka.event.slf4j.Slf4jLogger"]
            akka.logging-filter = "akka.event.slf4j.Slf4jLoggingFilter"
            akka.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            akka.coordinated-shutdown.exit-jvm = off
            akka.actor.provider = local
            akka.http.server {
              request-timeout = 120s
              idle-timeout = 180s
              max-connections = 2048
              server-header = ""
            }
            """;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>(); // the last started first
    private final FleetOptions options;
    private final Settings settings;
    private final InstantSource machine;

    private FleetProcess(FleetOptions options, Settings settings, InstantSource machine) {
        this.options = options;
        this.settings = settings;
        this.machine = machine;
    }

    /** A fleet that serves, and where it listens. */
    public record Started(FleetProcess fleet, InetSocketAddress address) {}

    /**
     * Starts, and returns once it serves.
     *
     * @throws io.novacron.zeroops.persistence.journal.DataFolderException if the data folder cannot be used
     * @throws io.novacron.zeroops.http.routes.ServerStartException if it cannot listen
     * @throws IllegalArgumentException if an option is out of range
     */
    public static Started start(FleetOptions options, Settings settings, InstantSource machine)
            throws IOException, InterruptedException {
        var fleet = new FleetProcess(options, settings, machine);
        try {
            return new Started(fleet, fleet.start());
        } catch (RuntimeException | IOException | InterruptedException e) {
            fleet.close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T started(T part) {
        parts.push(part);
        return part;
    }

    private InetSocketAddress start() throws IOException, InterruptedException {
        var troubles = Troubles.of(options.failShare(), options.unknownShare(), options.latency(), options.seed());
        var behaviour = LiveSettings.ofBudget(BUDGET)
                .withIncidentEvery(options.incidentsEvery())
                .withVms(options.vms());
        HttpServer.requireFree(options.host(), options.port()); // before a folder is made for nothing
        FleetStore store = started(new FleetStore(options.data()));
        var ledger = new JdbcFleetLedger(store.source());
        var bills = new BillBook(store.source());
        OperationLog log = started(OperationLog.open(
                options.log().orElse(options.data().resolve("operations.jsonl")), machine, ledger.all()));

        var time = FleetTime.of(ledger, machine.instant(), options.seed());
        LiveFleet fleet =
                started(new LiveFleet(clock(time), new LoggedLedger(ledger, log), time, workloads(), behaviour));
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                "fleet",
                ConfigFactory.parseString(CONFIG)
                        .withFallback(ConfigFactory.defaultReferenceUnresolved())
                        .resolve());
        parts.push(() -> stop(system));
        var queries = Executors.newSingleThreadExecutor(task -> new Thread(task, "fleet-bills"));
        parts.push(queries::shutdown);
        var handler = new ProviderHandler(
                new ProviderService(fleet, log, troubles),
                bills,
                fleet::problem,
                options.token(),
                Materializer.matFromSystem(system),
                queries);
        ServerBinding binding = await(
                Http.get(system).newServerAt(options.host(), options.port()).bind(handler::handle));
        parts.push(() -> await(binding.terminate(FAREWELL)));
        fleet.start(bills);
        if (!options.remoteWrite().isEmpty()) {
            started(new TelemetrySender(fleet, options.remoteWrite(), machine, options.seed()))
                    .start();
        }
        return binding.localAddress();
    }

    /** The machine's, but never behind what was told before. */
    private HostClock clock(FleetTime time) {
        Instant now = machine.instant();
        return HostClock.faster(machine, now.isAfter(time.resumeAt()) ? now : time.resumeAt(), 1);
    }

    private List<WorkloadSpec> workloads() {
        return settings.scalerPolicies().stream().map(WorkloadSpec::generated).toList();
    }

    private static void stop(ActorSystem<Void> system) throws InterruptedException {
        system.terminate();
        await(system.getWhenTerminated());
    }

    private static <T> T await(CompletionStage<T> stage) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(START_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("not done within " + START_MAX, e);
        }
    }

    /** Stops everything in its order; what was answered is not forgotten. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.error("a part of the fleet did not stop as it should", e);
            }
        }
    }
}
