package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.scenario.ProviderFaults;
import io.novacron.zeroops.simulations.scenario.Scenarios;
import io.novacron.zeroops.simulations.scenario.Seeds;
import io.novacron.zeroops.simulations.scenario.SpotStormOptions;
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
        name = "spot-storm",
        description = {
            "A service runs on spot capacity in four markets, most of which take it away within ten minutes, with a notice of two, and have"
                    + " none to give for an hour. Shows how much of the service was up, what it cost against all on demand and"
                    + " against spot without a fall-back, and how soon it was back on spot."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./zeroops simulate spot-storm --seeds 1..20 --json",
            "  ./zeroops simulate spot-storm --struck 4 --outage 2h",
            "  ./zeroops simulate spot-storm --notice 0s"
        })
final class SpotStormCommand implements Callable<Integer> {
    private final Supplier<Scenarios> scenarios;
    private final SimulationRunner runner;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"--seeds", "--seed"},
            paramLabel = "SEEDS",
            defaultValue = "1",
            description = "A run each: a seed (7), a range (1..20) or a list (3,5,7). Default: ${DEFAULT-VALUE}.")
    private Seeds seeds = Seeds.of(1);

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "40",
            description = "Of the service, all the time. Default: ${DEFAULT-VALUE}.")
    private int instances;

    @Option(
            names = "--struck",
            paramLabel = "N",
            defaultValue = "3",
            description = "Markets of the four that the storm takes away. Default: ${DEFAULT-VALUE}.")
    private int struck;

    @Option(
            names = "--outage",
            paramLabel = "TIME",
            defaultValue = "1h",
            description = "For about so long these have nothing, 20m to 4h. Default: ${DEFAULT-VALUE}.")
    private Duration outage = Duration.ofHours(1);

    @Option(
            names = "--notice",
            paramLabel = "TIME",
            defaultValue = "2m",
            description = "Before instances are taken, 0s to 5m. Default: ${DEFAULT-VALUE}.")
    private Duration notice = SpotStormOptions.NOTICE;

    @Option(
            names = "--pool-share",
            paramLabel = "SHARE",
            defaultValue = "0.3",
            description = "The most of all instances in one market. Default: ${DEFAULT-VALUE}.")
    private double poolShare;

    @Mixin
    private OutputOptions output = new OutputOptions();

    SpotStormCommand(Supplier<Scenarios> scenarios, SimulationRunner runner) {
        this.scenarios = scenarios;
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var options =
                new SpotStormOptions(seeds, instances, struck, outage, notice, poolShare, ProviderFaults.DEFAULTS);
        return runner.run(
                spec,
                output,
                new TimelineOption(),
                Optional.empty(),
                around -> SimulationRunner.Outcome.of(scenarios.get().spotStorm(options, around)));
    }
}
