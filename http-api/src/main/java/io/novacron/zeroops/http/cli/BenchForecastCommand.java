package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.bench.ForecastBench;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "forecast",
        description = {
            "What forecasting costs: a minute's work for many workloads on two threads, a forecast, a training on four weeks of"
                    + " 5-minute steps, and the memory of a series."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class BenchForecastCommand implements Callable<Integer> {
    /** What a series takes at most, roughly: to refuse what would only end in a lack of memory. */
    private static final long BYTES_A_SERIES = 250_000;

    private static final int WORKLOADS_MAX = 100_000;

    private final Terminal terminal;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(names = "--workloads", paramLabel = "N", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.")
    private int workloads = 10_000;

    BenchForecastCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        long fit = Runtime.getRuntime().maxMemory() / BYTES_A_SERIES;
        if (workloads < 1 || workloads > WORKLOADS_MAX) {
            throw new InvalidInputException("--workloads " + workloads + ": use 1 to " + WORKLOADS_MAX);
        } else if (workloads > fit) {
            throw new InvalidInputException("--workloads " + workloads + ": the heap has room for about " + fit
                    + "; use fewer, or give Java more (JAVA_TOOL_OPTIONS=-Xmx4g)");
        }
        return new BenchRunner(terminal)
                .run(options, workloads + " workloads' forecasts", folder -> new ForecastBench(terminal.clock())
                        .run(workloads));
    }
}
