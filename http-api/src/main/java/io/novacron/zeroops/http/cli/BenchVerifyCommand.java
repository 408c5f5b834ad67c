package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.bench.VerifyBench;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = {
            "How long journal verify takes: decisions are made under full load, the node is stopped, and all invariants are checked"
                    + " on its journal."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class BenchVerifyCommand implements Callable<Integer> {
    private static final int CONCURRENCY = 1_000;

    private final Terminal terminal;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private BenchDatabaseOption database = new BenchDatabaseOption();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "Of full load. Default: ${DEFAULT-VALUE}.")
    private Duration duration = Duration.ofSeconds(30);

    BenchVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Duration load = BenchOptions.checked("--duration", duration);
        return new BenchRunner(terminal).run(options, "the check of a journal", folder -> {
            try (var place = database.open(folder)) {
                return new VerifyBench(terminal.clock(), place).run(folder, load, CONCURRENCY);
            }
        });
    }
}
