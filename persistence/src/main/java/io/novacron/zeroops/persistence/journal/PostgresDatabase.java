package io.novacron.zeroops.persistence.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A PostgreSQL database that several nodes share, each with a bounded pool of connections. Its tables are made beforehand by
 * {@link PostgresSchema}, with another role than the nodes': a node never changes them, and cannot change what was
 * journaled.
 *
 * <p>Nothing here waits for a server that is gone: connections are given up after twice {@link PostgresOptions#patience}, the
 * server gives up on a client that is gone or paused after once.
 */
public final class PostgresDatabase implements JournalDatabase {
    private final PostgresOptions options;
    private final HikariDataSource pool;

    private PostgresDatabase(PostgresOptions options) {
        this.options = options;
        var config = new HikariConfig();
        config.setPoolName("zeroops-journal");
        config.setJdbcUrl(options.fullUrl());
        config.setUsername(options.user());
        config.setPassword(options.password());
        config.setMaximumPoolSize(options.poolMax());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(options.patience().toMillis());
        config.setValidationTimeout(Math.max(250, options.patience().toMillis() / 2));
        config.setInitializationFailTimeout(-1); // the first connection is ours, and its failure says why
        this.pool = new HikariDataSource(config);
    }

    /**
     * Connects, and checks that a node can work with what is there.
     *
     * @throws UnusableDatabaseException if not, and why
     */
    public static PostgresDatabase connect(PostgresOptions options) {
        PostgresChecks.reachable(options);
        var database = new PostgresDatabase(options);
        try (Connection connection = database.connect()) {
            PostgresChecks.usable(connection, options.url());
            return database;
        } catch (SQLException e) {
            database.close();
            throw PostgresChecks.unusable(options.url(), options.user(), e);
        } catch (UnusableDatabaseException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public String url() {
        return options.url();
    }

    @Override
    public SlickSettings slick() {
        return new SlickSettings(
                "slick.jdbc.PostgresProfile$",
                "org.postgresql.Driver",
                options.fullUrl(),
                options.user(),
                options.password());
    }

    @Override
    public Connection connect() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void discard(Connection connection) {
        pool.evictConnection(connection); // which closes it
        pool.getHikariPoolMXBean().softEvictConnections(); // after a failover each leads to a server that only reads
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    /** By a lock of the session, which the server ends when its client is silent for {@link PostgresOptions#patience}. */
    @Override
    public Optional<Connection> exclusive(Exclusive what) throws SQLException {
        Connection connection = connect();
        try (PreparedStatement lock =
                        connection.prepareStatement("SELECT pg_try_advisory_lock(?, hashtext(current_schema()))");
                Statement statement = connection.createStatement()) {
            lock.setInt(1, what.key);
            ResultSet got = lock.executeQuery();
            got.next();
            if (got.getBoolean(1)) {
                statement.execute(
                        "SET idle_session_timeout = " + options.patience().toMillis());
                return Optional.of(connection);
            }
            connection.close();
            return Optional.empty();
        } catch (SQLException e) {
            discard(connection);
            throw e;
        }
    }

    /** The database's clock. */
    public Instant now() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet now = statement.executeQuery("SELECT clock_timestamp()")) {
            now.next();
            return now.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** A server on whose disk there is no room says so itself, and goes on once there is. */
    @Override
    public void requireRoom() {}

    /** Other nodes may write. */
    @Override
    public boolean isOwned() {
        return false;
    }

    @Override
    public void close() {
        pool.close();
    }
}
