package io.novacron.zeroops.persistence.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Reads the journal in its order, below a watermark: rows that are still being written by then are never skipped, since
 * nothing beyond it is read. May be used by many threads.
 */
public final class JournalReader {
    /** How many rows one call returns at most. */
    public static final int PAGE_MAX = 1_000;

    private static final String COLUMNS = "SELECT \"ordering\", \"persistence_id\", \"sequence_number\","
            + " \"write_timestamp\", \"event_ser_manifest\", \"event_payload\" FROM \"event_journal\" WHERE ";

    private final JournalDatabase database;
    private final LongSupplier watermark;
    private final EventCodec codec = new EventCodec();

    /** @param watermark the ordering below which nothing is missing, as {@link WritePath#committed} */
    public JournalReader(JournalDatabase database, LongSupplier watermark) {
        this.database = database;
        this.watermark = watermark;
    }

    /** Of a journal that nobody else writes, or of which it does not matter if the last rows are there. */
    public static JournalReader ofAll(JournalDatabase database) {
        return new JournalReader(database, () -> Long.MAX_VALUE);
    }

    /** At most {@code limit} rows after this one, in order; none if there are no more below the watermark yet. */
    public List<JournalEntry> after(long ordering, int limit) {
        long until = watermark.getAsLong();
        return read(
                "\"ordering\" > ? AND \"ordering\" <= ? ORDER BY \"ordering\" LIMIT ?",
                ordering,
                until,
                Math.min(limit, PAGE_MAX));
    }

    /** All rows of one entity, in order. */
    public List<JournalEntry> of(String entity) {
        return read("\"persistence_id\" = ? ORDER BY \"sequence_number\"", entity);
    }

    private List<JournalEntry> read(String condition, Object... arguments) {
        List<JournalEntry> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement(COLUMNS + condition)) {
            for (int i = 0; i < arguments.length; i++) {
                select.setObject(i + 1, arguments[i]);
            }
            ResultSet found = select.executeQuery();
            while (found.next()) {
                rows.add(entry(found));
            }
        } catch (SQLException e) {
            throw new JournalUnavailableException("the journal cannot be read", e);
        }
        return rows;
    }

    private JournalEntry entry(ResultSet row) throws SQLException {
        return new JournalEntry(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getString(5),
                codec.eventsFromCbor(row.getBytes(6)));
    }
}
