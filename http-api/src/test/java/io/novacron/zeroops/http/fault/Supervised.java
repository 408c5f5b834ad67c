package io.novacron.zeroops.http.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process that is started anew one second after it ends, as {@code systemd} would with {@code Restart=always}, unless it
 * was stopped or was killed to stay down.
 */
final class Supervised implements AutoCloseable {
    private static final Duration RESTART_AFTER = Duration.ofSeconds(1);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(90);
    private static final int STARTS_MAX = 1_000;

    /** One end that nobody asked for. */
    record Exit(Instant at, int code) {}

    private final String name;
    private final Supplier<ProcessBuilder> command;
    private final List<Exit> exits = new ArrayList<>();
    private @Nullable Process process;
    private boolean wanted;
    private int starts;

    /** @param command asked for before each start */
    Supervised(String name, Supplier<ProcessBuilder> command) {
        this.name = name;
        this.command = command;
    }

    synchronized void start() {
        if (wanted) {
            throw new IllegalStateException(name + " has been started already");
        }
        wanted = true;
        launch();
    }

    private synchronized void launch() {
        if (!wanted) {
            return;
        }
        if (++starts > STARTS_MAX) {
            throw new IllegalStateException(name + " was started " + STARTS_MAX + " times");
        }
        try {
            Process begun = command.get().start();
            process = begun;
            var unused = begun.onExit().whenComplete(this::ended);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void ended(Process ended, @Nullable Throwable never) {
        if (wanted && ended == process) {
            exits.add(new Exit(Instant.now(), ended.exitValue()));
            CompletableFuture.delayedExecutor(RESTART_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::launch);
        }
    }

    /** SIGKILL; it stays down until it is started. */
    void kill() {
        wanted(false).destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** SIGKILL; the supervisor starts it anew. */
    void crash() {
        current().destroyForcibly();
    }

    /** SIGTERM; returns its exit code. It stays down until it is started. */
    int stop() {
        Process stopping = wanted(false);
        stopping.destroy();
        return stopping.onExit()
                .orTimeout(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .exitValue();
    }

    /** SIGSTOP: it stands still, and knows nothing of it. */
    void pause() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Shell.run("kill", signal, Long.toString(current().pid()));
    }

    private synchronized Process current() {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return process;
    }

    private synchronized Process wanted(boolean now) {
        wanted = now;
        return current();
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** All ends so far that nobody asked for. */
    synchronized List<Exit> exits() {
        return List.copyOf(exits);
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
