package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.http.node.ControlFile;
import io.novacron.zeroops.persistence.journal.DataFolder;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** The control file of a data folder, and the wait until its node has seen it. */
final class Brake {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_EVERY_MS = 50;

    private final Terminal terminal;
    private final Path folder;
    private final ControlFile file;

    Brake(Terminal terminal, Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    "there is no data folder " + folder + "; give the folder of a node with --data");
        }
        this.terminal = terminal;
        this.folder = folder;
        this.file = new ControlFile(folder);
    }

    ControlFile file() {
        return file;
    }

    /** Until the node keeps to such a mode; says {@code done} then. */
    int await(Predicate<String> wanted, String done) throws InterruptedException {
        if (!DataFolder.isInUse(folder)) {
            terminal.out().println(done + " (no node runs in " + folder + "; it holds for the next start)");
            return ExitCode.OK;
        }
        Instant end = terminal.clock().instant().plus(PATIENCE);
        while (terminal.clock().instant().isBefore(end)) {
            Optional<String> mode = file.acknowledgedMode();
            if (mode.filter(wanted).isPresent()) {
                terminal.out().println(done + " (mode " + mode.get() + ")");
                return ExitCode.OK;
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
        terminal.err()
                .println("zeroops: the node did not acknowledge within " + PATIENCE.toSeconds()
                        + " s; it will once it can: see /api/zeroops/operations/status");
        return ExitCode.UNEXPECTED;
    }
}
