package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.simulations.scenario.FaultCampaignOptions;
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
        name = "fault-campaign",
        description = {
            "Many runs under lost, repeated, late and reordered messages, provider failures, unknown outcomes, crashes at"
                    + " every point, pauses and partitions. Checks every invariant after every event; then stops the"
                    + " faults and demands that everything pending ends."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Examples, a campaign, and one failing seed of it again with its journal:",
            "  ./zeroops simulate fault-campaign --seeds 1..1000",
            "  ./zeroops simulate fault-campaign --seed 17 --journal 17.jsonl"
        })
final class FaultCampaignCommand implements Callable<Integer> {
    private final Supplier<Scenarios> scenarios;
    private final SimulationRunner runner;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"--seeds", "--seed"},
            paramLabel = "SEEDS",
            defaultValue = "1..100",
            description = "One run each: a seed (7), a range (1..1000) or a list (3,5,7). Default: ${DEFAULT-VALUE}.")
    private Seeds seeds = Seeds.of(1);

    @Option(
            names = "--decisions",
            paramLabel = "N",
            defaultValue = "" + FaultCampaignOptions.DECISIONS_DEFAULT,
            description = "Decisions that each run makes at least. Default: ${DEFAULT-VALUE}.")
    private int decisions;

    @Mixin
    private OutputOptions output = new OutputOptions();

    FaultCampaignCommand(Supplier<Scenarios> scenarios, SimulationRunner runner) {
        this.scenarios = scenarios;
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var options = new FaultCampaignOptions(seeds, decisions);
        return runner.run(
                spec,
                output,
                new TimelineOption(),
                Optional.empty(),
                around -> SimulationRunner.Outcome.of(scenarios.get().faultCampaign(options, around)));
    }
}
