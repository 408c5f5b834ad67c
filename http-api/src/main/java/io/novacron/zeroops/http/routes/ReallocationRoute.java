package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.extractStrictEntity;
import static akka.http.javadsl.server.Directives.post;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import io.novacron.zeroops.agents.budget.BudgetCommand.Reallocate;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.http.json.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** A part of one node's limit goes to a sibling. Answered once it is journaled. */
record ReallocationRoute(Operations operations) {
    private static final List<String> FIELDS = List.of("person", "from", "to", "amount_usd", "from_limit_usd");
    private static final String EXAMPLE = "{\"person\": \"p-17\", \"from\": \"batch\", \"to\": \"web\","
            + " \"amount_usd\": 500, \"from_limit_usd\": 2000}";
    private static final List<HttpHeader> RETRY = List.of(RawHeader.create("Retry-After", "1"));
    private static final int DECIMALS = 6;

    record Done(String result) {}

    Route route() {
        return post(() -> extractRequest(request -> {
            QueryParameters.none(request);
            return extractStrictEntity(Limits.scala(Limits.BODY), entity -> completeWithFuture(move(entity)));
        }));
    }

    private CompletionStage<HttpResponse> move(HttpEntity.Strict entity) {
        var body = JsonBody.of(entity, FIELDS, EXAMPLE);
        var move = new Reallocate(
                id(body, "person"),
                id(body, "from"),
                id(body, "to"),
                money(body, "amount_usd"),
                money(body, "from_limit_usd"));
        return operations
                .reallocate(move)
                .handle((reply, failure) -> failure == null ? answer(move, reply) : failed(failure));
    }

    private static String id(JsonBody body, String field) {
        return Ids.checked(field, body.text(field));
    }

    private static Money money(JsonBody body, String field) {
        BigDecimal least = BigDecimal.ONE.movePointLeft(DECIMALS);
        BigDecimal most = BigDecimal.valueOf(Node.LIMIT_MAX.micros(), DECIMALS).stripTrailingZeros();
        return new Money(body.decimal(field, least, most, DECIMALS)
                .movePointRight(DECIMALS)
                .longValueExact());
    }

    private static HttpResponse answer(Reallocate move, Reply reply) {
        return switch (reply.kind()) {
            case DONE -> Responses.json(new Done("moved"));
            case NOT_NOW ->
                Responses.problem(
                        Problem.of(503, "not-now", reply.code() + ": nothing was moved; send it again"), RETRY);
            case REFUSED -> Responses.problem(refusal(move, reply.code()));
        };
    }

    private static Problem refusal(Reallocate move, String code) {
        return switch (code) {
            case "unknown_node" ->
                Problem.of(
                        404,
                        "not-found",
                        "there is no budget " + move.from() + " or none " + move.to() + ": GET budget/status has all");
            case "same_node" -> Problem.invalid("to", move.to(), "name another node than from");
            case "not_siblings" ->
                Problem.invalid("to", move.to(), "name a node with the same parent as " + move.from());
            case "limit_out_of_range" ->
                Problem.invalid(
                        "amount_usd",
                        move.amount().toString(),
                        "move less: both limits stay above 0, and at most " + Node.LIMIT_MAX);
            case "limit_changed" ->
                Problem.of(
                        409,
                        "limit-changed",
                        "the limit of " + move.from() + " is not " + move.fromLimit()
                                + " (any more): look at GET budget/status, and send it again with that");
            case "limit_below_use" ->
                Problem.of(
                        409,
                        "limit-below-use",
                        move.from() + " uses what is to be moved: move less, or shrink what runs");
            default -> Problem.of(409, "refused", code);
        };
    }

    /** Nobody knows whether it was moved. The same again does it at most once, because it names the limit before. */
    private static HttpResponse failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return Responses.problem(
                    Problem.of(504, "outcome-unknown", "it may have been moved or not: send the same again"), RETRY);
        }
        throw new CompletionException(cause);
    }
}
