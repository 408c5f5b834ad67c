package io.novacron.zeroops.persistence.journal;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a node: takes what is queued, up to {@link #BATCH_ROWS_MAX} rows, and commits it at once, with the
 * index of what is owed.
 *
 * <p>What cannot be written, on a full disk say, or while the database is away, is neither failed nor lost: it is tried again
 * until it can be, {@link #problem()} says so meanwhile, and callers should ask for nothing more ({@code Gate} in the host
 * does that). Only a row that another writer has written, or may write now, is refused, with {@link StaleWriterException}.
 *
 * <p>Where several nodes write, each transaction holds the epochs of its shards until it ends. So whoever takes a shard over
 * sees all that its former owner wrote, and nothing of it comes later, even if that one has slept since and knows of nothing.
 */
public final class WritePath implements AutoCloseable {
    public static final int BATCH_ROWS_MAX = 4_000;

    /** Writes that may wait; callers keep below it, and one beyond it fails. */
    public static final int QUEUE_MAX = 8_192;

    /** Of one row; the tables take no more. */
    public static final int PAYLOAD_BYTES_MAX = 1 << 20;

    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_LAST = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(WritePath.class);

    private final JournalDatabase database;
    private final Fence fence;
    private final BlockingQueue<Write> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "journal-writer");
    private @Nullable BatchInsert insert;
    private volatile @Nullable RecentRows recent; // once somebody follows
    private volatile Position committed;
    private volatile @Nullable String problem;
    private volatile boolean closing;

    private WritePath(JournalDatabase database, Fence fence, Position committed) {
        this.database = database;
        this.fence = fence;
        this.committed = committed;
    }

    /** Begins where the journal ends; nobody else writes the same entities. */
    public static WritePath start(JournalDatabase database) {
        return start(database, Fence.NONE);
    }

    /** @param fence tells which entities this node may write, while others write others */
    public static WritePath start(JournalDatabase database, Fence fence) {
        var path = new WritePath(database, fence, new JournalReader(database).last());
        path.thread.setDaemon(true);
        path.thread.start();
        return path;
    }

    /**
     * Queues rows of one entity, to be written together; done once they are committed.
     *
     * @return fails with {@link StaleWriterException}; with {@link IllegalArgumentException} if the database will never take
     *     such rows; or with {@link IllegalStateException} where {@link #QUEUE_MAX} wait already, or this is closed
     */
    public CompletionStage<Void> write(List<JournalRow> rows) {
        int shard = fence.shard(rows.get(0).entity());
        var write = new Write(shard, fence.epoch(shard), List.copyOf(rows), new CompletableFuture<>());
        for (JournalRow row : rows) {
            if (row.payload().length > PAYLOAD_BYTES_MAX) {
                return CompletableFuture.failedFuture(new IllegalArgumentException("row " + row.sequence() + " of "
                        + row.entity() + " has " + row.payload().length + " bytes: " + PAYLOAD_BYTES_MAX
                        + " are allowed"));
            }
        }
        if (closing || !queue.offer(write)) {
            write.done()
                    .completeExceptionally(new IllegalStateException(
                            closing
                                    ? "the journal is closed"
                                    : QUEUE_MAX + " writes are waiting: the journal is overloaded"));
        }
        return write.done();
    }

    /**
     * What is committed from now on, for the one reader that follows closely; empty where other nodes write too, so that what
     * this one wrote is not all there is.
     */
    Optional<RecentRows> follow() {
        if (!(database instanceof FolderDatabase)) {
            return Optional.empty();
        }
        var followed = new RecentRows();
        recent = followed;
        return Optional.of(followed);
    }

    JournalDatabase database() {
        return database;
    }

    /** Of the last row that this node has written: whoever has read up to there has seen all that it acknowledged. */
    public Position committed() {
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
        List<Write> batch = new ArrayList<>();
        try {
            while (!closing || !queue.isEmpty()) {
                Write first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    fill(batch, first);
                    commit(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            batch.forEach(write -> write.done().completeExceptionally(e));
        } catch (Throwable e) { // a bug: nothing may wait for ever
            LOG.error("the journal's writer has stopped", e);
            problem = "the writer has stopped: " + e;
            closing = true;
            batch.forEach(write -> write.done().completeExceptionally(e));
        }
        queue.forEach(write -> write.done().completeExceptionally(new IllegalStateException("the journal is closed")));
        disconnect();
    }

    private void fill(List<Write> batch, Write first) {
        batch.add(first);
        int rows = first.rows().size();
        for (Write next = queue.peek();
                next != null && rows + next.rows().size() <= BATCH_ROWS_MAX;
                next = queue.peek()) {
            batch.add(queue.remove());
            rows += next.rows().size();
        }
    }

    /** Returns only once every write of the batch is committed or refused. */
    private void commit(List<Write> batch) throws InterruptedException {
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
                    batch.forEach(write -> write.done().completeExceptionally(e));
                    return;
                }
                Thread.sleep(pause.toMillis());
                pause = pause.multipliedBy(2).compareTo(RETRY_LAST) < 0 ? pause.multipliedBy(2) : RETRY_LAST;
            }
        }
    }

    private void insertAll(List<Write> batch) throws SQLException {
        if (insert == null) {
            insert = database.dialect().insert(database.connect());
        }
        try {
            insert(insert, batch);
        } catch (SQLException e) {
            if (!BatchInsert.isRefusal(e)) {
                throw e;
            }
            insert.rollback();
            for (Write write : batch) { // one of them is stale: the others must not suffer
                single(insert, write);
            }
        }
    }

    private void insert(BatchInsert into, List<Write> batch) throws SQLException {
        List<Write> owned = owned(into, batch);
        if (owned.isEmpty()) {
            into.rollback();
        } else {
            Position last = into.insert(owned);
            into.commit();
            keep(owned, last);
            committed = last;
            owned.forEach(write -> write.done().complete(null));
        }
        if (owned.size() < batch.size()) { // seldom: looking for each costs the square of them
            for (Write write : batch) {
                if (!owned.contains(write)) {
                    refused(into, write, null);
                }
            }
        }
    }

    /** In a folder rows are numbered without a gap. */
    private void keep(List<Write> written, Position last) {
        RecentRows followed = recent;
        if (followed != null) {
            long ordering = last.ordering()
                    - written.stream().mapToInt(w -> w.rows().size()).sum();
            for (Write write : written) {
                for (JournalRow row : write.rows()) {
                    followed.add(++ordering, row);
                }
            }
        }
    }

    /** Those of shards that this node still held when it was asked to write; they stay so until the transaction ends. */
    private List<Write> owned(BatchInsert into, List<Write> batch) throws SQLException {
        if (fence == Fence.NONE) {
            return batch;
        }
        Map<Integer, Long> epochs =
                into.lockEpochs(batch.stream().map(Write::shard).collect(Collectors.toSet()));
        return batch.stream()
                .filter(write -> write.epoch() != 0 && epochs.getOrDefault(write.shard(), 0L) == write.epoch())
                .toList();
    }

    private void single(BatchInsert into, Write write) throws SQLException {
        try {
            insert(into, List.of(write));
        } catch (SQLException e) {
            if (!BatchInsert.isRefusal(e)) {
                throw e;
            }
            into.rollback();
            refused(into, write, e);
        }
    }

    /** A commit whose acknowledgement was lost is no refusal: what is there is this very write. */
    private static void refused(BatchInsert into, Write write, @Nullable SQLException why) throws SQLException {
        if (why != null && !BatchInsert.isDuplicate(why)) {
            write.done().completeExceptionally(new IllegalArgumentException("the journal cannot take this row", why));
            return;
        }
        Optional<String> writer = into.writer(write.first());
        into.rollback();
        if (writer.equals(Optional.of(write.first().writer()))) {
            write.done().complete(null);
        } else {
            write.done().completeExceptionally(new StaleWriterException(write.first()));
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
            database.discard(insert.connection);
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
