package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.journal.PostgresSchema;
import io.novacron.zeroops.persistence.journal.UnusableDatabaseException;
import io.novacron.zeroops.runtime.settings.DatabaseKind;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "migrate",
        description = {
            "Make the tables, or bring them to this version, as their owner; and give database.user of the settings the rights"
                    + " that nodes need, which do not include changing what was journaled. Nodes may run meanwhile."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Example:",
            "  ./zeroops database migrate --config conf/cluster.yaml --owner zeroops_owner --password-file owner.secret",
            "",
            "Exit codes:",
            "  0  the tables are of this version",
            "  1  unexpected failure",
            "  2  the settings or the database cannot be used, and why; nothing was changed"
        })
final class DatabaseMigrateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--owner",
            paramLabel = "ROLE",
            required = true,
            description = "The role that owns the tables; another than database.user.")
    private String owner = "";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "The file that holds that role's password, and nothing else. Default: no password.")
    private @Nullable Path passwordFile;

    DatabaseMigrateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Settings settings;
        try {
            settings = config.settings();
        } catch (SettingsException e) {
            e.problems().forEach(terminal.err()::println);
            return ExitCode.BAD_INPUT;
        }
        var database = settings.database();
        if (database.kind() != DatabaseKind.POSTGRESQL) {
            throw new InvalidInputException(
                    "database.kind is folder, and a folder needs no migration: set it to postgresql");
        }
        try {
            PostgresSchema.migrate(database.url().url(), owner, password(), database.user());
        } catch (UnusableDatabaseException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
        terminal.out().println(database.url() + ": ok, for nodes of role " + database.user());
        return ExitCode.OK;
    }

    private String password() {
        if (passwordFile == null) {
            return "";
        }
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException e) {
            throw new InvalidInputException(
                    "--password-file " + passwordFile + " cannot be read ("
                            + e.getClass().getSimpleName() + "): give a file that holds the password",
                    e);
        }
    }
}
