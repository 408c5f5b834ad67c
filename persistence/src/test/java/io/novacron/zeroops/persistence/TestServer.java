package io.novacron.zeroops.persistence;

import io.novacron.zeroops.persistence.journal.PostgresDatabase;
import io.novacron.zeroops.persistence.server.PrivateServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** One PostgreSQL server for all tests of this process, each with databases of its own; without one they are skipped. */
public final class TestServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static @Nullable PrivateServer server;

    private TestServer() {}

    /** Skips the test where PostgreSQL is not installed. */
    public static void require() {
        Assumptions.assumeTrue(PrivateServer.installation().isPresent(), "skipped: " + PrivateServer.MISSING);
    }

    public static synchronized PrivateServer shared() {
        require();
        try {
            PrivateServer started = server;
            if (started == null) {
                started = PrivateServer.start();
                server = started;
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            }
            return started;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A new database without tables. */
    public static PrivateServer.Roles empty() {
        return database(shared());
    }

    /** A new database on this server, without tables. */
    public static PrivateServer.Roles database(PrivateServer on) {
        try {
            return on.createDatabase("test_" + DATABASES.incrementAndGet());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A new database, as a node opens it. */
    public static PostgresDatabase open() {
        return PostgresDatabase.connect(empty().migrate().options());
    }
}
