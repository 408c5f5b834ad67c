package io.novacron.zeroops.persistence.journal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.api.FlywayException;

/**
 * Makes and migrates the tables, as their owner, and grants the application's role no more than it needs: what was journaled
 * it can neither change nor remove.
 */
public final class PostgresSchema {
    private static final String READ = "SELECT";
    private static final String APPEND = "SELECT, INSERT";
    private static final String CHANGE = "SELECT, INSERT, UPDATE, DELETE";

    /** A table that is not named here the application cannot even see. */
    static final Map<String, String> GRANTS = new TreeMap<>(Map.ofEntries(
            Map.entry("event_journal", APPEND),
            Map.entry("snapshot", CHANGE),
            Map.entry("owing", "SELECT, INSERT, DELETE"),
            Map.entry("shard_epoch", "SELECT, INSERT, UPDATE"),
            Map.entry("settings", APPEND),
            Map.entry("bookmark", "SELECT, INSERT, UPDATE"),
            Map.entry("zeroops_meta", READ),
            Map.entry("view_progress", CHANGE),
            Map.entry("decision_view", CHANGE),
            Map.entry("intervention_view", CHANGE),
            Map.entry("resource_view", CHANGE)));

    private PostgresSchema() {}

    /**
     * Brings the tables to this build's version, while nodes of the version before may run, and grants what is needed. Several may
     * ask at once; where there is nothing to do, nothing happens.
     *
     * @param owner a role that may create tables; it owns them
     * @param applicationRole the nodes' role, which must exist and be another one
     * @throws UnusableDatabaseException if that is not possible, and why
     */
    public static void migrate(String ownerUrl, String owner, String password, String applicationRole) {
        var options = PostgresOptions.of(ownerUrl, owner, password);
        if (owner.equals(applicationRole)) {
            throw PostgresChecks.refused(
                    ownerUrl,
                    "would let its nodes change the journal: role " + owner + " owns it",
                    "give the nodes a role of their own");
        }
        PostgresChecks.reachable(options);
        try (Connection connection = DriverManager.getConnection(options.fullUrl(), owner, password)) {
            requireRole(connection, ownerUrl, applicationRole);
            requireOurs(connection, ownerUrl);
            SchemaVersion.migrate(Dialect.POSTGRESQL, options.fullUrl(), owner, password);
            renumber(connection);
            grant(connection, applicationRole);
        } catch (SQLException e) {
            throw PostgresChecks.unusable(ownerUrl, owner, e);
        } catch (FlywayException e) {
            throw new UnusableDatabaseException("database " + ownerUrl + " cannot be migrated: " + e.getMessage(), e);
        }
    }

    private static void requireRole(Connection connection, String url, String role) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM pg_roles WHERE rolname = ?")) {
            select.setString(1, role);
            try (ResultSet found = select.executeQuery()) {
                if (!found.next()) {
                    throw PostgresChecks.refused(
                            url,
                            "knows no role " + role,
                            "CREATE ROLE " + quoted(role) + " LOGIN PASSWORD '...', or give another");
                }
            }
        }
    }

    private static void requireOurs(Connection connection, String url) throws SQLException {
        Optional<SchemaVersion> version = SchemaVersion.of(connection);
        if (version.isEmpty() && SchemaVersion.hasTables(connection, "%")) {
            throw PostgresChecks.refused(url, "has the tables of another program", "give a database of its own");
        } else if (version.filter(found -> !found.isOlder() && !found.isUsable())
                .isPresent()) {
            PostgresChecks.usable(connection, url);
        }
    }

    /**
     * Transactions of the server from which a dump came say nothing here: all its rows count as older than any that comes, in
     * the order of their own numbers, and the views are built anew.
     */
    private static void renumber(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL statement_timeout = 0");
            int rows = statement.executeUpdate("UPDATE \"event_journal\" SET \"transaction\" = '0' WHERE"
                    + " (SELECT \"transaction\" FROM \"event_journal\" ORDER BY \"transaction\" DESC LIMIT 1)"
                    + " >= pg_snapshot_xmax(pg_current_snapshot())");
            if (rows > 0) {
                statement.execute("DELETE FROM \"view_progress\"");
                statement.execute("INSERT INTO \"zeroops_meta\" (\"name\", \"value\") SELECT '" + ArchiveRows.RENUMBERED
                        + "', MAX(\"ordering\")::text FROM \"event_journal\""
                        + " ON CONFLICT (\"name\") DO UPDATE SET \"value\" = EXCLUDED.\"value\"");
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void grant(Connection connection, String role) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("GRANT USAGE ON SCHEMA " + quoted(connection.getSchema()) + " TO " + quoted(role));
            for (var grant : GRANTS.entrySet()) {
                String to = " ON " + quoted(grant.getKey());
                statement.execute("REVOKE ALL" + to + " FROM " + quoted(role));
                statement.execute("GRANT " + grant.getValue() + to + " TO " + quoted(role));
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
