package io.novacron.zeroops.persistence.journal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of the journal as the archive has them: read by month, found, put back and removed. Of one thread. */
final class ArchiveRows implements AutoCloseable {
    private static final int PAGE_ROWS = 1_000;

    /** The fact that names the months of which rows are missing in the journal, since they were archived and removed. */
    private static final String REMOVED = "archived_months";

    /** The fact up to which ordering rows were given transaction 0, since their database was restored on another server. */
    static final String RENUMBERED = "renumbered_up_to";

    private final Dialect dialect;
    private final Connection connection;
    private final String select;
    private final PreparedStatement find;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    ArchiveRows(JournalDatabase database) throws SQLException {
        dialect = database.dialect();
        connection = database.connect();
        connection.setAutoCommit(true);
        boolean isShared = dialect == Dialect.POSTGRESQL;
        String columns = "\"ordering\", \"deleted\", \"persistence_id\", \"sequence_number\", \"writer\","
                + " \"write_timestamp\", \"adapter_manifest\", \"event_ser_id\", \"event_ser_manifest\","
                + " \"event_payload\", \"meta_payload\", \"meta_ser_id\", \"meta_ser_manifest\"";
        select = "SELECT " + columns + ", " + dialect.transaction + ", " + dialect.epoch
                + " FROM \"event_journal\" WHERE ";
        find = connection.prepareStatement(select + "\"persistence_id\" = ? AND \"sequence_number\" = ?");
        insert = connection.prepareStatement("INSERT INTO \"event_journal\" (" + columns
                + (isShared ? ", \"transaction\", \"epoch\"" : "")
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?" + (isShared ? ", ?::text::xid8, ?)" : ")"));
        delete = connection.prepareStatement("DELETE FROM \"event_journal\" WHERE \"persistence_id\" = ?"
                + " AND \"sequence_number\" = ? AND \"ordering\" = ? AND \"writer\" = ? AND \"event_payload\" = ?");
    }

    interface Consumer {
        void accept(ArchiveRow row) throws IOException;
    }

    /** The month of the oldest row, by when it was written; empty if there is none. */
    Optional<YearMonth> oldest() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MIN(\"write_timestamp\") FROM \"event_journal\"")) {
            row.next();
            long oldest = row.getLong(1);
            return row.wasNull()
                    ? Optional.empty()
                    : Optional.of(YearMonth.from(Instant.ofEpochMilli(oldest).atOffset(ZoneOffset.UTC)));
        }
    }

    /** The rows of a month, in the order of the journal. */
    void forEach(YearMonth month, Consumer consumer) throws SQLException, IOException {
        try (PreparedStatement page = connection.prepareStatement(select + dialect.after + " AND " + dialect.settled
                + " AND \"write_timestamp\" >= ? AND \"write_timestamp\" < ? ORDER BY " + dialect.order + " LIMIT "
                + PAGE_ROWS)) {
            Position read = Position.START;
            int rows;
            do {
                rows = 0;
                int next = dialect.bind(page, 1, read);
                page.setLong(next, startMs(month));
                page.setLong(next + 1, startMs(month.plusMonths(1)));
                try (ResultSet found = page.executeQuery()) {
                    for (; found.next(); rows++) {
                        ArchiveRow row = row(found);
                        consumer.accept(row);
                        read = row.position();
                    }
                }
            } while (rows == PAGE_ROWS);
        }
    }

    static long startMs(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private static ArchiveRow row(ResultSet found) throws SQLException {
        int meta = found.getInt(12);
        boolean hasMeta = !found.wasNull();
        return new ArchiveRow(
                found.getLong(14),
                found.getLong(1),
                found.getLong(15),
                found.getBoolean(2),
                found.getString(3),
                found.getLong(4),
                found.getString(5),
                found.getLong(6),
                found.getString(7),
                found.getInt(8),
                found.getString(9),
                found.getBytes(10),
                found.getBytes(11),
                hasMeta ? meta : null,
                found.getString(13));
    }

    /** The row that the journal has under this one's entity and number. */
    Optional<ArchiveRow> find(ArchiveRow row) throws SQLException {
        find.setString(1, row.entity());
        find.setLong(2, row.sequence());
        try (ResultSet found = find.executeQuery()) {
            return found.next() ? Optional.of(row(found)) : Optional.empty();
        }
    }

    /** All or none; of those that are there already nothing is written. Returns how many were. */
    long insert(List<ArchiveRow> rows) throws SQLException {
        connection.setAutoCommit(false);
        try {
            long inserted = 0;
            for (ArchiveRow row : rows) {
                if (find(row).isEmpty()) {
                    bind(row);
                    insert.addBatch();
                    inserted++;
                }
            }
            insert.executeBatch();
            connection.commit();
            return inserted;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void bind(ArchiveRow row) throws SQLException {
        insert.setLong(1, row.ordering());
        insert.setBoolean(2, row.deleted());
        insert.setString(3, row.entity());
        insert.setLong(4, row.sequence());
        insert.setString(5, row.writer());
        insert.setLong(6, row.writtenAtMs());
        insert.setString(7, row.adapter());
        insert.setInt(8, row.serializer());
        insert.setString(9, row.settings());
        insert.setBytes(10, row.payload());
        insert.setBytes(11, row.metaPayload());
        insert.setObject(12, row.metaSerializer(), Types.INTEGER);
        insert.setString(13, row.metaManifest());
        if (dialect == Dialect.POSTGRESQL) {
            insert.setString(14, Long.toString(row.transaction()));
            insert.setLong(15, row.epoch());
        }
    }

    /** Removes these rows, all or none, but for those that the journal has otherwise. Returns how many were there. */
    long delete(List<ArchiveRow> rows) throws SQLException {
        connection.setAutoCommit(false);
        try {
            for (ArchiveRow row : rows) {
                delete.setString(1, row.entity());
                delete.setLong(2, row.sequence());
                delete.setLong(3, row.ordering());
                delete.setString(4, row.writer());
                delete.setBytes(5, row.payload());
                delete.addBatch();
            }
            long deleted = 0;
            for (int count : delete.executeBatch()) {
                deleted += count;
            }
            connection.commit();
            return deleted;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** The number of the first row of an entity that may not be removed, since it is its newest or was written too late. */
    long firstKept(String entity, YearMonth month) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT MAX(\"sequence_number\"),"
                + " MIN(CASE WHEN \"write_timestamp\" >= ? THEN \"sequence_number\" END) FROM \"event_journal\""
                + " WHERE \"persistence_id\" = ?")) {
            statement.setLong(1, startMs(month.plusMonths(1)));
            statement.setString(2, entity);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long newest = row.getLong(1);
                long late = row.getLong(2);
                return row.wasNull() ? newest : Math.min(newest, late);
            }
        }
    }

    boolean isOwing(String entity) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM \"owing\" WHERE \"persistence_id\" = ?")) {
            statement.setString(1, entity);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** How far the views have read; {@link Position#START} if there are none. */
    Position viewed() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT \"transaction\", \"ordering\" FROM \"view_progress\""
                        + " ORDER BY \"version\" DESC LIMIT 1")) {
            return row.next() ? new Position(row.getLong(1), row.getLong(2)) : Position.START;
        }
    }

    /** Months of which rows were archived and removed, and not put back. */
    static List<YearMonth> removed(JournalDatabase database) {
        return database.meta(REMOVED).stream().flatMap(ArchiveRows::months).toList();
    }

    private static Stream<YearMonth> months(String text) {
        return Stream.of(text.split(",", -1)).filter(month -> !month.isEmpty()).map(YearMonth::parse);
    }

    void setRemoved(Collection<YearMonth> months) throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement(dialect.upsert("zeroops_meta", List.of("name", "value"), "name"))) {
            upsert.setString(1, REMOVED);
            upsert.setString(
                    2, months.stream().sorted().map(YearMonth::toString).collect(Collectors.joining(",")));
            upsert.executeUpdate();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
