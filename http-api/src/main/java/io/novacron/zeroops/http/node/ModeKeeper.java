package io.novacron.zeroops.http.node;

import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.runtime.host.AgentHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps automation in the mode that the settings say, or paused for as long as the control file says so. */
final class ModeKeeper implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final String PERSON = "operator"; // who has the rights of this node's user, and no other name yet
    private static final Logger LOG = LoggerFactory.getLogger(ModeKeeper.class);

    private final AgentHost host;
    private final ControlFile file;
    private final Mode configured;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var made = new Thread(task, "mode-keeper");
        made.setDaemon(true);
        return made;
    });
    private volatile @Nullable Mode kept;

    ModeKeeper(AgentHost host, ControlFile file, Mode configured) {
        this.host = host;
        this.file = file;
        this.configured = configured;
        forget(); // what a process said that was killed
    }

    /** Sets the mode, and goes on looking. */
    void start() {
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay( // ends with the thread
                this::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What was set last; the configured one before. */
    Mode mode() {
        Mode last = kept;
        return last == null ? configured : last;
    }

    private void look() {
        try {
            Mode wanted = file.pauseReason().isPresent() ? Mode.PAUSED : configured;
            if (wanted != kept) {
                var reply = host.ask("ops/main", new SetMode(PERSON, wanted))
                        .toCompletableFuture()
                        .get(AgentHost.ASK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                if (reply.accepted()) {
                    kept = wanted;
                    file.acknowledge(name(wanted));
                    LOG.info("the mode is {}", name(wanted));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException | ExecutionException | TimeoutException e) {
            LOG.warn("the mode cannot be set, and is tried again: {}", e.toString());
        }
    }

    private static String name(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        forget();
    }

    private void forget() {
        try {
            file.forget();
        } catch (IOException e) {
            LOG.warn("{}", e.toString());
        }
    }
}
