package io.novacron.zeroops.persistence.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One connection that writes rows of the journal, with the index of what is owed, in transactions. */
final class BatchInsert implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement rows;
    private final PreparedStatement begins;
    private final PreparedStatement ends;
    private final Map<String, Owing> owing = new LinkedHashMap<>(); // the last word of each entity counts

    BatchInsert(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        rows = connection.prepareStatement("INSERT INTO \"event_journal\" (\"ordering\", \"persistence_id\","
                + " \"sequence_number\", \"writer\", \"write_timestamp\", \"adapter_manifest\", \"event_payload\","
                + " \"event_ser_id\", \"event_ser_manifest\") VALUES (?, ?, ?, ?, ?, '', ?, ?, ?)");
        begins = connection.prepareStatement(
                "MERGE INTO \"owing\" (\"persistence_id\") KEY (\"persistence_id\") VALUES (?)");
        ends = connection.prepareStatement("DELETE FROM \"owing\" WHERE \"persistence_id\" = ?");
    }

    void add(long ordering, JournalRow row) throws SQLException {
        rows.setLong(1, ordering);
        rows.setString(2, row.entity());
        rows.setLong(3, row.sequence());
        rows.setString(4, row.writer());
        rows.setLong(5, row.writtenAtMs());
        rows.setBytes(6, row.payload());
        rows.setInt(7, row.serializer());
        rows.setString(8, row.manifest());
        rows.addBatch();
        if (row.owing() != Owing.UNCHANGED) {
            owing.put(row.entity(), row.owing());
        }
    }

    void commit() throws SQLException {
        try {
            rows.executeBatch();
        } catch (java.sql.BatchUpdateException e) {
            throw e.getNextException() instanceof java.sql.SQLIntegrityConstraintViolationException violation
                    ? violation
                    : e;
        }
        for (var entry : owing.entrySet()) {
            PreparedStatement statement = entry.getValue() == Owing.BEGINS ? begins : ends;
            statement.setString(1, entry.getKey());
            statement.addBatch();
        }
        begins.executeBatch();
        ends.executeBatch();
        owing.clear();
        connection.commit();
    }

    void rollback() throws SQLException {
        owing.clear();
        rows.clearBatch();
        begins.clearBatch();
        ends.clearBatch();
        connection.rollback();
    }

    /** Whether what is there under this number was written by the same life of the same entity. */
    boolean isWrittenBy(JournalRow row) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT \"writer\" FROM \"event_journal\""
                + " WHERE \"persistence_id\" = ? AND \"sequence_number\" = ?")) {
            select.setString(1, row.entity());
            select.setLong(2, row.sequence());
            ResultSet found = select.executeQuery();
            return found.next() && found.getString(1).equals(row.writer());
        }
    }

    long lastOrdering() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT MAX(\"ordering\") FROM \"event_journal\"");
                ResultSet last = select.executeQuery()) {
            return last.next() ? last.getLong(1) : 0;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is broken; what was not committed is written again on another.
        }
    }
}
