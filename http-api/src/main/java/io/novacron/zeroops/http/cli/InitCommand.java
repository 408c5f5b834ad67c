package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "init",
        description = {
            "Prepare an installation: a file of settings that holds every key at its default, with what it means, and an"
                    + " empty data folder. Overwrites nothing."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        footer = {
            "",
            "Example:",
            "  ./zeroops init --config /etc/zeroops/zeroops.yaml --data /var/lib/zeroops",
            "",
            "Exit codes:",
            "  0  both are there",
            "  2  the file of settings is there already, or one of them cannot be created"
        })
final class InitCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "./zeroops.yaml",
            description = "The file of settings to write. Default: ${DEFAULT-VALUE}.")
    private Path config = Path.of("./zeroops.yaml");

    @Mixin
    private DataOption data = new DataOption();

    InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path parent = config.toAbsolutePath().getParent();
        if (Files.exists(config)) {
            throw new InvalidInputException("--config " + config + " is there already; remove it, or choose another");
        } else if (parent == null || !Files.isDirectory(parent)) {
            throw new InvalidInputException(
                    "--config " + config + ": there is no directory " + parent + "; create it, or choose another");
        }
        FolderDatabase.own(data.data).close();
        try (InputStream all = Objects.requireNonNull(InitCommand.class.getResourceAsStream("/zeroops.yaml"))) {
            Files.copy(all, config);
        }
        terminal.out().println("settings  " + config + "  (every key, at its default)");
        terminal.out().println("data      " + data.data);
        terminal.out().println("Next: ./zeroops start --config " + config + " --data " + data.data);
        return ExitCode.OK;
    }
}
