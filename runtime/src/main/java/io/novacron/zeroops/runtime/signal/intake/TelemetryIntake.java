package io.novacron.zeroops.runtime.signal.intake;

import io.novacron.zeroops.persistence.thread.DaemonThreads;
import io.novacron.zeroops.runtime.signal.BatchBuilder;
import io.novacron.zeroops.runtime.signal.Dropped;
import io.novacron.zeroops.runtime.signal.LongAdders;
import io.novacron.zeroops.runtime.signal.Shards;
import io.novacron.zeroops.runtime.signal.SignalRouter;
import io.novacron.zeroops.runtime.signal.TelemetryPolicy;
import io.novacron.zeroops.runtime.signal.intake.IntakeException.Reason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes requests with telemetry: reads each wholly, and only then hands its samples on, a batch for each shard. A few threads
 * of its own do it, so that a flood of samples leaves the processors to others, too; what they cannot do at once waits, to a
 * bound, and what comes beyond it is refused.
 */
public final class TelemetryIntake implements AutoCloseable {
    /** Requests that wait; each of at most {@link RemoteWrite#COMPRESSED_MAX} bytes. */
    public static final int WAITING_MAX = 64;

    /** The largest body, in bytes. */
    public static final int BODY_MAX = RemoteWrite.COMPRESSED_MAX;

    private final SeriesTable table;
    private final SignalRouter router;
    private final LongAdder received = new LongAdder();
    private final LongAdder[] dropped = LongAdders.of(Dropped.count());
    private final LongAdder[] refused = LongAdders.of(Reason.values().length);
    private final ThreadLocal<Worker> workers;
    private final ThreadPoolExecutor threads;

    /** What became of a request: how many samples were handed on, and why others were not. */
    public record Summary(int samples, Map<Dropped, Integer> dropped) {}

    /** @param threads that read requests */
    public TelemetryIntake(TelemetryPolicy policy, SignalRouter router, int threads) {
        this.table = new SeriesTable(policy.series());
        this.router = router;
        this.workers = ThreadLocal.withInitial(Worker::new);
        this.threads = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                DaemonThreads.numbered("zeroops-telemetry"));
    }

    private interface Reading {
        void read(Worker worker) throws IntakeException;
    }

    /** What a thread reuses. */
    private final class Worker {
        final RemoteWrite remoteWrite = new RemoteWrite(table);
        final BatchBuilder batches = new BatchBuilder();
        final int[] dropped = new int[Dropped.count()];
    }

    /** A request of remote write 1.0; fails with {@link IntakeException}. */
    public CompletionStage<Summary> remoteWrite(byte[] body) {
        return later(worker -> worker.remoteWrite.read(body, worker.batches, worker.dropped));
    }

    /** Samples as JSON, see {@link JsonSamples}; fails with {@link IntakeException}. */
    public CompletionStage<Summary> json(byte[] body) {
        return later(worker -> JsonSamples.read(body, worker.batches, worker.dropped));
    }

    private CompletionStage<Summary> later(Reading reading) {
        var done = new CompletableFuture<Summary>();
        try {
            threads.execute(() -> {
                try {
                    done.complete(take(reading));
                } catch (IntakeException e) {
                    refused[e.reason().index()].increment();
                    done.completeExceptionally(e);
                } catch (RuntimeException e) {
                    done.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            refused[Reason.OVERLOADED.index()].increment();
            done.completeExceptionally(new IntakeException(
                    Reason.OVERLOADED, WAITING_MAX + " requests wait already: send this again later"));
        }
        return done;
    }

    private Summary take(Reading reading) throws IntakeException {
        Worker worker = workers.get();
        try {
            reading.read(worker);
            return route(worker);
        } finally {
            worker.batches.clear(); // of what was refused something may be left
            Arrays.fill(worker.dropped, 0);
        }
    }

    /** Threads begin with different shards, so as not to wait for each other at every one. */
    private Summary route(Worker worker) throws IntakeException {
        int first = (int) (Thread.currentThread().getId() * 31 % Shards.COUNT);
        int samples = 0;
        for (int i = 0; i < Shards.COUNT; i++) {
            int shard = (first + i) % Shards.COUNT;
            int count = worker.batches.samples(shard);
            if (count > 0) {
                if (!router.accept(shard, worker.batches.take(shard))) {
                    throw new IntakeException(Reason.OVERLOADED, "a shard has no room: send this again later");
                }
                samples += count;
            }
        }
        received.add(samples);
        Map<Dropped, Integer> why = new EnumMap<>(Dropped.class);
        for (Dropped reason : Dropped.values()) {
            int count = worker.dropped[reason.index()];
            if (count > 0) {
                why.put(reason, count);
                dropped[reason.index()].add(count);
            }
        }
        return new Summary(samples, why);
    }

    /** Samples handed on. */
    public long received() {
        return received.sum();
    }

    /** Samples that meant nothing here. */
    public long dropped(Dropped why) {
        return dropped[why.index()].sum();
    }

    /** Requests of which nothing was taken, or not all. */
    public long refused(Reason why) {
        return refused[why.index()].sum();
    }

    @Override
    public void close() {
        threads.shutdownNow(); // the senders of what waits send it again
    }
}
