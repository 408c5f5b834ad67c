package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;

import akka.http.javadsl.server.Route;
import io.novacron.zeroops.http.json.ResourceJson;
import io.novacron.zeroops.persistence.view.Views;
import java.util.List;
import java.util.Optional;

/** Workloads, VMs and hosts, as their journal tells them. */
record ResourceRoutes(Views views, ViewQueries queries) {
    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 1000;

    /** @param next what to give as {@code after} for the page after this; empty on the last */
    record Page(List<ResourceJson> resources, Optional<String> next) {}

    Route route() {
        return path(
                "resources",
                () -> get(() -> extractRequest(request -> {
                    var parameters = new QueryParameters(request, List.of("limit", "after"));
                    int limit = parameters.limit(LIMIT, LIMIT_MAX);
                    String after = parameters.address("after").orElse("");
                    return completeWithFuture(queries.answer(() -> page(after, limit)));
                })));
    }

    private Page page(String after, int limit) {
        List<ResourceJson> found =
                views.resources(after, limit).stream().map(ResourceJson::of).toList();
        return new Page(
                found,
                found.size() < limit
                        ? Optional.empty()
                        : Optional.of(found.get(found.size() - 1).resource()));
    }
}
