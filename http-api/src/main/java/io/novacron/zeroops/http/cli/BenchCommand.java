package io.novacron.zeroops.http.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Needs something to measure. */
@Command(
        name = "bench",
        description = {
            "Measure this machine, with the journal on its disk: each figure beside a limit that was measured in the same run."
        },
        synopsisSubcommandLabel = "WHAT",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        commandListHeading = "%nBenches:%n",
        footer = {
            "",
            "What the figures mean, and what they were on which machine, is in docs/benchmarks.md.",
            "",
            "Examples:",
            "  ./zeroops bench journal --json",
            "  ./zeroops bench entities --vms 100000 --json"
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "name a bench: " + String.join(" or ", spec.subcommands().keySet()));
    }
}
