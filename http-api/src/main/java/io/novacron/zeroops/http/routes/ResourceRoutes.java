package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.server.Route;
import io.novacron.zeroops.http.json.ResourceJson;
import io.novacron.zeroops.persistence.view.Views;
import java.util.List;

/** Workloads, VMs and hosts, as their journal tells them. */
record ResourceRoutes(Views views, ViewQueries queries) {
    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 1000;

    record Page(List<ResourceJson> resources) {}

    Route route() {
        return path(
                "resources",
                () -> get(() -> extractRequest(request -> {
                    int limit = new QueryParameters(request, List.of("limit")).limit(LIMIT, LIMIT_MAX);
                    return completeWithFuture(queries.answer(() -> new Page(views.resources(limit).stream()
                            .map(ResourceJson::of)
                            .toList())));
                })));
    }
}
