package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.persistence.journal.JournalDatabase.Exclusive;
import io.novacron.zeroops.persistence.thread.DaemonThreads;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What only one node may hold at a time, held from when it was first wanted until this is closed, or the connection to the
 * database ends; then it is taken again with the next wish.
 */
public final class ExclusiveRight implements AutoCloseable {
    private static final Duration SIGN_OF_LIFE_EVERY = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(ExclusiveRight.class);

    private final JournalDatabase database;
    private final Exclusive what;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("exclusive-right"));
    private @Nullable Connection held;

    public ExclusiveRight(JournalDatabase database, Exclusive what) {
        this.database = database;
        this.what = what;
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay( // ends with the thread
                this::live, SIGN_OF_LIFE_EVERY.toMillis(), SIGN_OF_LIFE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes it if nobody has it; returns whether it is held here. False also while the database does not answer. */
    public synchronized boolean take() {
        live();
        if (held == null) {
            try {
                Optional<Connection> got = database.exclusive(what);
                held = got.orElse(null);
            } catch (SQLException e) {
                LOG.warn("{} cannot be asked for: {}", what, e.getMessage());
            }
        }
        return held != null;
    }

    private synchronized void live() {
        if (held != null) {
            try (Statement statement = held.createStatement()) {
                statement.execute("SELECT 1");
            } catch (SQLException e) {
                LOG.warn("{} was held, and is no more: {}", what, e.getMessage());
                database.discard(held);
                held = null;
            }
        }
    }

    @Override
    public synchronized void close() {
        thread.shutdown();
        if (held != null) {
            database.discard(held);
            held = null;
        }
    }
}
