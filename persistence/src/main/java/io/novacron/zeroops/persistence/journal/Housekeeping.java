package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.persistence.thread.DaemonThreads;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What H2 itself does only where it may acknowledge a commit before it is written, which a journal may not: the file is
 * forced to the disk every second, so that a power cut takes no more than that, and its half-empty parts are written anew
 * before they add up.
 */
final class Housekeeping implements AutoCloseable {
    private static final Duration SYNC_EVERY = Duration.ofSeconds(1);
    private static final Duration COMPACT_EVERY = Duration.ofSeconds(5);

    /** Percent of the file that is in use: below it parts are written anew. */
    private static final int FILL_RATE_MIN = 70;

    /** At most so much at a time: writers wait meanwhile. */
    private static final int COMPACT_BYTES = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final FolderDatabase database;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("journal-housekeeping"));
    private boolean failed;

    Housekeeping(FolderDatabase database) {
        this.database = database;
        every(SYNC_EVERY, this::sync);
        every(COMPACT_EVERY, this::compact);
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void every(Duration time, Work work) {
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay( // ends with the thread
                () -> tried(work), time.toMillis(), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A database that fails here fails its writer too, which says so to everybody. */
    private void tried(Work work) {
        try (Connection connection = database.dataSource().getConnection()) {
            work.on(connection);
            failed = false;
        } catch (SQLException | RuntimeException e) {
            if (!failed) {
                LOG.warn("the journal's file is not kept in order: {}", e.toString());
            }
            failed = true;
        }
    }

    private void sync(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    private void compact(Connection connection) {
        var session = (SessionLocal) ((JdbcConnection) connection).getSession();
        MVStore store = session.getDatabase().getStore().getMvStore();
        store.compact(FILL_RATE_MIN, COMPACT_BYTES);
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(SYNC_EVERY.toMillis() * 5, TimeUnit.MILLISECONDS)) {
                LOG.warn("the journal's housekeeping did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
