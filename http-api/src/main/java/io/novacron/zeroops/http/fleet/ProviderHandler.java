package io.novacron.zeroops.http.fleet;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.Authorization;
import akka.http.scaladsl.model.EntityStreamException;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.stream.Materializer;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.novacron.zeroops.http.json.Json;
import io.novacron.zeroops.http.json.Problem;
import io.novacron.zeroops.runtime.provider.ProtocolException;
import io.novacron.zeroops.runtime.provider.ProviderProtocol;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol's paths, server's side.
 *
 * @param problem why nothing is done now; empty if all is well
 * @param token that every request but the one for health must bear
 * @param queries reads the database
 */
record ProviderHandler(
        ProviderService service,
        BillBook bills,
        Supplier<Optional<String>> problem,
        Optional<String> token,
        Materializer materializer,
        Executor queries) {
    private static final Duration BODY_MAX = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(ProviderHandler.class);

    CompletionStage<HttpResponse> handle(HttpRequest request) {
        String path = request.getUri().path();
        try {
            return switch (path) {
                case ProviderProtocol.OPERATIONS -> required(request, HttpMethods.POST, () -> operation(request));
                case ProviderProtocol.RESOURCES ->
                    request.method().equals(HttpMethods.POST)
                            ? required(request, HttpMethods.POST, () -> look(request))
                            : required(request, HttpMethods.GET, () -> resources(request));
                case ProviderProtocol.BILLS -> required(request, HttpMethods.GET, () -> bills(request));
                case ProviderProtocol.HEALTH -> discarded(request, health());
                default -> discarded(request, problem(404, "not-found", "there is nothing at this path"));
            };
        } catch (Refused e) {
            return discarded(request, e.response);
        }
    }

    /** A request that is answered with a problem. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient HttpResponse response;

        Refused(HttpResponse response) {
            super(response.status().toString(), null, false, false);
            this.response = response;
        }

        static Refused invalid(String field, String value, String remedy) {
            return new Refused(problem(Problem.invalid(field, value, remedy)));
        }
    }

    private CompletionStage<HttpResponse> required(
            HttpRequest request, HttpMethod method, Supplier<CompletionStage<HttpResponse>> answer) {
        if (!request.method().equals(method)) {
            throw new Refused(problem(405, "method-not-allowed", "this path allows only " + method.value()));
        } else if (token.isPresent() && !bears(request, token.get())) {
            throw new Refused(problem(401, "unauthorized", "send Authorization: Bearer and the token"));
        }
        return answer.get().exceptionally(ProviderHandler::failed);
    }

    private static boolean bears(HttpRequest request, String token) {
        String given = request.getHeader(Authorization.class)
                .map(header -> header.credentials().token())
                .orElse("");
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse failed(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof Refused refused) {
            return refused.response;
        } else if (cause instanceof ProviderService.LostException) {
            return cutOff();
        } else if (cause instanceof EntityStreamException || cause instanceof EntityStreamSizeException) {
            return problem(413, "content-too-large", "the body is larger than it may be, or did not come in time");
        }
        LOG.error("a request failed", cause);
        return problem(500, "internal-error", "this is a fault of the fleet's; its log tells more");
    }

    /** Says how long it is, and then breaks the connection. */
    private static HttpResponse cutOff() {
        return HttpResponse.create()
                .withEntity(HttpEntities.create(
                        ContentTypes.APPLICATION_JSON, 1L, Source.failed(new ProviderService.LostException())));
    }

    private CompletionStage<HttpResponse> operation(HttpRequest request) {
        return body(request, ProviderProtocol.REQUEST_BYTES_MAX, ProviderProtocol::readRequest)
                .thenCompose(service::operate)
                .thenApply(outcome -> json(ProviderProtocol.answer(outcome)));
    }

    private CompletionStage<HttpResponse> look(HttpRequest request) {
        return body(request, ProviderProtocol.LOOK_BYTES_MAX, ProviderProtocol::readLook)
                .thenCompose(service::look)
                .thenApply(seen -> json(ProviderProtocol.resources(seen)));
    }

    private interface Reader<T> {
        T of(byte[] body) throws ProtocolException;
    }

    private <T> CompletionStage<T> body(HttpRequest request, int bytesMax, Reader<T> reader) {
        return request.entity()
                .toStrict(BODY_MAX.toMillis(), bytesMax, materializer)
                .thenApply(entity -> {
                    try {
                        return reader.of(entity.getData().toArrayUnsafe());
                    } catch (ProtocolException e) {
                        throw Refused.invalid(e.field(), e.value(), e.remedy());
                    }
                });
    }

    private CompletionStage<HttpResponse> resources(HttpRequest request) {
        String after = request.getUri().query().get("after").orElse("");
        int limit = (int) number(request, "limit", ProviderProtocol.PAGE_MAX, 1, ProviderProtocol.PAGE_MAX);
        request.discardEntityBytes(materializer);
        return service.resources(after, limit).thenApply(page -> json(ProviderProtocol.resources(page)));
    }

    private CompletionStage<HttpResponse> bills(HttpRequest request) {
        long after = number(request, "after", 0, 0, Long.MAX_VALUE);
        int limit = (int) number(request, "limit", ProviderProtocol.PAGE_MAX, 1, ProviderProtocol.PAGE_MAX);
        request.discardEntityBytes(materializer);
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return json(ProviderProtocol.bills(bills.after(after, limit)));
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                },
                queries);
    }

    private static long number(HttpRequest request, String name, long missing, long min, long max) {
        String text = request.getUri().query().get(name).orElse(Long.toString(missing));
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw Refused.invalid(name, text, "use a whole number from " + min + " to " + max);
    }

    /** @param status {@code up}, or {@code down} with the {@code problem} */
    record Health(String status, String problem) {}

    private HttpResponse health() {
        return problem.get()
                .map(why -> json(new Health("down", why)).withStatus(503))
                .orElseGet(() -> json(new Health("up", "")));
    }

    private CompletionStage<HttpResponse> discarded(HttpRequest request, HttpResponse response) {
        request.discardEntityBytes(materializer);
        return CompletableFuture.completedFuture(response);
    }

    private static HttpResponse json(Object value) {
        return json(Json.write(value).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse json(byte[] body) {
        return HttpResponse.create().withEntity(ContentTypes.APPLICATION_JSON, ByteString.fromArray(body));
    }

    private static HttpResponse problem(int status, String name, String detail) {
        return problem(Problem.of(status, name, detail));
    }

    private static HttpResponse problem(Problem problem) {
        return HttpResponse.create()
                .withStatus(problem.status())
                .withEntity(HttpEntities.create(
                        MediaTypes.applicationWithFixedCharset(
                                        "problem+json", akka.http.javadsl.model.HttpCharsets.UTF_8)
                                .toContentType(),
                        ByteString.fromString(Json.write(problem))));
    }
}
