package io.novacron.zeroops.persistence.journal;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of the journal: takes what is queued, up to {@link #BATCH_ROWS_MAX} rows, and commits it at once, with the
 * index of what is owed.
 *
 * <p>Since there is one, rows become visible in their order, and {@link #committed()} is a watermark below which nothing
 * is missing. What cannot be written, on a full disk say, is neither failed nor lost: it is tried again until it can be,
 * {@link #problem()} says so meanwhile, and callers should ask for nothing more ({@code Gate} in the host does that). Only
 * a row that another writer has written is refused, with {@link StaleWriterException}.
 */
public final class WritePath implements AutoCloseable {
    public static final int BATCH_ROWS_MAX = 2_000;

    /** Writes that may wait; callers keep below it, and one beyond it fails. */
    public static final int QUEUE_MAX = 8_192;

    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_LAST = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(WritePath.class);

    /** Rows of one entity that are written together or not at all. */
    private record Group(List<JournalRow> rows, CompletableFuture<Void> done) {}

    private final JournalDatabase database;
    private final BlockingQueue<Group> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "journal-writer");
    private @Nullable BatchInsert insert;
    private volatile @Nullable RecentRows recent; // once somebody follows
    private volatile long committed;
    private volatile @Nullable String problem;
    private volatile boolean closing;

    private WritePath(JournalDatabase database) {
        this.database = database;
    }

    /** Begins where the journal ends. */
    public static WritePath start(JournalDatabase database) {
        var path = new WritePath(database);
        path.committed = JournalReader.ofAll(database).last();
        path.thread.setDaemon(true);
        path.thread.start();
        return path;
    }

    /**
     * Queues rows of one entity, to be written together; done once they are committed.
     *
     * @return fails with {@link StaleWriterException}; or with {@link IllegalStateException} where {@link #QUEUE_MAX} wait
     *     already, or this is closed
     */
    public CompletionStage<Void> write(List<JournalRow> rows) {
        var group = new Group(List.copyOf(rows), new CompletableFuture<>());
        if (closing || !queue.offer(group)) {
            group.done()
                    .completeExceptionally(new IllegalStateException(
                            closing
                                    ? "the journal is closed"
                                    : QUEUE_MAX + " writes are waiting: the journal is overloaded"));
        }
        return group.done();
    }

    /** What is committed from now on, for the one reader that follows closely. */
    RecentRows follow() {
        var followed = new RecentRows();
        recent = followed;
        return followed;
    }

    JournalDatabase database() {
        return database;
    }

    /** The ordering up to which every row is there, and will stay so. */
    public long committed() {
        return committed;
    }

    /** Why nothing can be written now; empty if all is well. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Told after each commit, on the writer's own thread: must return at once. */
    public void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    private void run() {
        List<Group> batch = new ArrayList<>();
        try {
            while (!closing || !queue.isEmpty()) {
                Group first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    fill(batch, first);
                    commit(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            batch.forEach(group -> group.done().completeExceptionally(e));
        } catch (Throwable e) { // a bug: nothing may wait for ever
            LOG.error("the journal's writer has stopped", e);
            problem = "the writer has stopped: " + e;
            closing = true;
            batch.forEach(group -> group.done().completeExceptionally(e));
        }
        queue.forEach(group -> group.done().completeExceptionally(new IllegalStateException("the journal is closed")));
        disconnect();
    }

    private void fill(List<Group> batch, Group first) {
        batch.add(first);
        int rows = first.rows().size();
        for (Group next = queue.peek();
                next != null && rows + next.rows().size() <= BATCH_ROWS_MAX;
                next = queue.peek()) {
            batch.add(queue.remove());
            rows += next.rows().size();
        }
    }

    /** Returns only once every group of the batch is committed or refused. */
    private void commit(List<Group> batch) throws InterruptedException {
        Duration pause = RETRY_FIRST;
        while (true) {
            try {
                database.requireRoom();
                insertAll(batch);
                recovered();
                listeners.forEach(Runnable::run);
                return;
            } catch (SQLException | IOException e) {
                failed(e);
                disconnect();
                if (closing) {
                    batch.forEach(group -> group.done().completeExceptionally(e));
                    return;
                }
                Thread.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(RETRY_LAST) < 0 ? pause.multipliedBy(2) : RETRY_LAST;
            }
        }
    }

    private void insertAll(List<Group> batch) throws SQLException {
        if (insert == null) {
            insert = new BatchInsert(database.connect());
            committed = insert.lastOrdering(); // a commit whose acknowledgement was lost counts too
        }
        try {
            insert(insert, batch);
        } catch (SQLIntegrityConstraintViolationException e) {
            insert.rollback();
            for (Group group : batch) { // one of them is stale: the others must not suffer
                single(insert, group);
            }
        }
    }

    private void insert(BatchInsert into, List<Group> batch) throws SQLException {
        long ordering = committed;
        for (Group group : batch) {
            for (JournalRow row : group.rows()) {
                into.add(++ordering, row);
            }
        }
        into.commit();
        keep(batch);
        committed = ordering;
        batch.forEach(group -> group.done().complete(null));
    }

    private void keep(List<Group> batch) {
        RecentRows followed = recent;
        if (followed != null) {
            long ordering = committed;
            for (Group group : batch) {
                for (JournalRow row : group.rows()) {
                    followed.add(++ordering, row);
                }
            }
        }
    }

    private void single(BatchInsert into, Group group) throws SQLException {
        try {
            insert(into, List.of(group));
        } catch (SQLIntegrityConstraintViolationException e) {
            into.rollback();
            JournalRow row = group.rows().get(0);
            // A commit whose acknowledgement was lost: what is there is this very row.
            if (into.isWrittenBy(row)) {
                group.done().complete(null);
            } else {
                group.done().completeExceptionally(new StaleWriterException(row));
            }
        }
    }

    private void failed(Exception e) {
        if (problem == null) {
            LOG.error("the journal cannot be written, and is tried again until it can be", e);
        }
        Throwable first = e; // H2 says that a write failed, and its cause why
        while (first.getCause() != null) {
            first = first.getCause();
        }
        problem = String.valueOf(first.getMessage());
    }

    private void recovered() {
        if (problem != null) {
            LOG.info("the journal can be written again");
            problem = null;
        }
    }

    private void disconnect() {
        if (insert != null) {
            insert.close();
            insert = null;
        }
    }

    /** Writes what is queued, and ends; what cannot be written by then fails. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(RETRY_LAST.multipliedBy(2).toMillis());
            thread.interrupt();
            thread.join(RETRY_LAST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
