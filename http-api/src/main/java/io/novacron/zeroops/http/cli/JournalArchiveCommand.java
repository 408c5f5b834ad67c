package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.journal.JournalArchive;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.Position;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "archive",
        description = {
            "Write each whole month before the given one, by UTC and by when rows were written, to a file of compressed JSON"
                    + " lines, and beside it a manifest with its sums, which names the one before. A month that is there already"
                    + " is checked. Nodes may run."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  ./zeroops journal archive --before 2026-10 --to /var/archive/zeroops",
            "  ./zeroops journal archive --before 2026-10 --to /var/archive/zeroops --remove",
            "  ./zeroops journal archive verify /var/archive/zeroops",
            "",
            "Exit codes:",
            "  0  the archives are there",
            "  1  unexpected failure",
            "  2  it cannot be done as asked, and why",
        })
final class JournalArchiveCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--before", paramLabel = "YYYY-MM", description = "The first month that is not archived.")
    private @Nullable String before;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The directory of all archives of this journal, which must exist.")
    private @Nullable Path directory;

    @Option(
            names = "--remove",
            description =
                    "Then remove those rows that nobody needs: what lies between the opening and the verdict of decisions"
                            + " that have ended, and what a snapshot stands for. In PostgreSQL with --owner.")
    private boolean remove;

    @Mixin
    private ArchiveOptions options = new ArchiveOptions();

    @Option(
            names = "--progress",
            description = "Say on standard error how far it has come, also if that is no terminal.")
    private boolean progress;

    JournalArchiveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, SettingsException {
        if (before == null || directory == null) {
            throw new ParameterException(
                    spec.commandLine(), "say what to archive, and where to: give --before YYYY-MM and --to DIR");
        }
        YearMonth first = month("--before", before);
        try (JournalDatabase database = remove ? options.changing("--remove") : options.reading();
                JournalArchive archive = JournalArchive.open(database, directory);
                var line = new ProgressLine(terminal, progress)) {
            double last = Math.max(1, new JournalReader(database).last().ordering());
            for (YearMonth month : archive.months(first, terminal.clock().instant())) {
                long rows = archive.write(month, at("archiving " + month, last, line));
                terminal.out().printf(Locale.ROOT, "%s  %,d rows%n", JournalArchive.name(month), rows);
            }
            if (remove) {
                for (YearMonth month : archive.months(first, terminal.clock().instant())) {
                    long rows = archive.remove(month, at("removing " + month, last, line));
                    terminal.out().printf(Locale.ROOT, "%s  %,d rows removed%n", JournalArchive.name(month), rows);
                }
            }
        }
        return ExitCode.OK;
    }

    static Consumer<Position> at(String what, double last, ProgressLine line) {
        return read -> line.at(what, read.ordering() / last);
    }

    private static YearMonth month(String option, String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(option + " " + text + " is no month: write one such as 2026-10", e);
        }
    }
}
