package io.novacron.zeroops.persistence.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;

/**
 * Of which version the tables are. Migrations ({@code db/h2}, {@code db/postgresql}: one file a version, never changed once
 * released) write it to {@code zeroops_meta}.
 *
 * <p>Nodes of two releases may run on one database while it is upgraded, and the tables are migrated first. So a migration adds, and
 * takes nothing away that the release before it uses: new tables, new columns with a default, new indexes. What is no longer
 * used goes a release later. Only a migration that cannot be so raises {@code readable_from} to its own version, and with that
 * refuses older builds.
 *
 * @param version of the last migration
 * @param readableFrom the oldest build that can use these tables, by the version that it brings
 */
record SchemaVersion(int version, int readableFrom) {
    /** Of the tables that this build knows. */
    static final int CURRENT = 2;

    /** The first that migrations made; older tables have it written down, too. */
    private static final String BASELINE = "1";

    /** Of this database; empty if it has none of our tables. */
    static Optional<SchemaVersion> of(Connection connection) throws SQLException {
        if (!hasTables(connection, "zeroops_meta")) {
            return Optional.empty();
        }
        Map<String, Integer> found = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT \"name\", \"value\" FROM \"zeroops_meta\""
                        + " WHERE \"name\" IN ('schema_version', 'readable_from')");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.put(row.getString(1), number(row.getString(2)));
            }
        }
        return Optional.ofNullable(found.get("schema_version"))
                .map(version -> new SchemaVersion(version, found.getOrDefault("readable_from", version)));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE; // no version of ours
        }
    }

    /** Whether there are tables of this name, or pattern, in the schema in which ours belong. */
    static boolean hasTables(Connection connection, String pattern) throws SQLException {
        try (ResultSet found = connection
                .getMetaData()
                .getTables(connection.getCatalog(), connection.getSchema(), pattern, new String[] {"TABLE", "BASE TABLE"
                })) {
            return found.next();
        }
    }

    boolean isOlder() {
        return version < CURRENT;
    }

    /** Whether this build can use the tables as they are. */
    boolean isUsable() {
        return !isOlder() && readableFrom <= CURRENT;
    }

    /** Brings the tables to {@link #CURRENT}, from none or from an older version; several may ask at once. */
    static void migrate(Dialect dialect, String url, String user, String password) {
        Flyway.configure()
                .dataSource(url, user, password)
                .locations("classpath:db/" + (dialect == Dialect.H2 ? "h2" : "postgresql"))
                .baselineOnMigrate(dialect == Dialect.H2) // of before there were migrations
                .baselineVersion(BASELINE)
                .load()
                .migrate();
    }
}
