package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.scenario.MonthOptions;
import io.novacron.zeroops.simulations.scenario.Scenarios;
import io.novacron.zeroops.simulations.scenario.Seeds;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "month",
        description = {
            "Everything at once, for a month: three workloads whose load has days, weeks and crowds, two dozen VMs of which six are abandoned,"
                    + " and one day a program that starts twenty more. Shows what it costs beside static peak provisioning, the best reactive"
                    + " scaling and an oracle, and what waste was taken away, by kind."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {"", "Example:", "  ./zeroops simulate month --seed 1 --report month.html"})
final class MonthCommand implements Callable<Integer> {
    private final Supplier<Scenarios> scenarios;
    private final SimulationRunner runner;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"--seeds", "--seed"},
            paramLabel = "SEEDS",
            defaultValue = "1",
            description = "One month each: a seed (7), a range (1..20) or a list (3,5,7). Default: ${DEFAULT-VALUE}.")
    private Seeds seeds = Seeds.of(1);

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = MonthOptions.DAYS_MIN + " to " + MonthOptions.DAYS_MAX + ". Default: ${DEFAULT-VALUE}.")
    private int days;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private TimelineOption timeline = new TimelineOption();

    MonthCommand(Supplier<Scenarios> scenarios, SimulationRunner runner) {
        this.scenarios = scenarios;
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var options = new MonthOptions(seeds, days);
        return runner.run(
                spec,
                output,
                timeline,
                Optional.empty(),
                around -> SimulationRunner.Outcome.of(scenarios.get().month(options, around)));
    }
}
