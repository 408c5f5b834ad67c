package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.journal.JournalArchive;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description =
                "Put the rows of one month back where they were, as far as they are missing. Nodes may run. Nothing is"
                        + " written where the journal has other rows in their place.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {"", "Example:", "  ./zeroops journal archive restore /var/archive/zeroops/journal-2026-09.jsonl.gz"})
final class ArchiveRestoreCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The archive, with its manifest beside it.")
    private Path file = Path.of("");

    @Mixin
    private ArchiveOptions options = new ArchiveOptions();

    @Option(
            names = "--progress",
            description = "Say on standard error how far it has come, also if that is no terminal.")
    private boolean progress;

    ArchiveRestoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, SettingsException {
        YearMonth month = JournalArchive.month(file)
                .filter(named -> Files.isRegularFile(file))
                .orElseThrow(() -> new InvalidInputException(file
                        + " is no archive: give a file such as journal-2026-09.jsonl.gz, with its manifest beside it"));
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new InvalidInputException(file + " is in no directory");
        }
        try (JournalDatabase database = options.changing("restore");
                JournalArchive archive = JournalArchive.open(database, directory);
                var line = new ProgressLine(terminal, progress)) {
            double last = Math.max(1, new JournalReader(database).last().ordering());
            long rows = archive.restore(month, JournalArchiveCommand.at("restoring " + month, last, line));
            terminal.out().printf(Locale.ROOT, "%s  %,d rows put back%n", JournalArchive.name(month), rows);
        }
        return ExitCode.OK;
    }
}
