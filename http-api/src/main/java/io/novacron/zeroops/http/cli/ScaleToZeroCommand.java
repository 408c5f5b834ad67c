package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.scenario.ScaleToZeroOptions;
import io.novacron.zeroops.simulations.scenario.Scenarios;
import io.novacron.zeroops.simulations.scenario.Seeds;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "scale-to-zero",
        description = {
            "A workload that is idle most of the time. Shows how long first requests wait at zero, whether any is lost, and"
                    + " what that saves; beside a single boot, and beside never giving up the last instance."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Example, twenty runs whose 95th percentiles mean something:",
            "  ./zeroops simulate scale-to-zero --seeds 1..20 --report zero.html"
        })
final class ScaleToZeroCommand implements Callable<Integer> {
    private final Supplier<Scenarios> scenarios;
    private final SimulationRunner runner;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"--seeds", "--seed"},
            paramLabel = "SEEDS",
            defaultValue = "1",
            description = "One run each: a seed (7), a range (1..20) or a list (3,5,7). Default: ${DEFAULT-VALUE}.")
    private Seeds seeds = Seeds.of(1);

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            defaultValue = "60m",
            description = "Without load for so long it has no instance. Default: ${DEFAULT-VALUE}.")
    private Duration idle = Duration.ofHours(1);

    @Option(
            names = "--within",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "What a first request should wait at most. Default: ${DEFAULT-VALUE}.")
    private Duration within = Duration.ofSeconds(30);

    @Mixin
    private ProviderOptions provider = new ProviderOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private TimelineOption timeline = new TimelineOption();

    ScaleToZeroCommand(Supplier<Scenarios> scenarios, SimulationRunner runner) {
        this.scenarios = scenarios;
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var options = new ScaleToZeroOptions(seeds, idle, within, provider.faults());
        return runner.run(
                spec,
                output,
                timeline,
                Optional.empty(),
                around -> SimulationRunner.Outcome.of(scenarios.get().scaleToZero(options, around)));
    }
}
