package io.novacron.zeroops.http.node;

import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.ops.OpsCenterAgent;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.persistence.journal.JournalUnavailableException;
import io.novacron.zeroops.persistence.thread.DaemonThreads;
import io.novacron.zeroops.runtime.host.AgentHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps automation in the mode that the settings say, or paused for as long as the control file says so. In a cluster each
 * node has a control file: what happens to one last is what counts, and a node that starts ends no pause.
 */
final class ModeKeeper implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration READ_EVERY = Duration.ofSeconds(1);
    private static final String PERSON = "operator"; // who has the rights of this node's user, and no other name yet
    private static final Logger LOG = LoggerFactory.getLogger(ModeKeeper.class);

    private final AgentHost host;
    private final ControlFile file;
    private final Mode configured;
    private final Optional<ClusterMode> cluster;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("mode-keeper"));
    private volatile @Nullable Mode kept; // what this node had set last
    private volatile @Nullable Mode read; // what the cluster's is

    /** @param cluster the mode that all nodes share; empty of a node by itself */
    ModeKeeper(AgentHost host, ControlFile file, Mode configured, Optional<ClusterMode> cluster) {
        this.host = host;
        this.file = file;
        this.configured = configured;
        this.cluster = cluster;
        forget(); // what a process said that was killed
    }

    /** Sets the mode, and goes on looking. */
    void start() {
        every(LOOK_EVERY, this::look);
        cluster.ifPresent(mode -> every(READ_EVERY, () -> read(mode)));
    }

    private void every(Duration interval, Runnable task) {
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay( // ends with the thread
                task, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What is in force, as far as this node knows; the configured one before. */
    Mode mode() {
        Mode known = cluster.isPresent() ? read : kept;
        return known == null ? configured : known;
    }

    /** Pauses automation; a refusal names its code. */
    CompletionStage<Reply> pause(String reason) {
        return cluster.isPresent() ? set(Mode.PAUSED) : changed(() -> file.pause(reason));
    }

    /** Back to the mode before. */
    CompletionStage<Reply> resume() {
        CompletionStage<Reply> released = changed(file::resume);
        return cluster.isPresent() ? released.thenCompose(reply -> set(configured)) : released;
    }

    private interface Change {
        void make() throws IOException;
    }

    private static CompletionStage<Reply> changed(Change change) {
        try {
            change.make();
            return CompletableFuture.completedFuture(Reply.DONE);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void look() {
        try {
            boolean pause = file.pauseReason().isPresent();
            Mode wanted = pause ? Mode.PAUSED : configured;
            if (wanted == kept || (kept == null && !pause && !mayBegin())) {
                return;
            }
            if (confirmed(set(wanted))) {
                kept = wanted;
                file.acknowledge(name(wanted));
                LOG.info("the mode is {}", name(wanted));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException
                | UncheckedIOException
                | ExecutionException
                | TimeoutException
                | JournalUnavailableException e) {
            LOG.warn("the mode cannot be set, and is tried again: {}", e.toString());
        }
    }

    /** Whether the mode of the settings may be set at the start: in a cluster somebody may have paused automation. */
    private boolean mayBegin() {
        if (cluster.flatMap(ClusterMode::read).equals(Optional.of(Mode.PAUSED))) {
            kept = configured;
            return false;
        }
        return true;
    }

    private void read(ClusterMode mode) {
        try {
            read = mode.read().orElse(configured);
        } catch (JournalUnavailableException e) {
            LOG.debug("the mode cannot be read", e); // whoever writes the journal says so
        }
    }

    private CompletionStage<Reply> set(Mode mode) {
        return host.ask(OpsCenterAgent.ADDRESS, new SetMode(PERSON, mode));
    }

    private static boolean confirmed(CompletionStage<Reply> reply)
            throws InterruptedException, ExecutionException, TimeoutException {
        return reply.toCompletableFuture()
                .get(AgentHost.ASK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .accepted();
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
