package io.novacron.zeroops.http.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Needs something to do with the settings. */
@Command(
        name = "config",
        description = "Look at files of settings. Every key is in docs/configuration.md, and in conf/zeroops.yaml.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        commandListHeading = "%nCommands:%n",
        footer = {"", "Example:", "  ./zeroops config check conf/zeroops.yaml"})
final class ConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "name a command: " + String.join(" or ", spec.subcommands().keySet()));
    }
}
