package io.novacron.zeroops.runtime.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A file beside the settings, such as one with a secret; or none. */
public record OptionalFile(Optional<Path> path) {
    public static final OptionalFile NONE = new OptionalFile(Optional.empty());
    private static final String NO_FILE = "none";

    static Optional<OptionalFile> parse(String text) {
        if (text.equals(NO_FILE)) {
            return Optional.of(NONE);
        }
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(new OptionalFile(Optional.of(Path.of(text))));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    public boolean isPresent() {
        return path.isPresent();
    }

    @Override
    public String toString() {
        return path.map(Path::toString).orElse(NO_FILE);
    }
}
