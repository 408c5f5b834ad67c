package io.novacron.zeroops.http.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.PostgresDatabase;
import io.novacron.zeroops.persistence.journal.UnusableDatabaseException;
import io.novacron.zeroops.persistence.server.PrivateServer;
import io.novacron.zeroops.runtime.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A start that is refused at whichever step leaves nothing behind. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeJournalTest {
    private static final long PATIENCE_MS = 30_000;
    private static final long LOOK_EVERY_MS = 20;

    @TempDir
    Path folder = Path.of(".");

    private static void writtenByANewerRelease(JournalDatabase database) {
        database.setBookmark("journal_format", "9");
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> List.of(
                                "journal-format", "exclusive-right", "journal-views", "clock-check", "journal-writer")
                        .contains(thread.getName()))
                .collect(Collectors.toSet());
    }

    @Test
    void aFolderThatIsRefusedIsNotLocked() throws Exception {
        try (var database = FolderDatabase.own(folder)) {
            writtenByANewerRelease(database);
        }
        assertThatThrownBy(() -> NodeJournal.open(folder, Settings.DEFAULTS, InstantSource.system()))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("format 9");
        FolderDatabase.own(folder).close();
    }

    @Test
    void aServerThatIsRefusedKeepsNoConnections() throws Exception {
        assumeTrue(PrivateServer.installation().isPresent(), "skipped: " + PrivateServer.MISSING);
        try (PrivateServer server = PrivateServer.start()) {
            PrivateServer.Roles roles = server.createDatabase("refusing").migrate();
            Settings settings = Settings.ofCanonical(
                    """
                    database: {kind: postgresql, url: "%s", user: %s, password_file: %s}
                    provider: {kind: http}
                    cluster: {discovery: static, contact_points: ['127.0.0.1:8558'], required_contact_points: 1}
                    """
                            .formatted(
                                    roles.url(),
                                    roles.application(),
                                    Files.writeString(folder.resolve("password"), roles.password())));
            Set<Thread> before = threads();

            var asked = new AtomicInteger();
            InstantSource failing = () -> { // once the last step asks for it
                if (asked.incrementAndGet() > 1) {
                    throw new IllegalStateException("planted");
                }
                return Instant.now();
            };
            assertThatThrownBy(() -> NodeJournal.open(folder.resolve("data"), settings, failing))
                    .hasMessage("planted");
            awaitNothingLeft(server, roles, before);

            try (var database = PostgresDatabase.connect(roles.options())) {
                writtenByANewerRelease(database);
            }
            assertThatThrownBy(() -> NodeJournal.open(folder.resolve("data"), settings, InstantSource.system()))
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("format 9");
            awaitNothingLeft(server, roles, before);
        }
    }

    private static void awaitNothingLeft(PrivateServer server, PrivateServer.Roles roles, Set<Thread> before)
            throws Exception {
        for (long left = PATIENCE_MS / LOOK_EVERY_MS;
                left > 0 && (connections(server, roles) > 0 || !before.containsAll(threads()));
                left--) {
            Thread.sleep(LOOK_EVERY_MS);
        }
        assertThat(connections(server, roles)).isZero();
        assertThat(before).containsAll(threads());
    }

    private static int connections(PrivateServer server, PrivateServer.Roles roles) throws Exception {
        try (var connection = server.superuser("postgres");
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + roles.application() + "'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
