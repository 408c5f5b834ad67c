package io.novacron.zeroops.persistence.journal;

import akka.actor.ActorRef;
import akka.persistence.JournalProtocol.RecoverySuccess;
import akka.persistence.JournalProtocol.ReplayMessages;
import akka.persistence.JournalProtocol.ReplayMessagesFailure;
import akka.persistence.JournalProtocol.ReplayedMessage;
import akka.persistence.PersistentRepr;
import akka.serialization.Serialization;
import io.novacron.zeroops.persistence.thread.DaemonThreads;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of entities that recover, on {@link #THREADS} threads with a connection each, which they keep. One query
 * tells the rows and the highest number: for a new entity, as each decision is, that is all.
 */
final class RowReplay implements AutoCloseable {
    private static final int THREADS = 4;

    /** Rows that one query reads. */
    private static final int PAGE_ROWS = 500;

    private static final String SELECT =
            "SELECT \"sequence_number\", \"writer\", \"event_ser_id\", \"event_ser_manifest\","
                    + " \"event_payload\" FROM \"event_journal\" WHERE \"persistence_id\" = ? AND \"sequence_number\" >= ?"
                    + " ORDER BY \"sequence_number\" LIMIT " + PAGE_ROWS;

    private final JournalDatabase database;
    private final Serialization serialization;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, DaemonThreads.named("journal-replay"));
    private final ThreadLocal<Reader> readers;
    private final List<Reader> all = new ArrayList<>();

    RowReplay(JournalDatabase database, Serialization serialization) {
        this.database = database;
        this.serialization = serialization;
        this.readers = ThreadLocal.withInitial(this::reader);
    }

    private Reader reader() {
        var reader = new Reader();
        synchronized (all) {
            all.add(reader);
        }
        return reader;
    }

    /** Returns at once; the entity is told each row, and then the highest number, or why it cannot be. */
    void start(ReplayMessages asked) {
        try {
            threads.execute(() -> run(asked));
        } catch (RejectedExecutionException e) {
            asked.persistentActor().tell(new ReplayMessagesFailure(e), ActorRef.noSender()); // the system stops
        }
    }

    private void run(ReplayMessages asked) {
        Reader reader = readers.get();
        try {
            long highest = reader.replay(asked);
            asked.persistentActor().tell(new RecoverySuccess(highest), ActorRef.noSender());
        } catch (SQLException | RuntimeException e) {
            reader.close(); // the connection may be what is broken
            asked.persistentActor().tell(new ReplayMessagesFailure(e), ActorRef.noSender());
        }
    }

    /** Of one thread, but for its end. */
    private final class Reader {
        private @Nullable Connection connection;
        private @Nullable PreparedStatement select;

        /** Returns the highest number; the newest is never removed, so that it is below the first asked for if there is none. */
        long replay(ReplayMessages asked) throws SQLException {
            long highest = Math.max(0, asked.fromSequenceNr() - 1);
            long told = 0;
            int rows;
            do {
                rows = 0;
                PreparedStatement query = prepared();
                query.setString(1, asked.persistenceId());
                query.setLong(2, highest + 1);
                try (ResultSet row = query.executeQuery()) {
                    for (; row.next(); rows++) {
                        requireNext(asked.persistenceId(), highest, row.getLong(1));
                        highest = row.getLong(1);
                        if (highest <= asked.toSequenceNr() && told < asked.max()) {
                            asked.persistentActor().tell(new ReplayedMessage(message(asked, row)), ActorRef.noSender());
                            told++;
                        }
                    }
                }
            } while (rows == PAGE_ROWS);
            return highest;
        }

        /**
         * What an archive removed of a decision changes nothing. Of others it removes what a snapshot stands for; where that is
         * not read any more, an entity would become something else than it was.
         */
        private static void requireNext(String entity, long before, long sequence) {
            if (sequence != before + 1 && !ArchiveRemoval.isDecision(entity)) {
                throw ArchivedException.between(entity, before, sequence);
            }
        }

        private PersistentRepr message(ReplayMessages asked, ResultSet row) throws SQLException {
            Object payload = serialization
                    .deserialize(row.getBytes(5), row.getInt(3), row.getString(4))
                    .get();
            return PersistentRepr.apply(
                    payload, row.getLong(1), asked.persistenceId(), "", false, ActorRef.noSender(), row.getString(2));
        }

        private synchronized PreparedStatement prepared() throws SQLException {
            if (select == null) {
                connection = database.connect();
                select = connection.prepareStatement(SELECT);
            }
            return select;
        }

        synchronized void close() {
            try {
                if (connection != null) {
                    connection.close();
                }
            } catch (SQLException e) {
                // It was broken already.
            }
            connection = null;
            select = null;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        synchronized (all) {
            all.forEach(Reader::close);
        }
    }
}
