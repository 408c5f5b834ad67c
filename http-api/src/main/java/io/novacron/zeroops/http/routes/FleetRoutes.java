package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.server.Route;
import io.novacron.zeroops.http.json.Problem;
import io.novacron.zeroops.http.routes.Operations.Point;
import java.util.List;

/** The fleet as it is served now, and how each workload came there. */
record FleetRoutes(Operations operations) {

    /** In columns of equal length, as charts take them, the oldest first; {@code at} in milliseconds since 1970. */
    record History(
            String workload,
            List<Long> atEpochMs,
            List<Double> loadPerS,
            List<Double> expectedPeakPerS,
            List<Double> safeCapacityPerS) {
        static History of(String workload, List<Point> points) {
            return new History(
                    workload,
                    points.stream().map(p -> p.at().toEpochMilli()).toList(),
                    points.stream().map(Point::loadPerS).toList(),
                    points.stream().map(Point::expectedPeakPerS).toList(),
                    points.stream().map(Point::safeCapacityPerS).toList());
        }
    }

    Route route() {
        return pathPrefix(
                "fleet",
                () -> concat(
                        pathEnd(() -> get(() -> extractRequest(request -> {
                            QueryParameters.none(request);
                            return complete(Responses.json(operations.fleet()));
                        }))),
                        path(
                                segment().slash("history"),
                                workload -> get(() -> extractRequest(request -> history(workload, request))))));
    }

    private Route history(String workload, HttpRequest request) {
        Ids.checked("workload", workload);
        var since = new QueryParameters(request, List.of("since")).instant("since");
        List<Point> points = operations
                .history(workload, since)
                .orElseThrow(
                        () -> new RequestException(Problem.of(404, "not-found", "there is no workload " + workload)));
        int surplus = Math.max(0, points.size() - Operations.HISTORY_POINTS_MAX);
        return complete(Responses.json(History.of(workload, points.subList(surplus, points.size()))));
    }
}
