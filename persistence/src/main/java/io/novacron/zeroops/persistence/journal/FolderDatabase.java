package io.novacron.zeroops.persistence.journal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/**
 * An H2 file in a data folder, whose owner is one process at a time. A node owns it and lets other
 * programs of this machine in, those that can read the folder; where no node runs, a program owns it for as long as it
 * looks.
 *
 * <p>{@code WRITE_DELAY=0}: what is acknowledged is with the operating system, and survives the end of the process.
 */
public final class FolderDatabase implements JournalDatabase {
    /** So much of the disk is left alone: what is under way can end, and an operator can still log in. */
    public static final long RESERVE_BYTES = 64L << 20;

    private static final String USER = "zeroops";
    private static final String OPTIONS =
            ";WRITE_DELAY=0;RETENTION_TIME=10000;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";

    private final String url;
    private final @Nullable DataFolder folder;
    private final @Nullable Server server;
    private final long reserveBytes;
    private final Connection keeper; // H2 closes a database that nobody has open
    private @Nullable Housekeeping housekeeping; // of an owner
    private volatile @Nullable FileStore store; // that the folder is on

    private FolderDatabase(String url, @Nullable DataFolder folder, @Nullable Server server, long reserveBytes)
            throws SQLException {
        this.url = url;
        this.folder = folder;
        this.server = server;
        this.reserveBytes = reserveBytes;
        this.keeper = DriverManager.getConnection(url, USER, "");
    }

    /**
     * Opens a folder to write in it, as its owner; creates what is missing.
     *
     * @throws DataFolderException if it cannot be used, and why
     */
    public static FolderDatabase own(Path path) {
        return own(path, RESERVE_BYTES);
    }

    /** @param reserveBytes how much of the disk is left alone */
    public static FolderDatabase own(Path path, long reserveBytes) {
        DataFolder folder = DataFolder.own(path);
        @Nullable FolderDatabase database = null;
        try {
            database = new FolderDatabase(fileUrl(folder), folder, serve(folder), reserveBytes);
            database.createOrCheck(path);
            database.housekeeping = new Housekeeping(database);
            return database;
        } catch (SQLException e) {
            close(database, folder);
            throw unusable(path, e);
        } catch (DataFolderException e) {
            close(database, folder);
            throw e;
        }
    }

    private static void close(@Nullable FolderDatabase database, DataFolder folder) {
        if (database != null) {
            database.close();
        } else {
            folder.close();
        }
    }

    /**
     * Opens a folder to look at it, also while a node owns it.
     *
     * @throws DataFolderException if there is nothing to look at, and why
     */
    public static FolderDatabase visit(Path path) {
        if (!Files.isRegularFile(DataFolder.databaseFile(path))) {
            throw new DataFolderException(
                    "data folder " + path + " holds no journal; give the folder of a node with --data");
        }
        Optional<DataFolder.Door> door = DataFolder.door(path);
        if (door.isEmpty()) {
            return own(path);
        }
        try {
            String url = "jdbc:h2:tcp://127.0.0.1:" + door.get().port() + "/"
                    + door.get().key();
            var database = new FolderDatabase(url, null, null, 0);
            try {
                database.createOrCheck(path);
                return database;
            } catch (SQLException | DataFolderException e) {
                database.close();
                throw e;
            }
        } catch (SQLException e) {
            throw unusable(path, e);
        }
    }

    private static DataFolderException unusable(Path path, SQLException e) {
        return new DataFolderException("data folder " + path + " cannot be opened: " + e.getMessage(), e);
    }

    private static String fileUrl(DataFolder folder) {
        return "jdbc:h2:file:" + folder.database() + OPTIONS;
    }

    /** Lets in whoever can read the key, on loopback only. */
    private static Server serve(DataFolder folder) throws SQLException {
        System.setProperty("h2.bindAddress", "127.0.0.1"); // read by H2 when it first listens
        String key = UUID.randomUUID().toString();
        Server server = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-key", key, "file:" + folder.database())
                .start();
        folder.open(new DataFolder.Door(ProcessHandle.current().pid(), server.getPort(), key));
        return server;
    }

    /** Loads the migrations only where there is something to do: the other starts need not wait for that. */
    private void createOrCheck(Path path) throws SQLException {
        Optional<SchemaVersion> version = SchemaVersion.of(keeper);
        boolean isNew = version.isEmpty() && !SchemaVersion.hasTables(keeper, "%");
        if (folder != null && (isNew || version.filter(SchemaVersion::isOlder).isPresent())) {
            SchemaVersion.migrate(Dialect.H2, url, USER, "");
        } else if (version.filter(SchemaVersion::isUsable).isEmpty()) {
            throw new DataFolderException("data folder " + path + " is of schema version "
                    + version.map(found -> Integer.toString(found.version())).orElse("none")
                    + ", and this build reads version " + SchemaVersion.CURRENT
                    + "; start the version that wrote it, or choose another folder with --data");
        }
    }

    /** Notes a small fact about this folder. */
    public void setMeta(String name, String value) {
        try (Connection connection = connect();
                PreparedStatement merge = connection.prepareStatement(
                        "MERGE INTO \"zeroops_meta\" (\"name\", \"value\") KEY (\"name\") VALUES (?, ?)")) {
            merge.setString(1, name);
            merge.setString(2, value);
            merge.executeUpdate();
        } catch (SQLException e) {
            throw new JournalUnavailableException("the journal's database cannot be written", e);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.H2;
    }

    @Override
    public SlickSettings slick() {
        return new SlickSettings("slick.jdbc.H2Profile$", "org.h2.Driver", url, USER, "");
    }

    /** A new one each time. */
    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, USER, "");
    }

    @Override
    public void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It is broken; what was not committed is written again on another.
        }
    }

    /** There is one node. */
    @Override
    public Optional<Connection> exclusive(Exclusive what) throws SQLException {
        return Optional.of(connect());
    }

    /** A connection to a file that nobody has open, and that is not written. */
    static Connection read(Path database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + database.toAbsolutePath() + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r", USER, "");
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public DataSource dataSource() {
        var source = new JdbcDataSource();
        source.setURL(url);
        source.setUser(USER);
        return new GuardedDataSource(this, source);
    }

    @Override
    public void requireRoom() throws IOException {
        if (folder == null) {
            return; // a visitor's owner sees to it
        }
        Path path = folder.path();
        FileStore known = store;
        if (known == null) {
            known = Files.getFileStore(path); // reads the table of what is mounted: costly before each commit
            store = known;
        }
        long usable = known.getUsableSpace();
        if (usable < reserveBytes) {
            throw new IOException("no space left on the disk of " + path + ": " + (usable >> 20) + " MiB are free and "
                    + (reserveBytes >> 20) + " MiB are kept in reserve; make room there");
        }
    }

    @Override
    public boolean isOwned() {
        return folder != null;
    }

    /** The folder, for its owner. */
    public DataFolder folder() {
        if (folder == null) {
            throw new IllegalStateException("this database is only visited");
        }
        return folder;
    }

    /** A copy of everything committed so far, as a zip file, while others read and write. */
    public void backUp(Path zip) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement backup = connection.prepareStatement("BACKUP TO ?")) {
            backup.setString(1, zip.toAbsolutePath().toString());
            backup.execute();
        }
    }

    @Override
    public void close() {
        if (housekeeping != null) {
            housekeeping.close();
        }
        try {
            keeper.close();
        } catch (SQLException e) {
            // It is broken, and with it what it kept open is closed.
        }
        if (server != null) {
            server.stop();
        }
        if (folder != null) {
            folder.close();
        }
    }
}
