package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.extractStrictEntity;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.post;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.provisioning.PooledVm;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.UndoStop;
import io.novacron.zeroops.http.json.PooledVmJson;
import io.novacron.zeroops.http.json.Problem;
import io.novacron.zeroops.persistence.view.Views;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** What pools give back, and the way to have it back. */
record ProvisioningRoutes(Operations operations, Views views, ViewQueries queries) {
    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 1_000;
    private static final List<String> FIELDS = List.of("token", "person");
    private static final String EXAMPLE = "{\"token\": \"pool/dev/17\", \"person\": \"p-17\"}";
    private static final List<HttpHeader> RETRY = List.of(RawHeader.create("Retry-After", "1"));
    private static final String POOL = "pool/";

    /** @param next what to give as {@code after} for the page after this; empty on the last */
    record Page(List<PooledVmJson> vms, Optional<String> next) {}

    record Accepted(String result) {}

    Route route() {
        return pathPrefix("provisioning", () -> concat(path("vms", this::vms), path("undo", this::undo)));
    }

    private Route vms() {
        return get(() -> extractRequest(request -> {
            var parameters = new QueryParameters(request, List.of("pool", "limit", "after"));
            int limit = parameters.limit(LIMIT, LIMIT_MAX);
            String after = parameters.address("after").orElse("");
            List<String> pools =
                    parameters.address("pool").map(pool -> List.of(known(pool))).orElseGet(operations::pools);
            return completeWithFuture(queries.answer(() -> page(pools, after, limit)));
        }));
    }

    private String known(String pool) {
        if (!operations.pools().contains(pool)) {
            throw RequestException.of(404, "not-found", noPool(pool));
        }
        return pool;
    }

    private String noPool(String pool) {
        return "there is no pool " + pool + "; the settings have "
                + (operations.pools().isEmpty() ? "none" : String.join(", ", operations.pools()));
    }

    /** A VM is of one pool at most, so that its address is a place in the list of all. */
    private Page page(List<String> pools, String after, int limit) {
        List<PooledVmJson> found = pools.stream()
                .flatMap(pool -> waiting(pool, after))
                .sorted(Comparator.comparing(PooledVmJson::vm))
                .limit(limit)
                .toList();
        return new Page(
                found,
                found.size() < limit
                        ? Optional.empty()
                        : Optional.of(found.get(found.size() - 1).vm()));
    }

    private Stream<PooledVmJson> waiting(String pool, String after) {
        Stream<PooledVm> known = views.pool(POOL + pool).vms().values().stream();
        return known.filter(vm -> vm.vm().compareTo(after) > 0).flatMap(vm -> PooledVmJson.of(pool, vm).stream());
    }

    private Route undo() {
        return post(() -> extractRequest(request -> {
            QueryParameters.none(request);
            return extractStrictEntity(Limits.scala(Limits.BODY), entity -> completeWithFuture(undo(entity)));
        }));
    }

    private CompletionStage<HttpResponse> undo(HttpEntity.Strict entity) {
        var body = JsonBody.of(entity, FIELDS, EXAMPLE);
        var undo = new UndoStop(Ids.checked("person", body.text("person")), Ids.checked("token", body.text("token")));
        String pool = poolOf(undo.token());
        if (!operations.pools().contains(pool)) {
            throw RequestException.of(404, "not-found", unknown(undo) + ": " + noPool(pool));
        }
        return operations
                .undoStop(POOL + pool, undo)
                .handle((reply, failure) -> failure == null ? answer(undo, reply) : failed(failure));
    }

    /** A token begins with the pool's address; empty for what is none. */
    private static String poolOf(String token) {
        int end = token.lastIndexOf('/');
        return token.startsWith(POOL) && end > POOL.length() ? token.substring(POOL.length(), end) : "";
    }

    private static String unknown(UndoStop undo) {
        return "nothing was stopped by " + undo.token();
    }

    private static HttpResponse answer(UndoStop undo, Reply reply) {
        return switch (reply.kind()) {
            case DONE -> Responses.json(new Accepted("accepted")).withStatus(StatusCodes.ACCEPTED);
            case NOT_NOW ->
                Responses.problem(
                        Problem.of(503, "not-now", reply.code() + ": nothing was asked for; send it again"), RETRY);
            case REFUSED -> Responses.problem(refusal(undo, reply.code()));
        };
    }

    private static Problem refusal(UndoStop undo, String code) {
        return switch (code) {
            case "unknown_token" ->
                Problem.of(
                        404,
                        "unknown-token",
                        unknown(undo)
                                + ", or it runs again, or is gone: GET provisioning/vms has what can be had back");
            case "grace_over" ->
                Problem.of(
                        409, "grace-over", "what " + undo.token() + " stopped is being deleted: restore its snapshot");
            default -> Problem.of(409, code.replace('_', '-'), "it is refused as " + code);
        };
    }

    private static HttpResponse failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return Responses.problem(
                    Problem.of(504, "outcome-unknown", "it may have been heard or not: send the same again"), RETRY);
        }
        throw new CompletionException(cause);
    }
}
