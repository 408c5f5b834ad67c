package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.scenario.Scenarios;
import io.novacron.zeroops.simulations.scenario.Seeds;
import io.novacron.zeroops.simulations.scenario.TrafficSpikeOptions;
import io.novacron.zeroops.simulations.scenario.TrafficSpikeOptions.Load;
import io.novacron.zeroops.simulations.scenario.TrafficSpikeOptions.Shape;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "traffic-spike",
        description = {
            "A sudden multiple of the load. Shows how soon it is seen, how soon there is capacity for it, what that costs,"
                    + " and what reactive scaling, static peak provisioning and an oracle would have done."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Example, twenty runs whose 95th percentiles mean something:",
            "  ./zeroops simulate traffic-spike --seeds 1..20 --load x6 --report spike.html"
        })
final class TrafficSpikeCommand implements Callable<Integer> {
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
            names = "--load",
            paramLabel = "LOAD",
            defaultValue = "all",
            description =
                    "x6 (10 instances and six times their load, limits set for it), +200%% (under the default limits), or"
                            + " all. Default: ${DEFAULT-VALUE}.")
    private String load = "all";

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            defaultValue = "all",
            description = "How the load rises: step, ramp or all. Default: ${DEFAULT-VALUE}.")
    private String shape = "all";

    @Mixin
    private ProviderOptions provider = new ProviderOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private TimelineOption timeline = new TimelineOption();

    TrafficSpikeCommand(Supplier<Scenarios> scenarios, SimulationRunner runner) {
        this.scenarios = scenarios;
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var options = new TrafficSpikeOptions(seeds, Load.parse(load), Shape.parse(shape), provider.faults());
        return runner.run(
                spec,
                output,
                timeline,
                Optional.empty(),
                around -> SimulationRunner.Outcome.of(scenarios.get().trafficSpike(options, around)));
    }
}
