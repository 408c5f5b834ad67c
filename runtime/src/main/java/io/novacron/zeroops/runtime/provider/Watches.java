package io.novacron.zeroops.runtime.provider;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outbox;
import io.novacron.zeroops.agents.core.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Awaits, which a provider holds for some seconds only: each is asked again until its condition is met or cannot be. A host
 * runs what is pending anew at least once in {@link Outbox#LAST_RETRY}; a watch that nobody asked for any more for longer
 * ends.
 */
final class Watches {
    /** At once; one more is not answered, and its host asks again. */
    static final int COUNT_MAX = 512;

    private static final Duration PATIENCE = Outbox.LAST_RETRY.plusSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PAUSE_AFTER_TROUBLE = Duration.ofSeconds(1);

    private final Function<Effect.Call, CompletableFuture<Optional<Outcome>>> ask;
    private final Executor executor;
    private final Map<String, Watch> watches = new ConcurrentHashMap<>(); // by key
    private volatile boolean closed;

    /** @param ask one poll: empty while the condition is not met; never fails */
    Watches(Function<Effect.Call, CompletableFuture<Optional<Outcome>>> ask, Executor executor) {
        this.ask = ask;
        this.executor = executor;
    }

    private record Watch(Effect.Call call, Consumer<Outcome> ended, long askedAtNanos) {
        boolean isForgotten() {
            return System.nanoTime() - askedAtNanos > PATIENCE.toNanos();
        }
    }

    void add(Effect.Call call, Consumer<Outcome> ended) {
        if (closed || (watches.size() >= COUNT_MAX && !watches.containsKey(call.id()))) {
            return;
        }
        // Who asks again is told in the place of who asked before, which may be of a life that has ended.
        if (watches.put(call.id(), new Watch(call, ended, System.nanoTime())) == null) {
            poll(call);
        }
    }

    private void poll(Effect.Call call) {
        var unused = ask.apply(call).thenAccept(outcome -> polled(call, outcome));
    }

    private void polled(Effect.Call call, Optional<Outcome> outcome) {
        if (closed || (outcome.isPresent() && outcome.get().isFinal())) {
            Watch newest = watches.remove(call.id());
            if (newest != null && outcome.isPresent()) {
                newest.ended().accept(outcome.get());
            }
            return;
        }
        Watch watch = watches.get(call.id());
        if (watch == null || (watch.isForgotten() && watches.remove(call.id(), watch))) {
            return;
        }
        Duration pause = outcome.isPresent() ? PAUSE_AFTER_TROUBLE : PAUSE;
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, executor)
                .execute(() -> poll(call));
    }

    int count() {
        return watches.size();
    }

    void close() {
        closed = true;
        watches.clear();
    }
}
