package io.novacron.zeroops.persistence.journal;

import io.novacron.zeroops.persistence.TestServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** All that holds for a folder. */
class PostgresWritePathTest extends WritePathTest {
    private @Nullable PostgresOptions options;

    @Override
    JournalDatabase database() {
        if (options == null) {
            options = TestServer.empty().migrate().options();
        }
        return PostgresDatabase.connect(options);
    }

    @Override
    @Test
    @Disabled("the server has the disk")
    void aDiskWithoutRoomStopsItUntilThereIsRoom() {}
}
