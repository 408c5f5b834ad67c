package io.novacron.zeroops.http.fleet;

import io.novacron.zeroops.persistence.journal.DataFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The database of a fleet's process, a file in a folder of its own, which one process at a time has open. {@code
 * WRITE_DELAY=0}: what is committed is with the operating system, and survives the end of the process.
 */
final class FleetStore implements AutoCloseable {
    private static final String OPTIONS = ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;FILE_LOCK=FS;LOCK_TIMEOUT=10000";

    private final JdbcDataSource source = new JdbcDataSource();
    private final Connection keeper; // H2 closes a database that nobody has open

    /** @throws DataFolderException if the folder cannot be used, and why */
    FleetStore(Path folder) {
        try {
            Files.createDirectories(folder);
            source.setURL("jdbc:h2:file:" + folder.toAbsolutePath().normalize().resolve("fleet") + OPTIONS);
            source.setUser("zeroops");
            keeper = source.getConnection();
        } catch (IOException e) {
            throw new DataFolderException("--data " + folder + " cannot be made: " + e.getMessage(), e);
        } catch (SQLException e) {
            boolean isTaken = e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1;
            throw new DataFolderException(
                    "--data " + folder
                            + (isTaken
                                    ? " is in use by another fleet: stop that, or choose another folder"
                                    : " cannot be opened: " + e.getMessage()),
                    e);
        }
    }

    DataSource source() {
        return source;
    }

    @Override
    public void close() {
        try {
            keeper.close();
        } catch (SQLException e) {
            // It is broken, and with it what it kept open is closed.
        }
    }
}
