package io.novacron.zeroops.persistence.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Into H2. Nobody else writes: rows are numbered here. */
final class FolderInsert extends BatchInsert {
    private final PreparedStatement rows;
    private final PreparedStatement begins;
    private final PreparedStatement ends;
    private long committed;
    private long ordering;

    FolderInsert(Connection connection) throws SQLException {
        super(connection);
        rows = connection.prepareStatement("INSERT INTO \"event_journal\" (\"ordering\", \"persistence_id\","
                + " \"sequence_number\", \"writer\", \"write_timestamp\", \"adapter_manifest\", \"event_payload\","
                + " \"event_ser_id\", \"event_ser_manifest\") VALUES (?, ?, ?, ?, ?, '', ?, ?, ?)");
        begins = connection.prepareStatement(
                "MERGE INTO \"owing\" (\"persistence_id\") KEY (\"persistence_id\") VALUES (?)");
        ends = connection.prepareStatement("DELETE FROM \"owing\" WHERE \"persistence_id\" = ?");
        committed = lastOrdering(); // a commit whose acknowledgement was lost counts too
        ordering = committed;
    }

    private long lastOrdering() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT MAX(\"ordering\") FROM \"event_journal\"");
                ResultSet last = select.executeQuery()) {
            return last.next() ? last.getLong(1) : 0;
        }
    }

    @Override
    Map<Integer, Long> lockEpochs(Set<Integer> shards) {
        throw new IllegalStateException("a folder has one node, and needs no fence");
    }

    @Override
    Position insert(List<Write> writes) throws SQLException {
        for (Write write : writes) {
            for (JournalRow row : write.rows()) {
                add(row);
            }
        }
        rows.executeBatch();
        for (var entry : owing(writes).entrySet()) {
            PreparedStatement statement = entry.getValue() == Owing.BEGINS ? begins : ends;
            statement.setString(1, entry.getKey());
            statement.addBatch();
        }
        begins.executeBatch();
        ends.executeBatch();
        return new Position(0, ordering);
    }

    private void add(JournalRow row) throws SQLException {
        rows.setLong(1, ++ordering);
        rows.setString(2, row.entity());
        rows.setLong(3, row.sequence());
        rows.setString(4, row.writer());
        rows.setLong(5, row.writtenAtMs());
        rows.setBytes(6, row.payload());
        rows.setInt(7, row.serializer());
        rows.setString(8, row.manifest());
        rows.addBatch();
    }

    @Override
    void commit() throws SQLException {
        super.commit();
        committed = ordering;
    }

    @Override
    void rollback() throws SQLException {
        ordering = committed;
        rows.clearBatch();
        begins.clearBatch();
        ends.clearBatch();
        super.rollback();
    }
}
