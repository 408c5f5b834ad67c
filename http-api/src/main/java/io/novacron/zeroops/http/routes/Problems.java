package io.novacron.zeroops.http.routes;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Allow;
import akka.http.javadsl.model.headers.Connection;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.RejectionHandler;
import akka.http.javadsl.server.Route;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.http.scaladsl.model.ExceptionWithErrorInfo;
import akka.http.scaladsl.model.IllegalRequestException;
import io.novacron.zeroops.http.json.Problem;
import io.novacron.zeroops.persistence.journal.JournalUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns everything that goes wrong into problem+json: refusals of routes, what they throw, silence, and Akka HTTP's own. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** Ties the answer to the log, which has the trace that clients do not see. */
    private static final AtomicLong REFERENCES = new AtomicLong();

    private Problems() {}

    static RejectionHandler rejections() {
        return RejectionHandler.defaultHandler().mapRejectionResponse(Problems::ofRejection);
    }

    static ExceptionHandler exceptions() {
        return ExceptionHandler.newBuilder().matchAny(Problems::ofException).build();
    }

    private static HttpResponse ofRejection(HttpResponse rejected) {
        int status = rejected.status().intValue();
        Optional<HttpHeader> allow = StreamSupport.stream(rejected.getHeaders().spliterator(), false)
                .filter(Allow.class::isInstance)
                .findFirst();
        Problem problem =
                switch (status) {
                    case 404 -> Problem.of(404, "not-found", "there is nothing at this path");
                    case 405 ->
                        Problem.of(
                                405,
                                "method-not-allowed",
                                "this path allows only "
                                        + allow.map(HttpHeader::value).orElse("other methods"));
                    default -> ofStatus(status, text(rejected));
                };
        return Responses.problem(problem, allow.map(List::of).orElse(List.of()));
    }

    private static String text(HttpResponse response) {
        return response.entity() instanceof HttpEntity.Strict strict
                ? strict.getData().utf8String()
                : response.status().reason();
    }

    /** Of what Akka HTTP itself found. */
    static Problem ofStatus(int status, String detail) {
        String name =
                switch (status) {
                    case 400 -> "bad-request";
                    case 408 -> "request-timeout";
                    case 413 -> "content-too-large";
                    case 414 -> "uri-too-long";
                    case 415 -> "unsupported-media-type";
                    case 431 -> "header-too-large";
                    case 501 -> "not-implemented";
                    default -> status < 500 ? "request-refused" : "server-error";
                };
        return Problem.of(status, name, detail);
    }

    private static Route ofException(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return Directives.complete(Responses.problem(problem(cause), closing(cause)));
    }

    private static Problem problem(Throwable cause) {
        if (cause instanceof RequestException refused) {
            return refused.problem();
        } else if (cause instanceof EntityStreamSizeException tooLarge) {
            return ofStatus(413, "the body is larger than " + tooLarge.limit() + " bytes");
        } else if (cause instanceof IllegalRequestException illegal) {
            int status = illegal.status().intValue();
            return ofStatus(
                    status,
                    status == 408
                            ? "the body did not come in time"
                            : illegal.info().summary());
        } else if (cause instanceof ExceptionWithErrorInfo malformed) {
            return ofStatus(400, malformed.info().summary());
        }
        if (cause instanceof JournalUnavailableException) { // readyz and the log say why
            return Problem.of(503, "journal-unavailable", "the journal's database does not answer; try again later");
        }
        long reference = REFERENCES.incrementAndGet();
        LOG.error("a request failed, reference {}", reference, cause);
        return Problem.of(
                500, "internal-error", "this is a fault of ours; the log tells more under reference " + reference);
    }

    /** What is left of the body is not worth reading; what may come to work is worth asking for again. */
    private static List<HttpHeader> closing(Throwable cause) {
        if (cause instanceof JournalUnavailableException) {
            return List.of(RawHeader.create("Retry-After", "1"));
        }
        return cause instanceof EntityStreamSizeException || cause instanceof IllegalRequestException
                ? List.of(Connection.create("close"))
                : List.of();
    }

    static HttpResponse timeout(Duration after) {
        return Responses.problem(
                Problem.of(503, "timeout", "there was no answer within " + after.toSeconds() + " s; try again later"));
    }
}
