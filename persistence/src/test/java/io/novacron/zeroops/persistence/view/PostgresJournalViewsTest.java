package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.persistence.TestServer;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.PostgresDatabase;
import io.novacron.zeroops.persistence.server.PrivateServer.Roles;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** All that holds for a folder. */
class PostgresJournalViewsTest extends JournalViewsTest {
    private @Nullable Roles roles;

    @Override
    JournalDatabase database() {
        Roles made = TestServer.empty().migrate();
        roles = made;
        return PostgresDatabase.connect(made.options());
    }

    @Override
    Connection owner() throws SQLException {
        Roles made = java.util.Objects.requireNonNull(roles);
        return DriverManager.getConnection(made.url(), made.owner(), made.password());
    }

    /** Nobody owns it: views are there once a node has written them. */
    @Override
    Views views() {
        try (var views = JournalViews.start(database, path)) {
            await(() -> views.readUpTo().equals(path.committed()));
        }
        return super.views();
    }
}
