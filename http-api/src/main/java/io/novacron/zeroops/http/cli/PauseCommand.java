package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.http.node.ControlFile;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "pause",
        description = {
            "Stop automation: nothing more is executed; what is under way ends. Works through a file in the data folder, so"
                    + " also where HTTP does not answer; a node that is not running starts paused."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        footer = {
            "",
            "Example:",
            "  ./zeroops pause --reason 'network maintenance'",
            "",
            "Exit codes:",
            "  0  the node has paused, or none is running",
            "  1  the node did not say so in time",
            "  2  there is no such data folder"
        })
final class PauseCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "by the command line",
            description = "For whoever wonders. Default: ${DEFAULT-VALUE}.")
    private String reason = "by the command line";

    PauseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (reason.isBlank() || reason.length() > ControlFile.REASON_MAX) {
            throw new InvalidInputException(
                    "--reason has " + reason.length() + " characters; use 1 to " + ControlFile.REASON_MAX);
        }
        var brake = new Brake(terminal, data.data);
        brake.file().pause(reason);
        return brake.await("paused"::equals, "paused");
    }
}
