package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.journal.Backup;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.runtime.settings.DatabaseKind;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = {
            "Write everything that is journaled in a data folder to a new file. Works while the node runs.",
            "Of a journal in PostgreSQL, pg_dump makes the backups: see docs/operating.md."
        },
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

    @Mixin
    private ConfigOption config = new ConfigOption();

    BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SettingsException {
        var shared = config.settings().database();
        if (shared.kind() == DatabaseKind.POSTGRESQL) {
            throw new InvalidInputException("the journal is in " + shared.url()
                    + ", and PostgreSQL's own tool makes its backups while nodes run: pg_dump --format=custom --file=FILE"
                    + " --host=HOST --username=OWNER DATABASE; docs/operating.md says how to restore one");
        }
        try (var database = FolderDatabase.visit(data.data)) {
            Backup.write(database, file);
        }
        terminal.out().println(file + ": a backup of " + data.data);
        return ExitCode.OK;
    }
}
