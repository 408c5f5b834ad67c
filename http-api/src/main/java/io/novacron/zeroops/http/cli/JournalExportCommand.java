package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.Position;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.evaluation.JournalLines;
import io.novacron.zeroops.simulations.evaluation.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Every event in the order of the journal, one JSON object a line, in the form of a simulation's --journal.",
            "The events that an entity wrote at once have the same seq."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {"", "Example:", "  ./zeroops journal export --entity decision/ --since 24h --output day.jsonl.gz"})
final class JournalExportCommand implements Callable<Integer> {
    /** What stands where a simulation names its run. */
    private static final String RUN = "live";

    private final Terminal terminal;

    @Mixin
    private JournalOptions journal = new JournalOptions();

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Option(
            names = "--entity",
            paramLabel = "PREFIX",
            defaultValue = "",
            description = "Only entities whose address begins so, such as decision/ or budget/main.")
    private String prefix = "";

    @Option(
            names = "--output",
            paramLabel = "FILE.jsonl",
            description = "Write to this file, compressed if it ends in .gz. Default: standard output.")
    private @Nullable Path output;

    @Option(
            names = "--progress",
            description = "Say on standard error how far it has come, also if that is no terminal.")
    private boolean progress;

    JournalExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, SettingsException {
        try (var database = journal.visit();
                var files = new OutputFiles(Optional.empty());
                var line = new ProgressLine(terminal, progress)) {
            Optional<OutputFile> file = files.open("--output", output);
            Consumer<CharSequence> out =
                    file.<Consumer<CharSequence>>map(opened -> opened::write).orElse(terminal.out()::append);
            boolean complete = export(new JournalReader(database), new JournalLines(out, new EventCodec()), line);
            files.finish();
            if (!complete) {
                terminal.err().println("zeroops: standard output took only part of the journal");
                return ExitCode.UNEXPECTED;
            }
            return ExitCode.OK;
        }
    }

    /** What is committed meanwhile is left to the next export: else it might never end. */
    private boolean export(JournalReader reader, JournalLines lines, ProgressLine line) {
        Position last = reader.last();
        for (Position read = Position.START; last.isAfter(read); ) {
            var page = reader.page(read, last, JournalReader.PAGE_MAX, entity -> entity.startsWith(prefix));
            for (JournalEntry entry : page.entries()) {
                if (period.includes(entry.events().get(0).at())) {
                    for (Event event : entry.events()) {
                        lines.event(RUN, event.at(), entry.entity(), entry.sequence(), event);
                    }
                }
            }
            if (output == null && terminal.out().checkError()) {
                return false; // nobody reads on
            }
            read = page.upTo();
            line.at("of the journal", (double) read.ordering() / last.ordering());
        }
        return true;
    }
}
