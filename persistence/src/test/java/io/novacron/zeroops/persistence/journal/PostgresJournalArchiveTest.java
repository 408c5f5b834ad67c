package io.novacron.zeroops.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.persistence.TestServer;
import io.novacron.zeroops.persistence.server.PrivateServer.Roles;
import io.novacron.zeroops.persistence.view.JournalViews;
import io.novacron.zeroops.persistence.view.Views;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresJournalArchiveTest extends JournalArchiveTest {
    private @Nullable JournalDatabase owner;

    @Override
    JournalDatabase database() {
        Roles made = TestServer.empty().migrate();
        owner = PostgresDatabase.connect(PostgresOptions.of(made.url(), made.owner(), made.password()));
        return PostgresDatabase.connect(made.options());
    }

    @AfterEach
    void closeOwner() {
        if (owner != null) {
            owner.close();
        }
    }

    @Override
    JournalDatabase owner() {
        return Objects.requireNonNull(owner);
    }

    /** Nobody owns it: views are there once a node has written them. */
    @Override
    Views views() {
        Position last = new JournalReader(database).last();
        try (var path = WritePath.start(database);
                var views = JournalViews.start(database, path)) {
            while (!views.readUpTo().equals(last) && views.problem().isEmpty()) {
                Thread.sleep(20);
            }
            assertThat(views.problem()).isEmpty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return super.views();
    }

    @Test
    void aNodesRoleMayArchiveAndNotRemove() {
        assertThatThrownBy(() -> {
                    try (var rows = new ArchiveRows(database)) {
                        rows.setRemoved(List.of(YearMonth.of(2026, 1)));
                    }
                })
                .hasMessageContaining("permission denied");
    }
}
