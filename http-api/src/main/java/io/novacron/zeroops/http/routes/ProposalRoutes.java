package io.novacron.zeroops.http.routes;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.extractStrictEntity;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.post;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.http.json.Problem;
import io.novacron.zeroops.persistence.view.ResourceView;
import io.novacron.zeroops.persistence.view.Views;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/**
 * Changes that are proposed from outside, and decided on as any other. Answered once the decision is journaled; the same id
 * again is answered with the same decision.
 */
record ProposalRoutes(Operations operations, Views views, ViewQueries queries) {
    private static final List<HttpHeader> RETRY = List.of(RawHeader.create("Retry-After", "1"));

    /**
     * How a decision is, as far as this node knows.
     *
     * @param state {@code pending} or {@code ended}; all after it is there once it has ended
     */
    record Accepted(
            String decisionId,
            String state,
            Optional<Verdict> verdict,
            Optional<String> constraint,
            Optional<Change.End> end) {}

    Route route() {
        return path(
                "decisions",
                () -> post(() -> extractRequest(request -> {
                    QueryParameters.none(request);
                    return extractStrictEntity(
                            Limits.scala(Limits.BODY),
                            entity -> completeWithFuture(propose(ChangeRequest.of(entity, operations::priced))));
                })));
    }

    private CompletionStage<HttpResponse> propose(ChangeRequest request) {
        return queries.ask(() -> proposal(request))
                .thenCompose(operations::propose)
                .handle((reply, failure) -> failure == null ? answer(request, reply) : failed(failure));
    }

    /**
     * The instances are read before the decision: where they are already what was wanted because of it, it is known, since
     * views know what was journaled before.
     */
    private Proposal proposal(ChangeRequest request) {
        var now = operations.status().now();
        if (!request.dependsOnInstances()) {
            return request.proposal(0, now);
        }
        Optional<ResourceView> resource = views.resource(request.resource());
        Optional<Proposal> first = views.decision(request.decision())
                .flatMap(view -> view.state().course())
                .map(course -> course.proposal());
        if (first.isPresent()) {
            return request.again(first.get());
        }
        int from = resource.map(view -> view.state().instances())
                .orElseThrow(() -> RequestException.of(
                        404, "not-found", "nothing is known of " + request.resource() + ", or not yet"));
        if (from == request.instances()) {
            throw RequestException.of(409, "nothing-to-do", request.resource() + " has " + from + " instances already");
        }
        return request.proposal(from, now);
    }

    private static HttpResponse answer(ChangeRequest request, Reply reply) {
        return switch (reply.kind()) {
            case DONE ->
                Responses.json(202, accepted(request, reply))
                        .addHeader(RawHeader.create(
                                "Location", "/api/zeroops/operations/decisions/" + request.decision()));
            case NOT_NOW ->
                Responses.problem(
                        Problem.of(503, "not-now", reply.code() + ": nothing was decided; send it again"), RETRY);
            case REFUSED -> Responses.problem(Problem.of(409, problem(reply.code()), detail(request, reply.code())));
        };
    }

    private static Accepted accepted(ChangeRequest request, Reply reply) {
        return reply.answer() instanceof Progress.Ended ended
                ? new Accepted(
                        request.decision(),
                        "ended",
                        Optional.of(ended.verdict()),
                        Optional.of(ended.constraint()),
                        Optional.of(ended.change().end()))
                : new Accepted(request.decision(), "pending", Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String problem(String code) {
        return code.equals("decision_id_taken") ? "id-taken" : "refused";
    }

    private static String detail(ChangeRequest request, String code) {
        return code.equals("decision_id_taken")
                ? "id " + request.id() + " is that of another request: use an id of its own for each"
                : code;
    }

    /** Nobody knows whether it was journaled: the same id again finds out. */
    private static HttpResponse failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            return Responses.problem(
                    Problem.of(
                            504,
                            "outcome-unknown",
                            "the decision may have been opened or not; send the same again, with the same id"),
                    RETRY);
        } else if (cause instanceof RequestException refused) {
            return Responses.problem(refused.problem(), refused.problem().status() == 503 ? RETRY : List.of());
        }
        throw new CompletionException(cause);
    }
}
