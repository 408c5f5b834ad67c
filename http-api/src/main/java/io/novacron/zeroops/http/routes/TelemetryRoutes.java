package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.extractStrictEntity;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.Directives.withSizeLimit;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaType;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import io.novacron.zeroops.http.json.Problem;
import io.novacron.zeroops.runtime.signal.SignalSummary;
import io.novacron.zeroops.runtime.signal.intake.IntakeException;
import io.novacron.zeroops.runtime.signal.intake.TelemetryIntake;
import io.novacron.zeroops.runtime.signal.intake.TelemetryIntake.Summary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Telemetry comes in, as Prometheus sends it or as JSON; and what it shows, on all nodes. */
record TelemetryRoutes(Operations operations) {
    private static final int LIMIT = 100;
    private static final Set<String> JSON = Set.of("application/json", "application/x-ndjson");
    private static final Set<String> PROTOBUF = Set.of("application/x-protobuf");

    /** Prometheus backs off by itself; this is for other senders. */
    private static final RawHeader RETRY_AFTER = RawHeader.create("Retry-After", "1");

    /** What became of samples. */
    record Taken(int samples, Map<String, Long> dropped) {}

    /** Where senders of Prometheus' remote write look for it. */
    Route write() {
        return path("write", () -> post(() -> body(PROTOBUF, this::write)));
    }

    Route route() {
        return concat(
                path("telemetry", () -> post(() -> body(JSON, this::telemetry))),
                path(
                        "signals",
                        () -> get(() -> extractRequest(request -> {
                            int limit = new QueryParameters(request, List.of("limit"))
                                    .limit(LIMIT, SignalSummary.SIGNALS_MAX);
                            return completeWithFuture(operations.signals(limit).thenApply(Responses::json));
                        }))));
    }

    private static Route body(Set<String> types, Function<byte[], CompletionStage<HttpResponse>> answer) {
        return withSizeLimit(
                TelemetryIntake.BODY_MAX,
                () -> extractStrictEntity(
                        Limits.scala(Limits.BODY), entity -> completeWithFuture(answer.apply(checked(types, entity)))));
    }

    /** Neither type can be sent by a page of another site without its being asked first whether it may. */
    private static byte[] checked(Set<String> types, HttpEntity.Strict entity) {
        MediaType type = entity.getContentType().mediaType();
        boolean isOther = entity.getContentType().toString().contains("io.prometheus.write.v2");
        if (isOther || !types.contains(type.mainType() + "/" + type.subType())) {
            throw RequestException.of(
                    415, "unsupported-media-type", "send Content-Type: " + String.join(" or ", new TreeSet<>(types)));
        }
        return entity.getData().toArrayUnsafe();
    }

    private CompletionStage<HttpResponse> write(byte[] body) {
        return operations
                .intake()
                .remoteWrite(body)
                .handle((summary, failure) ->
                        failure == null ? Responses.live(HttpResponse.create().withStatus(204)) : refused(failure));
    }

    private CompletionStage<HttpResponse> telemetry(byte[] body) {
        return operations.intake().json(body).handle(TelemetryRoutes::answer);
    }

    private static HttpResponse answer(@Nullable Summary summary, @Nullable Throwable failure) {
        if (summary == null) {
            return refused(failure);
        }
        Map<String, Long> dropped = new TreeMap<>();
        summary.dropped().forEach((why, count) -> dropped.put(why.name().toLowerCase(Locale.ROOT), (long) count));
        return Responses.json(new Taken(summary.samples(), dropped));
    }

    private static HttpResponse refused(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        if (!(cause instanceof IntakeException refused)) {
            throw new CompletionException(cause); // a fault of ours, which Problems answers
        }
        String detail = String.valueOf(refused.getMessage());
        return switch (refused.reason()) {
            case MALFORMED -> Responses.problem(Problem.of(400, "malformed-body", detail));
            case TOO_LARGE -> Responses.problem(Problem.of(413, "content-too-large", detail));
            case OVERLOADED -> Responses.problem(Problem.of(503, "overloaded", detail), List.of(RETRY_AFTER));
        };
    }
}
