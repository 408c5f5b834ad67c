package io.novacron.zeroops.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.scaling.ScalerEvent.ProposalHanded;
import io.novacron.zeroops.persistence.TestServer;
import io.novacron.zeroops.persistence.server.PrivateServer.Roles;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresDatabaseTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00.123456Z");

    private Roles roles = new Roles("", "", "", "");

    @BeforeEach
    void create() {
        roles = TestServer.empty();
    }

    private void asOwner(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(roles.url(), roles.owner(), roles.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void refused(PostgresOptions options, String... message) {
        assertThatThrownBy(() -> PostgresDatabase.connect(options).close())
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining(options.url())
                .hasMessageContainingAll(message)
                .hasMessageNotContaining(options.password());
    }

    @Test
    void whatIsKeptIsThereForOthers() throws SQLException {
        roles.migrate().migrate(); // the second has nothing to do
        try (var one = PostgresDatabase.connect(roles.options());
                var other = PostgresDatabase.connect(roles.options())) {
            one.keepSettings("hash", "text", T0);
            other.keepSettings("hash", "text", T0.plusSeconds(1));
            assertThat(other.settings("hash")).contains("text");
            assertThat(other.meta("schema_version")).contains(Integer.toString(SchemaVersion.CURRENT));
            assertThat(Duration.between(one.now(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));
            assertThat(one.isOwned()).isFalse();
        }
    }

    @Test
    void whatIsNotOursOrNotReadyIsRefusedWithWhatToDo() throws SQLException {
        refused(roles.options(), "has no tables yet", "role of its owner");
        asOwner("CREATE TABLE invoices (id INT)");
        refused(roles.options(), "tables of another program", "a database of its own");
        assertThatThrownBy(roles::migrate)
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("tables of another program");
        asOwner("DROP TABLE invoices");
        roles.migrate();
        PostgresDatabase.connect(roles.options()).close();
    }

    @Test
    void newerTablesAreUsedWhereTheySayTheyCanBe() throws SQLException {
        roles.migrate();
        asOwner("UPDATE zeroops_meta SET value = '" + (SchemaVersion.CURRENT + 1) + "' WHERE name = 'schema_version'");
        PostgresDatabase.connect(roles.options()).close();
        asOwner("UPDATE zeroops_meta SET value = '" + (SchemaVersion.CURRENT + 1) + "' WHERE name = 'readable_from'");
        refused(
                roles.options(),
                "is of schema version " + (SchemaVersion.CURRENT + 1),
                "this build reads version " + SchemaVersion.CURRENT,
                "at least as new");
        assertThatThrownBy(roles::migrate).hasMessageContaining("at least as new");
        asOwner("UPDATE zeroops_meta SET value = '" + (SchemaVersion.CURRENT - 1) + "'");
        refused(roles.options(), "needs version " + SchemaVersion.CURRENT, "migrate it");
    }

    @Test
    void whatCannotBeWrittenOrLosesWhatWasWrittenIsRefused() throws SQLException {
        roles.migrate();
        String database = roles.url().substring(roles.url().lastIndexOf('/') + 1);
        for (String setting : List.of("default_transaction_read_only = on", "synchronous_commit = off")) {
            asOwner("ALTER DATABASE " + database + " SET " + setting);
            refused(roles.options(), setting.contains("read_only") ? "is read-only" : "loses what it acknowledged");
            asOwner("SET default_transaction_read_only = off", "ALTER DATABASE " + database + " RESET ALL");
        }
        asOwner("REVOKE INSERT ON event_journal FROM " + roles.application());
        refused(roles.options(), "does not let role " + roles.application() + " write the journal");
    }

    @Test
    void whoOrWhereIsWrongIsSaid() {
        roles.migrate();
        refused(
                PostgresOptions.of(roles.url(), roles.application(), "wrong-secret"),
                "check role " + roles.application());
        refused(
                PostgresOptions.of(roles.url() + "_none", roles.application(), roles.password()),
                "create the database");
        refused(
                PostgresOptions.of("jdbc:postgresql://127.0.0.1:1/none", roles.application(), roles.password()),
                "check the url and the server");
        assertThatThrownBy(() -> PostgresSchema.migrate(roles.url(), roles.owner(), roles.password(), "nobody"))
                .hasMessageContainingAll("knows no role nobody", "CREATE ROLE");
        assertThatThrownBy(() -> PostgresSchema.migrate(roles.url(), roles.owner(), roles.password(), roles.owner()))
                .hasMessageContaining("a role of their own");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:",
                "jdbc:postgresql://h/d?password=the-secret",
                "jdbc:postgresql://h/d?ssl=true&PASSWORD=the-secret",
                "jdbc:postgresql://me:the-secret@h/d",
            })
    void urlsThatHoldSecretsOrAreOfOthersAreRefused(String url) {
        assertThatThrownBy(() -> PostgresOptions.of(url, "user", "the-secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url='")
                .hasMessageNotContaining("the-secret");
    }

    @Test
    void noPasswordIsPrinted() {
        PostgresOptions options = PostgresOptions.of("jdbc:postgresql://h/d", "user", "the-secret");
        assertThat(options.toString()).doesNotContain("the-secret");
        assertThat(new SlickSettings("profile", "driver", "url", "user", "the-secret").toString())
                .doesNotContain("the-secret");
    }

    @Test
    void anApplicationCannotChangeWhatWasJournaled() throws SQLException {
        roles.migrate();
        try (var database = PostgresDatabase.connect(roles.options());
                Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "UPDATE event_journal SET writer = ''",
                    "DELETE FROM event_journal",
                    "TRUNCATE event_journal",
                    "DROP TABLE event_journal",
                    "UPDATE zeroops_meta SET value = ''",
                    "DELETE FROM shard_epoch",
                    "UPDATE settings SET canonical = ''",
                    "CREATE TABLE mine (id INT)")) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .as(sql)
                        .isInstanceOf(SQLException.class)
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isEqualTo("42501");
            }
        }
    }

    @Test
    void everyTableHasItsGrants() throws SQLException {
        roles.migrate();
        var tables = new TreeSet<String>();
        try (Connection connection = DriverManager.getConnection(roles.url(), roles.owner(), roles.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        tables.remove("flyway_schema_history");
        assertThat(tables).isEqualTo(PostgresSchema.GRANTS.keySet());
    }

    /** A dump keeps the numbers of transactions of the server that it came from. */
    @Test
    void rowsOfTransactionsYetToComeAreRefusedUntilTheyAreNumberedAnew() throws SQLException {
        roles.migrate();
        try (var database = PostgresDatabase.connect(roles.options());
                var path = WritePath.start(database)) {
            path.write(List.of(row(1), row(2))).toCompletableFuture().join();
        }
        asOwner("UPDATE event_journal SET transaction = '4000000000000'");
        refused(roles.options(), "transactions that its server has yet to come to", "numbers them anew");
        roles.migrate();
        try (var database = PostgresDatabase.connect(roles.options());
                var path = WritePath.start(database)) {
            path.write(List.of(row(3))).toCompletableFuture().join();
            assertThat(new JournalReader(database).after(Position.START, 10))
                    .extracting(JournalEntry::sequence)
                    .containsExactly(1L, 2L, 3L);
        }
    }

    static JournalRow row(long sequence) {
        return row("scaler/a", sequence, "life-1");
    }

    static JournalRow row(String entity, long sequence, String writer) {
        byte[] payload = new EventCodec().eventsToCbor(List.of(new ProposalHanded(T0.plusSeconds(sequence), T0)));
        return new JournalRow(
                entity, sequence, writer, 0, WrittenSerializer.IDENTIFIER, "hash", payload, List.of(), Owing.UNCHANGED);
    }
}
