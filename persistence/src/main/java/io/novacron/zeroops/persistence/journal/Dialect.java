package io.novacron.zeroops.persistence.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What differs between the databases, in the SQL of who reads and writes them. */
public enum Dialect {
    /** One process writes, in one transaction after the other: what is visible is in order, and nothing before it is missing. */
    H2("0", "0", "TRUE", "\"ordering\" > ?", "\"ordering\" <= ?", "\"ordering\"", "\"ordering\" DESC") {
        @Override
        int bind(PreparedStatement statement, int index, Position position) throws SQLException {
            statement.setLong(index, position.ordering());
            return index + 1;
        }

        @Override
        public String upsert(String table, List<String> columns, String key) {
            return "MERGE INTO \"" + table + "\" (" + names(columns) + ") KEY (\"" + key + "\") VALUES ("
                    + marks(columns) + ")";
        }

        @Override
        BatchInsert insert(Connection connection) throws SQLException {
            return new FolderInsert(connection);
        }
    },

    /**
     * Many write at once, and a row may become visible after one of a later transaction. Those of which every transaction
     * is older than any that is still open are settled: none can appear among them.
     */
    POSTGRESQL(
            "\"transaction\"::text::bigint",
            "\"epoch\"",
            "\"transaction\" < pg_snapshot_xmin(pg_current_snapshot())",
            "(\"transaction\", \"ordering\") > (?::text::xid8, ?)",
            "(\"transaction\", \"ordering\") <= (?::text::xid8, ?)",
            "\"transaction\", \"ordering\"",
            "\"transaction\" DESC, \"ordering\" DESC") {
        @Override
        int bind(PreparedStatement statement, int index, Position position) throws SQLException {
            statement.setString(index, Long.toString(position.transaction()));
            statement.setLong(index + 1, position.ordering());
            return index + 2;
        }

        @Override
        public String upsert(String table, List<String> columns, String key) {
            return "INSERT INTO \"" + table + "\" (" + names(columns) + ") VALUES (" + marks(columns)
                    + ") ON CONFLICT (\"" + key + "\") DO UPDATE SET "
                    + columns.stream()
                            .filter(column -> !column.equals(key))
                            .map(column -> "\"" + column + "\" = EXCLUDED.\"" + column + "\"")
                            .collect(Collectors.joining(", "));
        }

        @Override
        BatchInsert insert(Connection connection) throws SQLException {
            return new PostgresInsert(connection);
        }
    };

    /** The transaction of a row of the journal, as a number. */
    final String transaction;

    /** The epoch of a row's shard in which its writer held it; 0 where nobody else could. */
    final String epoch;

    /** Holds for rows before which none can appear any more. */
    final String settled;

    /** Holds for rows after a position, and up to one; see {@link #bind}. */
    final String after;

    final String upTo;

    /** The columns of a position, in its order. */
    final String order;

    final String orderDescending;

    Dialect(
            String transaction,
            String epoch,
            String settled,
            String after,
            String upTo,
            String order,
            String orderDescending) {
        this.transaction = transaction;
        this.epoch = epoch;
        this.settled = settled;
        this.after = after;
        this.upTo = upTo;
        this.order = order;
        this.orderDescending = orderDescending;
    }

    /** Sets the parameters of {@link #after} or {@link #upTo}; returns the index of the next one. */
    abstract int bind(PreparedStatement statement, int index, Position position) throws SQLException;

    /** A statement with a parameter for each column, that writes a row whether there is one of this key or not. */
    public abstract String upsert(String table, List<String> columns, String key);

    abstract BatchInsert insert(Connection connection) throws SQLException;

    private static String names(List<String> columns) {
        return columns.stream().map(column -> "\"" + column + "\"").collect(Collectors.joining(", "));
    }

    private static String marks(List<String> columns) {
        String[] marks = new String[columns.size()];
        Arrays.fill(marks, "?");
        return String.join(", ", marks);
    }
}
