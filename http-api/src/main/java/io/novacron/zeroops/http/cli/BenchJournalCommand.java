package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.bench.JournalBench;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "journal",
        description = {
            "Events per second through the whole shell, one a row, beside JDBC alone with the same rows into the same table in"
                    + " batches of 400; medians of three rounds."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class BenchJournalCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private BenchDatabaseOption database = new BenchDatabaseOption();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "Of each measurement, of which there are six. Default: ${DEFAULT-VALUE}.")
    private Duration duration = Duration.ofSeconds(10);

    BenchJournalCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Duration each = BenchOptions.checked("--duration", duration);
        return new BenchRunner(terminal).run(options, "the journal", folder -> {
            try (var place = database.open(folder)) {
                return new JournalBench(terminal.clock(), place).run(folder, each);
            }
        });
    }
}
