package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeOK;
import static akka.http.javadsl.server.Directives.mapResponse;

import akka.NotUsed;
import akka.http.javadsl.marshalling.sse.EventStreamMarshalling;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.sse.ServerSentEvent;
import akka.http.javadsl.server.Route;
import akka.stream.KillSwitches;
import akka.stream.OverflowStrategy;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Source;
import io.novacron.zeroops.http.json.DecisionSummary;
import io.novacron.zeroops.http.json.Json;
import io.novacron.zeroops.http.json.Problem;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decisions as they change, as server-sent events. What happened before a client came it reads from the list, after it has
 * begun to listen. A client that reads slowly loses the oldest of what waits for it; one that reads nothing is cut off
 * once its connection has been idle for {@link Limits#IDLE}.
 */
final class DecisionStream {
    static final int CLIENTS_MAX = 64;

    /** So many changes wait for one client. */
    static final int BUFFER_MAX = 256;

    /** Well below the time after which a connection counts as idle, here and in proxies. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Operations operations;
    private final AtomicInteger clients = new AtomicInteger();
    private final SharedKillSwitch end = KillSwitches.shared("decision-stream");

    DecisionStream(Operations operations) {
        this.operations = operations;
    }

    Route route(HttpRequest request) {
        QueryParameters.none(request); // nobody should think that it is filtered
        if (clients.get() >= CLIENTS_MAX) {
            return complete(Responses.problem(Problem.of(
                    503, "too-many-streams", CLIENTS_MAX + " clients listen already; close one, or read the list")));
        }
        return mapResponse(
                Responses::live,
                () -> completeOK(
                        Source.lazySource(this::opened).mapMaterializedValue(later -> NotUsed.getInstance()),
                        EventStreamMarshalling.toEventStream()));
    }

    /** Counted once it runs, since an answer that was never sent would never be uncounted. */
    private Source<ServerSentEvent, NotUsed> opened() {
        if (clients.incrementAndGet() > CLIENTS_MAX) {
            clients.decrementAndGet();
            return Source.empty(); // others came at the same instant; the client asks again
        }
        return operations
                .changes()
                .buffer(BUFFER_MAX, OverflowStrategy.dropHead())
                .map(view -> ServerSentEvent.create(Json.write(DecisionSummary.of(view)), "decision"))
                .keepAlive(HEARTBEAT, ServerSentEvent::heartbeat)
                .prepend(Source.single(ServerSentEvent.heartbeat())) // so that the answer begins at once
                .via(end.flow())
                .watchTermination((none, done) -> {
                    var unused = done.whenComplete((ok, failed) -> clients.decrementAndGet());
                    return none;
                });
    }

    int clients() {
        return clients.get();
    }

    void stop() {
        end.shutdown();
    }
}
