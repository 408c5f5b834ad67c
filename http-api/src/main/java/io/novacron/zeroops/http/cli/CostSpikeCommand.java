package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.scenario.CostSpikeOptions;
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
        name = "cost-spike",
        description = {
            "VMs that nobody uses come within minutes, beside others that are used by day, by night or on Sundays. Shows how soon what they"
                    + " cost is noticed, how soon they are stopped, that they are deleted after their grace and not before, whether anything else"
                    + " was stopped, and that each stop can be undone."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {"", "Example:", "  ./zeroops simulate cost-spike --seeds 1..20 --json"})
final class CostSpikeCommand implements Callable<Integer> {
    private final Supplier<Scenarios> scenarios;
    private final SimulationRunner runner;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"--seeds", "--seed"},
            paramLabel = "SEEDS",
            defaultValue = "1",
            description = "Three runs each: a seed (7), a range (1..20) or a list (3,5,7). Default: ${DEFAULT-VALUE}.")
    private Seeds seeds = Seeds.of(1);

    @Option(
            names = "--zombies",
            paramLabel = "N",
            defaultValue = "20",
            description = "VMs that nobody uses; half as many again are used. Default: ${DEFAULT-VALUE}.")
    private int zombies;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            defaultValue = "5m",
            description = "In which they come, 1s to 1h. Default: ${DEFAULT-VALUE}.")
    private Duration within = Duration.ofMinutes(5);

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "7d",
            description = "How long a stopped VM can be had back. Default: ${DEFAULT-VALUE}.")
    private Duration grace = Duration.ofDays(7);

    @Mixin
    private OutputOptions output = new OutputOptions();

    CostSpikeCommand(Supplier<Scenarios> scenarios, SimulationRunner runner) {
        this.scenarios = scenarios;
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var options = new CostSpikeOptions(seeds, zombies, within, grace);
        return runner.run(
                spec,
                output,
                new TimelineOption(),
                Optional.empty(),
                around -> SimulationRunner.Outcome.of(scenarios.get().costSpike(options, around)));
    }
}
