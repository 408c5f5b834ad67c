package io.novacron.zeroops.http.routes;

import akka.http.javadsl.model.HttpResponse;
import io.novacron.zeroops.http.json.Problem;
import io.novacron.zeroops.persistence.thread.DaemonThreads;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Threads of their own for queries that wait for the database, so that they hold up neither agents nor other requests.
 * Few, since more than the database can serve at once only wait there; what more is asked waits here, to a bound.
 */
final class ViewQueries implements AutoCloseable {
    private static final int THREADS = 4;
    static final int WAITING_MAX = 128;

    private final ThreadPoolExecutor threads;

    ViewQueries() {
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                DaemonThreads.numbered("zeroops-http-view"));
    }

    /** What the query brings; fails with a {@link RequestException} if too many wait. */
    <T> CompletionStage<T> ask(Supplier<T> query) {
        try {
            return CompletableFuture.supplyAsync(query, threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new RequestException(overloaded()));
        }
    }

    private static Problem overloaded() {
        return Problem.of(503, "overloaded", WAITING_MAX + " queries wait already; ask again later, or less often");
    }

    /** Answers with what the query brings, as JSON, which is written there too. */
    CompletionStage<HttpResponse> answer(Supplier<Object> query) {
        try {
            return CompletableFuture.supplyAsync(() -> Responses.json(query.get()), threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(Responses.problem(overloaded()));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
