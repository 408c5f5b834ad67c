package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.http.json.Focus;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.view.CostRecord;
import io.novacron.zeroops.persistence.view.CostRecords;
import io.novacron.zeroops.simulations.evaluation.OutputFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Every bill in the journal as a cost record of the FOCUS specification, version 1.0: CSV with a header.",
            "A record belongs to the period in which its charge begins."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./zeroops budget export --since 2026-01-01T00:00:00Z --until 2026-02-01T00:00:00Z january.csv",
            "  ./zeroops budget export --since 7d"
        })
final class BudgetExportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Write to this file, compressed if it ends in .gz. Default: standard output.")
    private @Nullable Path output;

    BudgetExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (var database = FolderDatabase.visit(data.data);
                var files = new OutputFiles(Optional.empty())) {
            Optional<OutputFile> file = files.open("FILE", output);
            Consumer<CharSequence> out =
                    file.<Consumer<CharSequence>>map(opened -> opened::write).orElse(terminal.out()::append);
            out.accept(Focus.HEADER);
            var reader = new JournalReader(database);
            CostRecords.read(reader, reader.last(), record -> add(record, out));
            files.finish();
        }
        if (output == null && terminal.out().checkError()) {
            terminal.err().println("zeroops: standard output took only part of the records");
            return ExitCode.UNEXPECTED;
        }
        return ExitCode.OK;
    }

    private void add(CostRecord record, Consumer<CharSequence> out) {
        if (period.includes(record.from())) {
            out.accept(Focus.line(record));
        }
    }
}
