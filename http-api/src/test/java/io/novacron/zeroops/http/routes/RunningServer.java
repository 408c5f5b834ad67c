package io.novacron.zeroops.http.routes;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import io.novacron.zeroops.agents.budget.Usage;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.ResourceState;
import io.novacron.zeroops.agents.fleet.ResourceState.Flight;
import io.novacron.zeroops.agents.fleet.ResourceState.Landed;
import io.novacron.zeroops.persistence.view.BudgetView;
import io.novacron.zeroops.persistence.view.ResourceView;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The server on a free port, before views with four decisions. */
final class RunningServer implements AutoCloseable {
    final ActorSystem<Void> system = ActorSystem.create(
            Behaviors.empty(),
            "http-test",
            ConfigFactory.parseString("akka.loglevel = WARNING, akka.http.server.enable-http2 = off")
                    .withFallback(ConfigFactory.load()));
    private static final ResourceState WEB = new ResourceState(
            12,
            Condition.RUNNING,
            7,
            Holds.NONE,
            Optional.of(new Flight(
                    "scaler/web/58",
                    Action.of(ActionClass.SCALE_OUT, "workload/web", "shop", "eu", 7, 9, Money.dollars(0.0832)),
                    ResourceState.Phase.VERIFYING,
                    1,
                    false,
                    12,
                    12,
                    FoldedDecision.T0.plusSeconds(1400),
                    FoldedDecision.T0.plusSeconds(1200),
                    Optional.empty())),
            Optional.of(new Landed("scaler/web/31", new Change.Ended(Change.End.VERIFIED, 7, ""), 11)),
            FoldedDecision.T0.plusSeconds(1101));

    final ShopOperations operations = new ShopOperations();
    final MemoryViews views;
    private final Duration timeout;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;

    RunningServer() {
        this(
                new MemoryViews(
                        List.of(new ResourceView("workload/web", WEB)),
                        List.of(
                                new BudgetView(
                                        "main", "company", "", Money.dollars(1000), usage(412.5, 240, 12.25), 0, 0),
                                new BudgetView(
                                        "main", "shop", "company", Money.dollars(700), usage(400, 236, 12.25), 0, 90),
                                new BudgetView("main", "lab", "company", Money.ZERO, usage(0, 0, 0), 0, 0))),
                Limits.REQUEST);
    }

    /** @param timeout of a request */
    RunningServer(MemoryViews views, Duration timeout) {
        this.views = views;
        this.timeout = timeout;
        views.put(FoldedDecision.opened("web", 17, 400, 5, 6).verified().view());
        views.put(FoldedDecision.opened("web", 31, 520, 6, 10)
                .vote(new Vote.Counter(7, "max_scale_up_percent", "6 may become 7 in 5 minutes"))
                .verified()
                .view());
        views.put(FoldedDecision.opened("search", 44, 700, 4, 3)
                .vote(Vote.ACCEPT)
                .vote(new Vote.Reject("business_hours_only", "Monday 12:11 is out of 18:00 to 06:00"))
                .closed()
                .view());
        views.put(FoldedDecision.opened("web", 58, 1100, 7, 9)
                .accepted()
                .running()
                .view());
        server = await(HttpServer.start(system, "127.0.0.1", 0, views, operations, timeout));
    }

    private static Usage usage(double spent, double committed, double reserved) {
        return new Usage(Money.dollars(spent), Money.dollars(committed), Money.dollars(reserved));
    }

    /** A decision that called for people, and in which one came too late. */
    static FoldedDecision escalated(long ordering) {
        return FoldedDecision.opened("web", ordering, 1150, 7, 9, 0.2)
                .approvedBy("person-1")
                .approvedBy("person-2")
                .accepted()
                .running()
                .reported(new Change.Ended(Change.End.ESCALATED, 7, "outcome_unknown"));
    }

    int port() {
        return server.address().getPort();
    }

    HttpServer server() {
        return server;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri("/api/zeroops/" + path));
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpClient client() {
        return client;
    }

    void stop() {
        await(server.stop());
    }

    void startAgain(int port) {
        server = await(HttpServer.start(system, "127.0.0.1", port, views, operations, timeout));
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        stop();
        system.terminate();
        await(system.getWhenTerminated());
    }
}
