package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.evaluation.OutputFile;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of one command: all of them appear, or none. */
final class OutputFiles implements AutoCloseable {
    private final List<OutputFile> open = new ArrayList<>();
    private final Set<Path> paths = new HashSet<>();
    private final Optional<Path> input;

    /** @param input the file that the command reads, which none of its own may replace */
    OutputFiles(Optional<Path> input) {
        this.input = input;
    }

    /** Opens the file that an option names, if it does. */
    Optional<OutputFile> open(String option, @Nullable Path path) {
        if (path == null) {
            return Optional.empty();
        }
        if (path.toString().isEmpty()) {
            throw new InvalidInputException(option + " has an empty name; give the name of a file");
        }
        if (isInput(path)) {
            throw new InvalidInputException(
                    option + " " + path + " is the trace that is read; choose another name, or it would be lost");
        }
        if (!paths.add(path.toAbsolutePath().normalize())) {
            throw new InvalidInputException(option + " " + path + " is written already; give every file its own name");
        }
        if (Files.isDirectory(path)) {
            throw new InvalidInputException(option + " " + path + " is a directory; give the name of a file in it");
        }
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw new InvalidInputException(
                    option + " " + path + ": there is no directory " + parent + "; create it, or choose another");
        }
        try {
            OutputFile file = OutputFile.open(path);
            open.add(file);
            return Optional.of(file);
        } catch (AccessDeniedException e) {
            throw new InvalidInputException(
                    option + " " + path + ": you may not write there; choose another directory", e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    option + " " + path + " cannot be written (" + e.getMessage() + "); choose another file", e);
        }
    }

    private boolean isInput(Path path) {
        try {
            return input.isPresent() && Files.exists(path) && Files.isSameFile(input.get(), path);
        } catch (IOException e) {
            return false; // opening it will say why
        }
    }

    void finish() throws IOException {
        for (OutputFile file : open) {
            file.finish();
        }
    }

    @Override
    public void close() throws IOException {
        for (OutputFile file : open) {
            file.close();
        }
    }
}
