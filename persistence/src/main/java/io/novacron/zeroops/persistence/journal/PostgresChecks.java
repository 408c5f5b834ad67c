package io.novacron.zeroops.persistence.journal;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** What a node needs of a PostgreSQL database, and how it is told what is amiss. */
final class PostgresChecks {
    /** The first with timeouts of idle sessions. */
    private static final int SERVER_MIN = 140_000;

    private PostgresChecks() {}

    static void reachable(PostgresOptions options) {
        try (Connection connection =
                DriverManager.getConnection(options.fullUrl(), options.user(), options.password())) {
            writable(connection, options.url());
        } catch (SQLException e) {
            throw unusable(options.url(), options.user(), e);
        }
    }

    /** @throws UnusableDatabaseException with what is wrong and what helps */
    static void writable(Connection connection, String url) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_setting('server_version_num')::int, current_setting('server_version'),"
                                + " pg_is_in_recovery(), current_setting('transaction_read_only')::boolean")) {
            row.next();
            if (row.getInt(1) < SERVER_MIN) {
                throw refused(url, "is of PostgreSQL " + row.getString(2), "use 14 or later");
            } else if (row.getBoolean(3)) {
                throw refused(
                        url,
                        "is a standby, which nobody can write",
                        "give the primary, or all hosts with ?targetServerType=primary");
            } else if (row.getBoolean(4)) {
                throw refused(
                        url, "is read-only", "set default_transaction_read_only = off for the database and the role");
            }
        }
    }

    /** @throws UnusableDatabaseException with what is wrong and what helps */
    static void usable(Connection connection, String url) throws SQLException {
        Optional<SchemaVersion> version = SchemaVersion.of(connection);
        if (version.isEmpty()) {
            boolean isEmpty = !SchemaVersion.hasTables(connection, "%");
            throw refused(
                    url,
                    isEmpty ? "has no tables yet" : "has the tables of another program",
                    isEmpty ? "make them with the role of its owner first" : "give a database of its own");
        } else if (version.get().isOlder()) {
            throw refused(
                    url,
                    "is of schema version " + version.get().version() + ", and this build needs version "
                            + SchemaVersion.CURRENT,
                    "migrate it with the role of its owner first");
        } else if (!version.get().isUsable()) {
            throw refused(
                    url,
                    "is of schema version " + version.get().version() + ", and this build reads version "
                            + SchemaVersion.CURRENT,
                    "start a version that is at least as new as the one that migrated it");
        }
        privileged(connection, url);
        durable(connection, url);
    }

    private static void privileged(Connection connection, String url) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT has_table_privilege('\"event_journal\"', 'INSERT'), current_user")) {
            row.next();
            if (!row.getBoolean(1)) {
                throw refused(
                        url,
                        "does not let role " + row.getString(2) + " write the journal",
                        "migrate it with the role of its owner, and name this role as the application's");
            }
        }
    }

    /** What is acknowledged must survive the server; and who reads the journal must find what comes after what there is. */
    private static void durable(Connection connection, String url) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('fsync')::boolean,"
                        + " current_setting('synchronous_commit'), COALESCE((SELECT \"transaction\" FROM"
                        + " \"event_journal\" ORDER BY \"transaction\" DESC LIMIT 1)"
                        + " >= pg_snapshot_xmax(pg_current_snapshot()), false)")) {
            row.next();
            if (!row.getBoolean(1)) {
                throw refused(url, "loses what it acknowledged when its machine fails", "set fsync = on");
            } else if (row.getString(2).equals("off")) {
                throw refused(url, "loses what it acknowledged when it fails", "set synchronous_commit = on");
            } else if (row.getBoolean(3)) {
                throw refused(
                        url,
                        "holds rows of transactions that its server has yet to come to, as a restored dump does",
                        "migrate it with the role of its owner, which numbers them anew");
            }
        }
    }

    static UnusableDatabaseException refused(String url, String wrong, String remedy) {
        return new UnusableDatabaseException("database " + url + " " + wrong + "; " + remedy);
    }

    static UnusableDatabaseException unusable(String url, String user, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        String remedy = state.startsWith("28")
                ? "check role " + user + " and its password"
                : state.equals("3D000") ? "create the database, or correct the url" : "check the url and the server";
        return new UnusableDatabaseException(
                "database " + url + " cannot be opened: " + e.getMessage() + "; " + remedy, e);
    }
}
