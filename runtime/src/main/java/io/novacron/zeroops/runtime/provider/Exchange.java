package io.novacron.zeroops.runtime.provider;

import io.novacron.zeroops.agents.core.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One request and its whole answer, in bounded time and memory. What goes wrong is told as the outcome that an operation would
 * have: {@code Failed} only if the provider certainly took nothing in, or said that it did nothing.
 */
final class Exchange {
    /** Requests under way at once; one more is turned away as {@code provider_busy}. */
    static final int IN_FLIGHT_MAX = 1_024;

    /** Bytes of an answer: a page of resources whose addresses are as long as they may be. */
    static final int ANSWER_BYTES_MAX = 2 << 20;

    private static final int TOKEN_BYTES_MAX = 8 << 10;

    private final HttpClient client;
    private final HttpProviderOptions options;
    private final Executor executor;
    private final AtomicInteger inFlight = new AtomicInteger();

    Exchange(HttpProviderOptions options, Executor executor) {
        this.options = options;
        this.executor = executor;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER) // a change must not be sent where nobody meant it to go
                .connectTimeout(options.connectTimeout())
                .executor(executor)
                .build();
    }

    /** Why there is no answer to be read; without a trace, since the network is no bug. */
    static final class NoAnswer extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Outcome outcome;

        NoAnswer(Outcome outcome) {
            super(outcome.toString(), null, false, false);
            this.outcome = outcome;
        }

        Outcome outcome() {
            return outcome;
        }

        static Outcome of(Throwable thrown) {
            Throwable cause =
                    thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
            return cause instanceof NoAnswer known ? known.outcome() : outcome(cause);
        }

        private static Outcome outcome(Throwable cause) {
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnresolvedAddressException) {
                return new Outcome.Failed("provider_unreachable", true);
            } else if (cause instanceof TimeoutException) {
                return new Outcome.Unknown("timeout");
            } else if (cause instanceof BoundedBody.TooLarge) {
                return new Outcome.Unknown("answer_too_large");
            } else if (cause instanceof ProtocolException) {
                return new Outcome.Unknown("answer_malformed");
            }
            return new Outcome.Unknown("connection_lost");
        }
    }

    CompletableFuture<byte[]> post(String path, byte[] body, Duration held) {
        return send(path, request -> request.POST(BodyPublishers.ofByteArray(body)), held);
    }

    CompletableFuture<byte[]> get(String path) {
        return send(path, HttpRequest.Builder::GET, Duration.ZERO);
    }

    private interface Method {
        void set(HttpRequest.Builder request);
    }

    /** The body of an answer of status 200; else it fails with {@link NoAnswer}, always on the executor. */
    private CompletableFuture<byte[]> send(String path, Method method, Duration held) {
        if (inFlight.incrementAndGet() > IN_FLIGHT_MAX) {
            inFlight.decrementAndGet();
            return CompletableFuture.failedFuture(new NoAnswer(new Outcome.Failed("provider_busy", true)));
        }
        return CompletableFuture.supplyAsync(() -> request(path, method), executor) // a file may be read
                .thenCompose(request -> sent(request, options.callTimeout().plus(held)))
                .whenComplete((body, failure) -> inFlight.decrementAndGet());
    }

    private HttpRequest request(String path, Method method) {
        var request = HttpRequest.newBuilder(options.at(path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
        options.tokenFile().ifPresent(file -> request.header("Authorization", "Bearer " + token(file)));
        method.set(request);
        return request.build();
    }

    /** Read each time, so that a new token needs no restart. */
    private static String token(Path file) {
        try (var in = Files.newInputStream(file)) {
            String token = new String(in.readNBytes(TOKEN_BYTES_MAX), StandardCharsets.US_ASCII).strip();
            if (!token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                return token;
            }
        } catch (IOException e) {
            throw new NoAnswer(new Outcome.Failed("token_unreadable", true));
        }
        throw new NoAnswer(new Outcome.Failed("token_malformed", true));
    }

    private CompletableFuture<byte[]> sent(HttpRequest request, Duration timeout) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, BoundedBody.handler(ANSWER_BYTES_MAX));
        return exchange.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handleAsync(
                        (response, failure) -> {
                            if (failure != null) {
                                exchange.cancel(true); // gives the connection back
                                throw new NoAnswer(NoAnswer.of(failure));
                            }
                            return body(response);
                        },
                        executor);
    }

    private static byte[] body(HttpResponse<byte[]> response) {
        Optional<Outcome> refusal = refusal(response.statusCode());
        if (refusal.isPresent()) {
            throw new NoAnswer(refusal.get());
        }
        return response.body();
    }

    /** What a status says of an operation; a gateway's may come after the provider has taken it in. */
    private static Optional<Outcome> refusal(int status) {
        return switch (status) {
            case 200 -> Optional.empty();
            case 400, 413, 422 -> Optional.of(new Outcome.Failed("http_" + status, false));
            case 401, 403, 404, 408, 429, 503 -> Optional.of(new Outcome.Failed("http_" + status, true));
            default -> Optional.of(new Outcome.Unknown("http_" + status));
        };
    }
}
