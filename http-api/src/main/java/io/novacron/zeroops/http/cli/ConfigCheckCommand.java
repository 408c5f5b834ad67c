package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.runtime.settings.SettingsReader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Say everything that is wrong with a file of settings, each with its line and column, or that nothing is."
                    + " What the file leaves out has its default."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        footer = {
            "",
            "Example:",
            "  ./zeroops config check conf/zeroops.yaml",
            "",
            "Exit codes:",
            "  0  it can be used",
            "  1  unexpected failure",
            "  2  it cannot be used, or is not there"
        })
final class ConfigCheckCommand implements Callable<Integer> {
    /** Of the hash, in hexadecimal: enough to tell settings apart by eye. */
    private static final int HASH_LENGTH = 12;

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The file, in YAML.")
    private Path file = Path.of("");

    ConfigCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try {
            var found = SettingsReader.find(file);
            terminal.out()
                    .println(file + ": ok (" + counted(found.keysSet(), "key") + " set, settings "
                            + found.settings().sha256().substring(0, HASH_LENGTH) + ")");
            return ExitCode.OK;
        } catch (SettingsException e) {
            e.problems().forEach(terminal.err()::println);
            terminal.err().println(counted(e.problems().size(), "problem"));
            return ExitCode.BAD_INPUT;
        }
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
