package io.novacron.zeroops.persistence.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The journal's database as one zip file, and back. Either file appears whole or not at all. */
public final class Backup {
    private static final String ENTRY = "journal.mv.db";
    private static final int BUFFER_BYTES = 1 << 16;

    private Backup() {}

    /**
     * Writes everything committed so far to a new file, while others read and write. Where a node owns the folder, it is the
     * node that writes the file.
     *
     * @throws DataFolderException if it cannot be written, and why
     */
    public static void write(FolderDatabase database, Path zip) {
        Path target = zip.toAbsolutePath().normalize();
        Path part = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            requireNew(target);
            try {
                database.backUp(part);
                requireNew(target);
                Files.move(part, target);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (SQLException | IOException e) {
            throw new DataFolderException("backup " + zip + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void requireNew(Path target) {
        Path parent = target.getParent();
        if (Files.exists(target)) {
            throw new DataFolderException("backup " + target + " exists already; choose another name, or remove it");
        } else if (parent != null && !Files.isDirectory(parent)) {
            throw new DataFolderException(
                    "backup " + target + ": there is no directory " + parent + "; create it, or choose another");
        }
    }

    /**
     * Puts the journal of a backup into a folder that has none.
     *
     * @return the ordering of its last row
     * @throws DataFolderException if the file is no backup, or the folder cannot take it; then it still has no journal
     */
    public static long restore(Path zip, Path data) {
        if (!Files.isRegularFile(zip)) {
            throw new DataFolderException("backup " + zip + " does not exist; give the path of a file made by backup");
        }
        requireEmpty(data);
        try (var in = new ZipFile(zip.toFile())) {
            ZipEntry entry = only(zip, in);
            try (DataFolder folder = DataFolder.own(data)) {
                requireEmpty(data);
                return restore(zip, in, entry, folder);
            }
        } catch (ZipException e) {
            throw foreign(zip, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new DataFolderException(
                    "backup " + zip + " cannot be restored to " + data + ": " + e.getMessage(), e);
        }
    }

    private static void requireEmpty(Path data) {
        if (Files.exists(DataFolder.databaseFile(data))) {
            throw new DataFolderException(
                    "data folder " + data + " has a journal already; restore to a new folder, so that none is lost");
        }
    }

    private static ZipEntry only(Path zip, ZipFile in) {
        if (in.size() != 1) {
            throw foreign(zip, "it holds " + in.size() + " files, not " + ENTRY + " alone");
        }
        ZipEntry entry = in.entries().nextElement();
        if (!entry.getName().equals(ENTRY)) {
            throw foreign(zip, "it holds '" + entry.getName() + "', not " + ENTRY);
        }
        return entry;
    }

    private static DataFolderException foreign(Path zip, String why) {
        return new DataFolderException("backup " + zip + " was not made by this program: " + why);
    }

    private static long restore(Path zip, ZipFile in, ZipEntry entry, DataFolder folder) throws IOException {
        long room = Files.getFileStore(folder.path()).getUsableSpace() - FolderDatabase.RESERVE_BYTES;
        String name = "restored-" + ProcessHandle.current().pid();
        Path part = folder.path().resolve(name + ".mv.db");
        try {
            copy(zip, in, entry, part, room);
            long last = check(zip, folder.path().resolve(name));
            move(part, DataFolder.databaseFile(folder.path()));
            return last;
        } finally {
            for (Path left : List.of(part, folder.path().resolve(name + ".trace.db"))) {
                Files.deleteIfExists(left);
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    /** What the file says of its size need not be true: it is counted. */
    private static void copy(Path zip, ZipFile in, ZipEntry entry, Path to, long bytesMax) throws IOException {
        try (InputStream from = in.getInputStream(entry);
                OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long copied = 0;
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                copied += read;
                if (copied > bytesMax) {
                    throw new IOException("no space left: what is in " + zip + " is larger than the " + (bytesMax >> 20)
                            + " MiB that the disk can take; make room there");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    /** Opens it before it is put in its place: returns its last row. */
    private static long check(Path zip, Path database) {
        try (Connection connection = FolderDatabase.read(database);
                Statement statement = connection.createStatement()) {
            Optional<SchemaVersion> version = SchemaVersion.of(connection);
            if (version.filter(found -> found.isUsable() || found.isOlder()).isEmpty()) {
                throw new DataFolderException("backup " + zip + " is of schema version "
                        + version.map(found -> Integer.toString(found.version()))
                                .orElse("none")
                        + ", and this build reads version " + SchemaVersion.CURRENT
                        + "; restore it with the version that made it");
            }
            return Long.parseLong(text(statement, "SELECT COALESCE(MAX(\"ordering\"), 0) FROM \"event_journal\""));
        } catch (SQLException e) {
            throw new DataFolderException("backup " + zip + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "none";
        }
    }
}
