package io.novacron.zeroops.http.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The brake that needs neither HTTP nor a database: while the file {@code paused} is in a node's data folder, its automation
 * is paused. The node watches it, and says in {@code mode} what it keeps to.
 */
public final class ControlFile {
    /** The longest reason that is taken, in characters. */
    public static final int REASON_MAX = 500;

    private final Path paused;
    private final Path mode;

    public ControlFile(Path folder) {
        this.paused = folder.resolve("paused");
        this.mode = folder.resolve("mode");
    }

    /** Asks for a pause; a second one keeps the first one's reason. */
    public void pause(String reason) throws IOException {
        if (!Files.exists(paused)) {
            write(paused, reason);
        }
    }

    /** Asks for the end of the pause; false if there was none. */
    public boolean resume() throws IOException {
        return Files.deleteIfExists(paused);
    }

    /** Why automation is to be paused; empty if it is not to be. */
    public Optional<String> pauseReason() {
        return read(paused).map(text -> text.length() > REASON_MAX ? text.substring(0, REASON_MAX) : text);
    }

    /** What the node said last that it keeps to: {@code full}, {@code paused}. */
    public Optional<String> acknowledgedMode() {
        return read(mode);
    }

    void acknowledge(String keptTo) throws IOException {
        write(mode, keptTo);
    }

    void forget() throws IOException {
        Files.deleteIfExists(mode);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole or not at all: somebody may be reading. */
    private static void write(Path file, String text) throws IOException {
        Path whole = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(whole, text + "\n", StandardCharsets.UTF_8);
        try {
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
