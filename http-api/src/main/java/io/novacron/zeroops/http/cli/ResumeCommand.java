package io.novacron.zeroops.http.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "resume",
        description = "End a pause: automation goes on in the mode that the settings say.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        footer = {
            "",
            "Exit codes:",
            "  0  the node goes on, or none is running",
            "  1  the node did not say so in time",
            "  2  there is no such data folder"
        })
final class ResumeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private DataOption data = new DataOption();

    ResumeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var brake = new Brake(terminal, data.data);
        if (!brake.file().resume()) {
            terminal.out().println("there was no pause");
        }
        return brake.await(mode -> !mode.equals("paused"), "resumed");
    }
}
