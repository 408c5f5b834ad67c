package io.novacron.zeroops.http.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Needs something to evaluate. */
@Command(
        name = "evaluate",
        description = "Measure a part of this program on recorded data of your own, beside simple rivals.",
        synopsisSubcommandLabel = "WHAT",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        commandListHeading = "%nEvaluations:%n",
        footer = {"", "Example:", "  ./zeroops evaluate forecast requests.csv.gz --column requests --horizon 15m"})
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "name an evaluation: " + String.join(" or ", spec.subcommands().keySet()));
    }
}
