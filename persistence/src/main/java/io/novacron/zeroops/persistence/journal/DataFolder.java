package io.novacron.zeroops.persistence.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one node: its database, and a lock that tells who owns it. Only its user may look inside, since the lock
 * also holds the key by which other programs of that user are let in.
 */
public final class DataFolder implements AutoCloseable {
    private static final String LOCK = "zeroops.lock";
    private static final String DATABASE = "journal";
    private static final int DOOR_MAX_BYTES = 256;
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /**
     * Those of this process. A lock of a file is the process's, and ends when the process closes that file, however often
     * it had opened it: so nobody here opens it again to look.
     */
    private static final Map<Path, Optional<Door>> OWN = new ConcurrentHashMap<>();

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private DataFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** How other programs get in: a port of loopback, and a key to know. */
    record Door(long process, int port, String key) {
        private String text() {
            return process + " " + port + " " + key;
        }

        private static Optional<Door> of(String text) {
            String[] parts = text.strip().split(" ", 4);
            return parts.length == 3
                    ? Optional.of(new Door(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), parts[2]))
                    : Optional.empty();
        }
    }

    static DataFolder own(Path given) {
        Path path = given.toAbsolutePath().normalize();
        if (OWN.putIfAbsent(path, Optional.empty()) != null) {
            throw inUse(given, " (this one)");
        }
        try {
            return lock(given, path);
        } catch (RuntimeException e) {
            OWN.remove(path);
            throw e;
        }
    }

    private static DataFolder lock(Path given, Path path) {
        @Nullable FileChannel channel = null;
        try {
            create(path);
            channel = FileChannel.open(
                    path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock(DOOR_MAX_BYTES, 1, false); // beyond the text, which others may read
            if (lock != null) {
                return new DataFolder(path, channel, lock);
            }
            String owner = read(channel)
                    .map(door -> " (process " + door.process() + ")")
                    .orElse("");
            channel.close();
            throw inUse(given, owner);
        } catch (OverlappingFileLockException e) {
            close(channel);
            throw inUse(given, " (this one)");
        } catch (IOException e) {
            close(channel);
            throw new DataFolderException(
                    "data folder " + given + " cannot be used: " + reason(e) + "; choose another with --data", e);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }

    private static DataFolderException inUse(Path path, String owner) {
        return new DataFolderException("data folder " + path + " is in use by another process" + owner
                + "; stop that one, or choose another folder with --data");
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing was written.
        }
    }

    private static void create(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(path, OWNER_ONLY);
            }
        }
    }

    /** How to get in, if a living process owns this folder. */
    static Optional<Door> door(Path path) {
        Optional<Door> own = OWN.get(path.toAbsolutePath().normalize());
        if (own != null) {
            return own;
        }
        try (FileChannel channel =
                FileChannel.open(path.resolve(LOCK), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock(DOOR_MAX_BYTES, 1, false);
            if (lock != null) {
                lock.release();
                return Optional.empty();
            }
            return read(channel);
        } catch (OverlappingFileLockException | IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Door> read(FileChannel channel) throws IOException {
        var text = ByteBuffer.allocate(DOOR_MAX_BYTES);
        channel.read(text, 0);
        return Door.of(new String(text.array(), 0, text.position(), StandardCharsets.UTF_8));
    }

    /** Whether a living process owns it. */
    public static boolean isInUse(Path path) {
        return door(path).isPresent();
    }

    void open(Door door) {
        try {
            if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(
                        path.resolve(LOCK),
                        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(door.text().getBytes(StandardCharsets.UTF_8)), 0);
            OWN.put(path, Optional.of(door));
        } catch (IOException e) {
            throw new DataFolderException("data folder " + path + " cannot be written: " + reason(e), e);
        }
    }

    /** H2's name of the database in this folder, without the suffix that H2 adds. */
    Path database() {
        return path.resolve(DATABASE);
    }

    static Path databaseFile(Path path) {
        return path.resolve(DATABASE + ".mv.db");
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            channel.truncate(0);
            lock.release();
            channel.close();
        } catch (IOException e) {
            // The lock ends with the process.
        }
        OWN.remove(path);
    }
}
