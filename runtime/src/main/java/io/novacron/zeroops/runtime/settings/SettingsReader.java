package io.novacron.zeroops.runtime.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads {@code conf/zeroops.yaml}, or says all that is wrong with it at once. */
public final class SettingsReader {
    /** The largest file, in bytes. */
    public static final int SIZE_MAX = 1 << 20;

    private SettingsReader() {}

    /**
     * @param keysSet keys that the file gives a value, groups and what is in lists left out
     */
    public record Found(Settings settings, int keysSet) {}

    /** What the file says, and for what it does not say the defaults: for an empty file all of them. */
    public static Settings read(Path file) throws SettingsException {
        return find(file).settings();
    }

    /** The same, with how much of it the file said. */
    public static Found find(Path file) throws SettingsException {
        return find(file, System.getenv());
    }

    /** The same, with variables of this environment, such as {@code ZEROOPS_CLUSTER_HOST}: see docs/configuration.md. */
    public static Found find(Path file, Map<String, String> environment) throws SettingsException {
        return new Reading(file.toString(), environment).all(text(file));
    }

    /** The defaults, but for what the environment sets. */
    public static Settings ofEnvironment() throws SettingsException {
        return new Reading("defaults", System.getenv()).all("").settings();
    }

    /** @param name what problems call the text */
    static Found parse(String name, String text) throws SettingsException {
        return new Reading(name, Map.of()).all(text);
    }

    private static String text(Path file) throws SettingsException {
        if (Files.isDirectory(file)) {
            throw unreadable(file, "is a directory: name a file in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(SIZE_MAX + 1);
            if (bytes.length > SIZE_MAX) {
                throw unreadable(file, "is larger than 1 MiB: surely it is no file of settings");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw unreadable(file, "does not exist: name a file, such as conf/zeroops.yaml");
        } catch (AccessDeniedException e) {
            throw unreadable(file, "may not be read: give yourself the right to read it");
        } catch (CharacterCodingException e) {
            throw unreadable(file, "is no text in UTF-8: save it as UTF-8");
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + e.getMessage());
        }
    }

    private static SettingsException unreadable(Path file, String message) {
        return new SettingsException(List.of(new Problem(file.toString(), 0, 0, "", message)));
    }
}
