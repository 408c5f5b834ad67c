package io.novacron.zeroops.http.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "database",
        description = "Prepare the PostgreSQL database of a cluster: see docs/operating.md.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  ./zeroops database migrate --config conf/cluster.yaml --owner zeroops_owner"})
final class DatabaseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "name a command: " + String.join(" or ", spec.subcommands().keySet()));
    }
}
