package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.util.List;

/** For whoever restarts this process, and for whoever sends it work. */
record HealthRoutes(Operations operations) {
    record Alive(boolean alive) {}

    record Ready(boolean ready, List<String> problems) {}

    Route route() {
        return concat(
                path("healthz", () -> get(() -> complete(Responses.json(new Alive(true))))),
                path("readyz", () -> get(() -> extractRequest(request -> complete(ready())))));
    }

    private HttpResponse ready() {
        Operations.Status status = operations.status();
        return Responses.json(status.isReady() ? 200 : 503, new Ready(status.isReady(), status.problems()));
    }
}
