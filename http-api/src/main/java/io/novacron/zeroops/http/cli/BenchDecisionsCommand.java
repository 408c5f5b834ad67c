package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.bench.DecisionsBench;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "decisions",
        description = {
            "Decisions per second that are proposed, reviewed, approved, executed by the simulated provider and verified, every"
                    + " step journaled, and their latency at half that rate. Limits are as high as they go."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class BenchDecisionsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Mixin
    private BenchDatabaseOption database = new BenchDatabaseOption();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "15s",
            description = "Of full load, and of half load. Default: ${DEFAULT-VALUE}.")
    private Duration duration = Duration.ofSeconds(15);

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "40s",
            description = "Full load before that, while Java compiles. Default: ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ofSeconds(40);

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Decisions under way at once under full load. Default: ${DEFAULT-VALUE}.")
    private int concurrency = 1000;

    BenchDecisionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        if (concurrency < 1 || concurrency > DecisionsBench.CONCURRENCY_MAX) {
            throw new InvalidInputException(
                    "--concurrency " + concurrency + ": use 1 to " + DecisionsBench.CONCURRENCY_MAX);
        }
        Duration before = BenchOptions.checked("--warm-up", warmUp);
        Duration each = BenchOptions.checked("--duration", duration);
        return new BenchRunner(terminal).run(options, "decisions", folder -> {
            try (var place = database.open(folder)) {
                return new DecisionsBench(terminal.clock(), place).run(folder, before, each, concurrency);
            }
        });
    }
}
