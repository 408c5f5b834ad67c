package io.novacron.zeroops.persistence.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One connection that writes rows of the journal, with the index of what is owed, in transactions. */
abstract class BatchInsert {
    private static final String DUPLICATE = "23505";
    private static final String CONSTRAINT_VIOLATED = "23";
    private static final String DATA_INVALID = "22";

    final Connection connection;

    BatchInsert(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
    }

    /** The newest epoch of each of these shards, which nobody can raise until this transaction ends; 0 if there is none. */
    abstract Map<Integer, Long> lockEpochs(Set<Integer> shards) throws SQLException;

    /** Returns the position of the last row; nothing is committed yet. */
    abstract Position insert(List<Write> writes) throws SQLException;

    /** What the last of each entity's rows says; of one entity there may be several. */
    static Map<String, Owing> owing(List<Write> writes) {
        Map<String, Owing> last = new LinkedHashMap<>();
        for (Write write : writes) {
            for (JournalRow row : write.rows()) {
                if (row.owing() != Owing.UNCHANGED) {
                    last.put(row.entity(), row.owing());
                }
            }
        }
        return last;
    }

    /** Whether the rows are to blame, and not the database: it will never take them. */
    static boolean isRefusal(SQLException e) {
        return isOf(e, CONSTRAINT_VIOLATED) || isOf(e, DATA_INVALID);
    }

    /** Whether a row of that number is there already. */
    static boolean isDuplicate(SQLException e) {
        return isOf(e, DUPLICATE);
    }

    private static boolean isOf(SQLException e, String state) {
        for (SQLException next = e; next != null; next = next.getNextException()) {
            if (String.valueOf(next.getSQLState()).startsWith(state)) {
                return true;
            }
        }
        return false;
    }

    /** Who wrote what is there under this number. */
    Optional<String> writer(JournalRow row) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT \"writer\" FROM \"event_journal\""
                + " WHERE \"persistence_id\" = ? AND \"sequence_number\" = ?")) {
            select.setString(1, row.entity());
            select.setLong(2, row.sequence());
            ResultSet found = select.executeQuery();
            return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }
}
