package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.journal.Backup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = "Make the data folder of a node from a backup. A folder that has a journal is refused.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {"", "Example:", "  ./zeroops restore zeroops-monday.zip --data restored"})
final class RestoreCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE.zip", description = "A file made by backup.")
    private Path file = Path.of("");

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The folder to make.")
    private Path data = Path.of("");

    RestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        long last = Backup.restore(file, data);
        terminal.out().println(data + ": restored up to row " + last + " of the journal");
        return ExitCode.OK;
    }
}
