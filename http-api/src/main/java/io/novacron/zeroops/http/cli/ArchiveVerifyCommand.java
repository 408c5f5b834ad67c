package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.journal.JournalArchive;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description =
                "Check all archives in a directory: sums, counts, order, and that none is missing in between. Needs no"
                        + " journal.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0  all is as it was written",
            "  1  unexpected failure",
            "  2  there is no such directory",
            "  3  something is not, one line each"
        })
final class ArchiveVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "The directory of the archives.")
    private Path directory = Path.of("");

    ArchiveVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!Files.isDirectory(directory)) {
            throw new InvalidInputException("there is no directory " + directory + ": give the one of the archives");
        }
        int[] months = {0};
        List<String> problems = JournalArchive.verify(directory, month -> months[0]++);
        problems.forEach(terminal.out()::println);
        if (problems.isEmpty()) {
            terminal.out().println(months[0] + " months, all as they were written");
        }
        return problems.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENT;
    }
}
