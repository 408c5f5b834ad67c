package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.PathMatchers.segments;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.Accept;
import akka.http.javadsl.server.Route;
import io.novacron.zeroops.http.json.DecisionDetail;
import io.novacron.zeroops.http.json.DecisionSummary;
import io.novacron.zeroops.http.json.Problem;
import io.novacron.zeroops.persistence.view.DecisionQuery;
import io.novacron.zeroops.persistence.view.DecisionView;
import io.novacron.zeroops.persistence.view.Views;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What was decided: a list, one in full, and as it happens. */
record DecisionRoutes(Views views, ViewQueries queries, DecisionStream stream) {
    private static final int LIMIT = 50;

    private static final List<String> FILTERS =
            List.of("limit", "resource", "agent", "since", "until", "verdict", "cause", "before");

    /** @param next what to give as {@code before} for the page after this; empty on the last */
    record Page(List<DecisionSummary> decisions, Optional<Long> next) {}

    Route route() {
        return pathPrefix(
                "decisions",
                () -> concat(
                        pathEnd(() -> get(() -> extractRequest(
                                request -> wantsStream(request) ? stream.route(request) : list(request)))),
                        path("stream", () -> get(() -> extractRequest(stream::route))),
                        path(
                                segments(),
                                parts -> get(() -> extractRequest(request -> one(request, String.join("/", parts)))))));
    }

    private static boolean wantsStream(HttpRequest request) {
        return StreamSupport.stream(request.getHeaders().spliterator(), false)
                .filter(Accept.class::isInstance)
                .flatMap(accept ->
                        StreamSupport.stream(((Accept) accept).getMediaRanges().spliterator(), false))
                .anyMatch(range -> range.toString().startsWith("text/event-stream"));
    }

    private Route list(HttpRequest request) {
        var parameters = new QueryParameters(request, FILTERS);
        Optional<Instant> since = parameters.instant("since");
        Optional<Instant> until = parameters.instant("until");
        if (since.isPresent() && until.isPresent() && !since.get().isBefore(until.get())) {
            throw RequestException.invalid("until", until.get().toString(), "use an instant after since");
        }
        var query = new DecisionQuery(
                parameters.address("resource"),
                parameters.address("agent"),
                since,
                until,
                parameters.verdict(),
                parameters.address("cause"),
                parameters.wholeNumber("before", 0, Long.MAX_VALUE),
                parameters.limit(LIMIT, DecisionQuery.LIMIT_MAX));
        return completeWithFuture(queries.answer(() -> page(query)));
    }

    private Page page(DecisionQuery query) {
        List<DecisionView> found = views.decisions(query);
        Optional<Long> next = found.size() < query.limit()
                ? Optional.empty()
                : Optional.of(found.get(found.size() - 1).ordering());
        return new Page(found.stream().map(DecisionSummary::of).toList(), next);
    }

    private Route one(HttpRequest request, String id) {
        QueryParameters.none(request);
        Ids.checked("decision_id", id);
        return completeWithFuture(queries.answer(() -> views.decision(id)
                .map(DecisionRoutes::whole)
                .orElseThrow(() -> new RequestException(Problem.of(
                        404, "not-found", "there is no decision " + id + ", or the views do not know it yet")))));
    }

    /** Who wants all of it is told where the rest is: half of its votes would look like all of them. */
    private static DecisionDetail whole(DecisionView view) {
        if (view.whereArchived().isPresent()) {
            throw new RequestException(Problem.of(
                    410,
                    "archived",
                    "rows of decision " + view.decision() + " are "
                            + view.whereArchived().get()
                            + "; the list of decisions has what was decided and what came of it"));
        }
        return DecisionDetail.of(view);
    }
}
