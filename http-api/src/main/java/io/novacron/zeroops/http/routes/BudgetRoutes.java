package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathPrefix;

import akka.http.javadsl.server.Route;
import io.novacron.zeroops.http.json.BudgetAnomalyJson;
import io.novacron.zeroops.http.json.BudgetJson;
import io.novacron.zeroops.persistence.view.Views;
import java.util.List;

/** The money of the current month; how many nodes a tree may have, the budget itself bounds. */
record BudgetRoutes(Views views, ViewQueries queries) {
    record Page(List<BudgetJson> budgets) {}

    record AnomalyPage(List<BudgetAnomalyJson> anomalies) {}

    Route route() {
        return concat(
                path("budgets", this::budgets),
                pathPrefix("budget", () -> concat(path("status", this::budgets), path("anomalies", this::anomalies))));
    }

    private Route budgets() {
        return get(() -> extractRequest(request -> {
            QueryParameters.none(request);
            return completeWithFuture(queries.answer(
                    () -> new Page(views.budgets().stream().map(BudgetJson::of).toList())));
        }));
    }

    private Route anomalies() {
        return get(() -> extractRequest(request -> {
            QueryParameters.none(request);
            return completeWithFuture(queries.answer(() -> new AnomalyPage(
                    views.anomalies().stream().map(BudgetAnomalyJson::of).toList())));
        }));
    }
}
