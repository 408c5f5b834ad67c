package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the role that owns the tables proves itself. */
final class PasswordFileOption {
    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The file that holds that role's password, and nothing else. Default: no password.")
    private @Nullable Path file;

    /** Empty if none is given. */
    String read() {
        if (file == null) {
            return "";
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new InvalidInputException(
                    "--password-file " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + "): give a file that holds the password",
                    e);
        }
    }
}
