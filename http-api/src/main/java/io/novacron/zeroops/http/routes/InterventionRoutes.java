package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.server.Route;
import io.novacron.zeroops.http.json.InterventionJson;
import io.novacron.zeroops.persistence.view.Views;
import java.util.List;

/** Where people had a hand in it. */
record InterventionRoutes(Views views, ViewQueries queries) {
    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 1000;

    record Page(List<InterventionJson> interventions) {}

    Route route() {
        return path(
                "interventions",
                () -> get(() -> extractRequest(request -> {
                    int limit = new QueryParameters(request, List.of("limit")).limit(LIMIT, LIMIT_MAX);
                    return completeWithFuture(queries.answer(() -> new Page(views.interventions(limit).stream()
                            .map(InterventionJson::of)
                            .toList())));
                })));
    }
}
