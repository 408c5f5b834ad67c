package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.journal.Backup;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = "Write everything that is journaled to a new file. Works while the node runs.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {"", "Example:", "  ./zeroops backup zeroops-monday.zip"})
final class BackupCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE.zip", description = "The file to make; one that exists is refused.")
    private Path file = Path.of("");

    @Mixin
    private DataOption data = new DataOption();

    BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var database = FolderDatabase.visit(data.data)) {
            Backup.write(database, file);
        }
        terminal.out().println(file + ": a backup of " + data.data);
        return ExitCode.OK;
    }
}
