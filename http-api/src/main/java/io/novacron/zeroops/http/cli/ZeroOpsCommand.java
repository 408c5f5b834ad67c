package io.novacron.zeroops.http.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Without a command: what commands there are. */
@Command(
        name = "zeroops",
        description = "An autonomous control plane for fleets of virtual machines.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Start here: what the agents do with six times the load, against three baselines:",
            "",
            "  ./zeroops simulate traffic-spike --seeds 1..20 --report spike.html",
        })
final class ZeroOpsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
