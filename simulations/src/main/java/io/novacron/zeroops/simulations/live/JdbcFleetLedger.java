package io.novacron.zeroops.simulations.live;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * A ledger in two tables of a database, H2 or PostgreSQL; they are made if there are none. That a key takes effect once is the
 * database's own constraint; a row a change is kept for ever, as the proof of it. As durable as the database's commits: H2
 * needs {@code WRITE_DELAY=0} in its URL. Each call takes a connection of its own, so that a database that was closed, as H2
 * does on a full disk, is opened again.
 */
public final class JdbcFleetLedger implements FleetLedger {
    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE IF NOT EXISTS simulated_fleet (
              seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              effect_key VARCHAR(1000) NOT NULL UNIQUE,
              resource VARCHAR(500) NOT NULL,
              generation BIGINT NOT NULL,
              instances INT NOT NULL,
              at_ms BIGINT NOT NULL)""",
            """
            CREATE TABLE IF NOT EXISTS simulated_fleet_note (
              name VARCHAR(500) NOT NULL PRIMARY KEY,
              content VARCHAR(1000) NOT NULL)""");

    private static final String APPEND =
            "INSERT INTO simulated_fleet (effect_key, resource, generation, instances, at_ms) VALUES (?, ?, ?, ?, ?)";

    private static final String FIND =
            "SELECT effect_key, resource, generation, instances, at_ms FROM simulated_fleet WHERE effect_key = ?";

    private static final String REPLAY =
            """
            SELECT f.effect_key, f.resource, f.generation, f.instances, f.at_ms
            FROM simulated_fleet f
            JOIN (SELECT resource, MAX(generation) AS highest, MAX(seq) AS newest
                  FROM simulated_fleet GROUP BY resource) m
            ON f.resource = m.resource AND (f.generation = m.highest OR f.seq = m.newest)
            ORDER BY f.seq""";

    private static final String ALL =
            "SELECT effect_key, resource, generation, instances, at_ms FROM simulated_fleet ORDER BY seq";

    private static final String SINCE =
            """
            SELECT effect_key, resource, generation, instances, at_ms FROM simulated_fleet
            WHERE resource = ? AND seq >= (
              SELECT COALESCE(MAX(seq), 0) FROM simulated_fleet WHERE resource = ? AND at_ms <= ?)
            ORDER BY seq""";

    private static final String CHANGE_NOTE = "UPDATE simulated_fleet_note SET content = ? WHERE name = ?";
    private static final String NEW_NOTE = "INSERT INTO simulated_fleet_note (content, name) VALUES (?, ?)";
    private static final String NOTES = "SELECT name, content FROM simulated_fleet_note";

    private final DataSource database;

    /**
     * Makes the tables, if need be.
     *
     * @throws LedgerException if the database cannot be used
     */
    public JdbcFleetLedger(DataSource database) {
        this.database = database;
        inDatabase("make its tables", connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
            return TABLES;
        });
    }

    @Override
    public void append(Taken taken) {
        inDatabase("write down " + taken, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(APPEND)) {
                insert.setString(1, taken.key());
                insert.setString(2, taken.resource());
                insert.setLong(3, taken.generation());
                insert.setInt(4, taken.instances());
                insert.setLong(5, taken.at().toEpochMilli());
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public Optional<Taken> find(String key) {
        return inDatabase("look for " + key, connection -> {
            try (PreparedStatement select = connection.prepareStatement(FIND)) {
                select.setString(1, key);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(taken(row)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<Taken> replay() {
        return read(REPLAY);
    }

    /** Every change there ever was, in the order of their writing: about 200 bytes of memory each. */
    public List<Taken> all() {
        return read(ALL);
    }

    @Override
    public List<Taken> since(String resource, Instant instant) {
        return read(SINCE, resource, resource, instant.toEpochMilli());
    }

    private List<Taken> read(String sql, Object... arguments) {
        return inDatabase("read what took effect", connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                for (int i = 0; i < arguments.length; i++) {
                    select.setObject(i + 1, arguments[i]);
                }
                List<Taken> all = new ArrayList<>();
                ResultSet rows = select.executeQuery();
                while (rows.next()) {
                    all.add(taken(rows));
                }
                return all;
            }
        });
    }

    private static Taken taken(ResultSet row) throws SQLException {
        return new Taken(
                row.getString(2),
                row.getString(1),
                row.getLong(3),
                row.getInt(4),
                Instant.ofEpochMilli(row.getLong(5)));
    }

    @Override
    public void note(String name, String value) {
        inDatabase("note " + name, connection -> {
            int changed = update(connection, CHANGE_NOTE, name, value);
            return changed > 0 ? changed : update(connection, NEW_NOTE, name, value);
        });
    }

    private static int update(Connection connection, String sql, String name, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            statement.setString(2, name);
            return statement.executeUpdate();
        }
    }

    @Override
    public Map<String, String> notes() {
        return inDatabase("read its notes", connection -> {
            try (PreparedStatement select = connection.prepareStatement(NOTES);
                    ResultSet rows = select.executeQuery()) {
                Map<String, String> notes = new TreeMap<>();
                while (rows.next()) {
                    notes.put(rows.getString(1), rows.getString(2));
                }
                return notes;
            }
        });
    }

    /** Whether a simulated fleet was ever here; makes nothing. */
    public static boolean isIn(DataSource database) {
        try (Connection connection = database.getConnection();
                ResultSet tables = connection.getMetaData().getTables(null, null, "SIMULATED\\_FLEET\\_NOTE", null)) {
            return tables.next();
        } catch (SQLException e) {
            throw new LedgerException("the simulated fleet's ledger could not be looked for: " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Each statement commits by itself, whatever the pool's connections are set to. */
    private <T> T inDatabase(String what, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            return work.in(connection);
        } catch (SQLException e) {
            throw new LedgerException("the simulated fleet's ledger could not " + what + ": " + e.getMessage(), e);
        }
    }
}
