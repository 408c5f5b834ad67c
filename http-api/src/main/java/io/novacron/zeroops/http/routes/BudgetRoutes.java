package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static java.nio.charset.StandardCharsets.UTF_8;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import io.novacron.zeroops.http.json.BudgetAnomalyJson;
import io.novacron.zeroops.http.json.BudgetJson;
import io.novacron.zeroops.http.json.Focus;
import io.novacron.zeroops.persistence.view.SpendHistory;
import io.novacron.zeroops.persistence.view.Views;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The money of the current month; how many nodes a tree may have, the budget itself bounds. */
record BudgetRoutes(Operations operations, Views views, ViewQueries queries) {
    private static final int RECORDS_DEFAULT = 100;
    private static final int RECORDS_MAX = 1_000;

    record Page(List<BudgetJson> budgets) {}

    record AnomalyPage(List<BudgetAnomalyJson> anomalies) {}

    /**
     * Bills.
     *
     * @param next what to give as {@code after} for the page that follows; empty if there is none yet
     * @param isWhole whether all bills before these are kept
     */
    record RecordPage(Optional<Long> next, boolean isWhole, List<Map<String, @Nullable Object>> records) {}

    Route route() {
        return concat(
                path("budgets", this::budgets),
                pathPrefix(
                        "budget",
                        () -> concat(
                                path("status", this::budgets),
                                path("anomalies", this::anomalies),
                                path("records", this::records),
                                path("reallocations", () -> new ReallocationRoute(operations).route()))));
    }

    private Route budgets() {
        return get(() -> extractRequest(request -> {
            QueryParameters.none(request);
            return completeWithFuture(queries.answer(() -> new Page(views.budgets().stream()
                    .map(view -> BudgetJson.of(view, operations.forecast(view.node())))
                    .toList())));
        }));
    }

    private Route anomalies() {
        return get(() -> extractRequest(request -> {
            QueryParameters.none(request);
            return completeWithFuture(queries.answer(() -> new AnomalyPage(
                    views.anomalies().stream().map(BudgetAnomalyJson::of).toList())));
        }));
    }

    private Route records() {
        return get(() -> extractRequest(request -> completeWithFuture(records(request))));
    }

    private CompletionStage<HttpResponse> records(HttpRequest request) {
        var query = new QueryParameters(request, List.of("since", "until", "after", "limit"));
        Instant since = query.instant("since").orElse(Instant.MIN);
        Instant until = query.instant("until").orElse(Instant.MAX);
        long after = query.wholeNumber("after", 0, Long.MAX_VALUE).orElse(0L);
        int limit = query.limit(RECORDS_DEFAULT, RECORDS_MAX);
        boolean isCsv = request.getHeader("Accept")
                .map(HttpHeader::value)
                .filter(accept -> accept.contains("text/csv"))
                .isPresent();
        return queries.ask(() -> {
            SpendHistory.Page page = operations.bills(since, until, after, limit);
            Optional<Long> next =
                    Optional.of(page.next()).filter(n -> page.records().size() == limit);
            return isCsv ? csv(request, page, next) : json(page, next);
        });
    }

    private static HttpResponse json(SpendHistory.Page page, Optional<Long> next) {
        return Responses.json(new RecordPage(
                next, page.isWhole(), page.records().stream().map(Focus::values).toList()));
    }

    /** The next page is named as RFC 8288 has it. */
    private static HttpResponse csv(HttpRequest request, SpendHistory.Page page, Optional<Long> next) {
        String lines = page.records().stream().map(Focus::line).collect(Collectors.joining("", Focus.HEADER, ""));
        HttpResponse response =
                Responses.live(HttpResponse.create().withEntity(ContentTypes.TEXT_CSV_UTF8, lines.getBytes(UTF_8)));
        return next.map(number -> response.addHeader(
                        RawHeader.create("Link", "<" + following(request, number) + ">; rel=\"next\"")))
                .orElse(response);
    }

    private static String following(HttpRequest request, long next) {
        var uri = request.getUri();
        String others = uri.query().toList().stream()
                .filter(parameter -> !parameter.first().equals("after"))
                .map(parameter -> parameter.first() + "=" + parameter.second() + "&")
                .collect(Collectors.joining());
        return uri.path() + "?" + others + "after=" + next;
    }
}
