package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.extractStrictEntity;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.http.json.Problem;
import io.novacron.zeroops.persistence.view.Views;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** How the control plane is, and its switch. */
record OperationsRoutes(Operations operations, Views views, ViewQueries queries) {
    static final int REASON_MAX = 500;

    /** @param readUpTo how far the views have read the journal */
    record StatusJson(
            boolean ready,
            List<String> problems,
            String mode,
            boolean simulated,
            String version,
            Instant startedAt,
            Instant now,
            double speed,
            long journalEvents,
            long readUpTo,
            String settingsSha256,
            Views.Counts counts) {}

    record Done(String result) {}

    Route route() {
        return concat(
                path(
                        "status",
                        () -> get(() -> extractRequest(request -> {
                            QueryParameters.none(request);
                            return completeWithFuture(queries.answer(this::status));
                        }))),
                path("pause", () -> post(() -> reasoned(operations::pause, "paused"))),
                path("resume", () -> post(() -> reasoned(operations::resume, "resumed"))));
    }

    private StatusJson status() {
        Operations.Status status = operations.status();
        return new StatusJson(
                status.isReady(),
                status.problems(),
                status.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'), // as it is set
                operations.fleet().simulated(),
                status.version(),
                status.startedAt(),
                status.now(),
                status.speed(),
                status.journalEvents(),
                views.readUpTo().ordering(),
                status.settingsSha256(),
                views.counts());
    }

    private Route reasoned(Function<String, CompletionStage<Reply>> command, String done) {
        return extractStrictEntity(
                Limits.scala(Limits.BODY),
                entity -> completeWithFuture(command.apply(reason(entity)).thenApply(reply -> answer(reply, done))));
    }

    private static HttpResponse answer(Reply reply, String done) {
        return reply.accepted()
                ? Responses.json(new Done(done))
                : Responses.problem(Problem.of(409, "refused", reply.code()));
    }

    private static String reason(HttpEntity.Strict entity) {
        return JsonBody.of(entity, List.of("reason"), "{\"reason\": \"maintenance\"}")
                .line("reason", REASON_MAX);
    }
}
