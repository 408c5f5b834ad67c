package io.novacron.zeroops.persistence.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.persistence.SmallHost;
import io.novacron.zeroops.persistence.TestServer;
import io.novacron.zeroops.persistence.journal.PostgresDatabase;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.server.PrivateServer.Roles;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that share a journal: one of them writes the views. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedViewsTest {
    private Roles roles = new Roles("", "", "", "");
    private PostgresDatabase database;
    private WritePath path;
    private SmallHost host;

    @BeforeEach
    void open() {
        roles = TestServer.empty().migrate();
        database = PostgresDatabase.connect(roles.options());
        path = WritePath.start(database);
        host = new SmallHost(path);
    }

    @AfterEach
    void close() {
        path.close();
        database.close();
    }

    private void awaitAll(JournalViews... all) {
        for (JournalViews views : all) {
            JournalViewsTest.await(() ->
                    views.readUpTo().equals(path.committed()) && views.problem().isEmpty());
        }
    }

    @Test
    void allKnowTheSameWhoeverWrites() throws SQLException {
        try (var other = PostgresDatabase.connect(roles.options());
                var second = JournalViews.start(other, path)) {
            Set<String> heard = ConcurrentHashMap.newKeySet();
            second.onDecision(decision -> heard.add(decision.decision()));
            try (var first = JournalViews.start(database, path)) {
                host.begin("web", 10);
                host.demand("web", 180);
                awaitAll(first, second);
                assertThat(leaders()).isEqualTo(1);
                endLeaders(); // and another one takes over, or the same again
                host.pass(Duration.ofMinutes(10));
                host.demand("web", 300);
                awaitAll(first, second);
                assertThat(first.budgets()).isEqualTo(second.budgets()).isNotEmpty();
                assertThat(first.counts()).isEqualTo(second.counts());
            }
            host.pass(Duration.ofMinutes(10));
            host.demand("web", 500);
            awaitAll(second);
            assertThat(second.counts().decisions()).isEqualTo(3);
            assertThat(second.counts().verified()).isEqualTo(3);
            assertThat(second.decisions(DecisionQuery.newest(10))).hasSize(3);
            assertThat(heard).hasSize(3);
        }
    }

    private static final String LEADERS = " FROM pg_locks WHERE locktype = 'advisory' AND granted AND database ="
            + " (SELECT oid FROM pg_database WHERE datname = current_database())";

    private int leaders() throws SQLException {
        return count("SELECT count(*)" + LEADERS);
    }

    private void endLeaders() throws SQLException {
        assertThat(count("SELECT count(pg_terminate_backend(pid))" + LEADERS)).isEqualTo(1);
    }

    private int count(String sql) throws SQLException {
        String name = roles.url().substring(roles.url().lastIndexOf('/') + 1);
        try (Connection superuser = TestServer.shared().superuser(name);
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
