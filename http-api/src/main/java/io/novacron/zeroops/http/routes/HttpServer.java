package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.handleExceptions;
import static akka.http.javadsl.server.Directives.handleRejections;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.withRequestTimeoutResponse;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.settings.ServerSettings;
import io.novacron.zeroops.persistence.view.Views;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The running server. */
public final class HttpServer {
    /** Requests under way have so long to end when the server stops. */
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final ServerBinding binding;
    private final ViewQueries queries;
    private final DecisionStream stream;

    private HttpServer(ServerBinding binding, ViewQueries queries, DecisionStream stream) {
        this.binding = binding;
        this.queries = queries;
        this.stream = stream;
    }

    /**
     * Finds out what {@link #start} would say of a port, before there is anything to serve. A free one may be taken meanwhile.
     *
     * @throws ServerStartException if it is in use, or cannot be used
     */
    public static void requireFree(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the server's: connections that have just ended do not count
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw ServerStartException.of(host, port, e);
        }
    }

    /**
     * Starts to serve. The stage fails with a {@link ServerStartException} whose message is for people if it cannot.
     *
     * @param host a name or address of the loopback interface: there is no authentication that would make another safe
     * @param port 0 for any that is free
     */
    public static CompletionStage<HttpServer> start(
            ActorSystem<?> system, String host, int port, Views views, Operations operations) {
        return start(system, host, port, views, operations, Limits.REQUEST);
    }

    /** The same at an address that other machines reach, where the operator said that this is wanted. */
    public static CompletionStage<HttpServer> startRemote(
            ActorSystem<?> system, String host, int port, Views views, Operations operations) {
        return start(system, host, port, true, views, operations, Limits.REQUEST);
    }

    /** @param timeout until an answer begins */
    static CompletionStage<HttpServer> start(
            ActorSystem<?> system, String host, int port, Views views, Operations operations, Duration timeout) {
        return start(system, host, port, false, views, operations, timeout);
    }

    private static CompletionStage<HttpServer> start(
            ActorSystem<?> system,
            String host,
            int port,
            boolean remote,
            Views views,
            Operations operations,
            Duration timeout) {
        if (port < 0 || port > 65535) {
            return failed("--port " + port + ": use 1 to 65535, or 0 for any that is free");
        } else if (!remote && !isLoopback(host)) {
            return failed(
                    "--host " + host + ": there is no authentication yet; use 127.0.0.1, and a tunnel from elsewhere");
        }
        var queries = new ViewQueries();
        var stream = new DecisionStream(operations);
        return Http.get(system)
                .newServerAt(host, port)
                .withSettings(Limits.settings(ServerSettings.create(system.classicSystem()), timeout))
                .bind(guarded(route(views, operations, queries, stream), remote, timeout))
                .handle((binding, failure) -> {
                    if (failure != null) {
                        queries.close();
                        throw ServerStartException.of(host, port, failure);
                    }
                    return new HttpServer(binding, queries, stream);
                });
    }

    private static CompletionStage<HttpServer> failed(String message) {
        return CompletableFuture.failedFuture(new ServerStartException(message, null));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Route route(Views views, Operations operations, ViewQueries queries, DecisionStream stream) {
        var telemetry = new TelemetryRoutes(operations);
        Route proposals = new ProposalRoutes(operations, views, queries).route();
        Route api = concat(
                pathPrefix(
                        "operations",
                        () -> concat(
                                new OperationsRoutes(operations, views, queries).route(),
                                new DecisionRoutes(views, queries, stream).route(),
                                proposals)),
                new ResourceRoutes(views, queries).route(),
                new BudgetRoutes(operations, views, queries).route(),
                new ProvisioningRoutes(operations, views, queries).route(),
                new InterventionRoutes(views, queries).route(),
                new FleetRoutes(operations).route(),
                telemetry.route(),
                new HealthRoutes(operations).route());
        Route v1 = concat(telemetry.write(), telemetry.route(), proposals); // all but write by its first name
        return concat(
                pathPrefix("api", () -> concat(pathPrefix("zeroops", () -> api), pathPrefix("v1", () -> v1))),
                new DashboardRoutes().route());
    }

    /** Whatever goes wrong inside ends in a problem. */
    private static Route guarded(Route inner, boolean remote, Duration timeout) {
        return withRequestTimeoutResponse(
                request -> Problems.timeout(timeout),
                () -> handleExceptions(
                        Problems.exceptions(),
                        () -> handleRejections(Problems.rejections(), () -> SameOrigin.guarded(remote, () -> inner))));
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return binding.localAddress();
    }

    /** Takes no more requests, ends the streams, and waits a little for what is under way. */
    public CompletionStage<Done> stop() {
        stream.stop();
        return binding.terminate(FAREWELL).thenApply(terminated -> {
            queries.close();
            return Done.getInstance();
        });
    }
}
