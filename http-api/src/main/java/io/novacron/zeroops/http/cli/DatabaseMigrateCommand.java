package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.journal.PostgresSchema;
import io.novacron.zeroops.persistence.journal.UnusableDatabaseException;
import io.novacron.zeroops.runtime.settings.DatabaseKind;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.util.concurrent.Callable;
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

    @Mixin
    private PasswordFileOption password = new PasswordFileOption();

    DatabaseMigrateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws SettingsException {
        var database = config.settings().database();
        if (database.kind() != DatabaseKind.POSTGRESQL) {
            throw new InvalidInputException(
                    "database.kind is folder, and a folder needs no migration: set it to postgresql");
        }
        try {
            PostgresSchema.migrate(database.url().url(), owner, password.read(), database.user());
        } catch (UnusableDatabaseException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
        terminal.out().println(database.url() + ": ok, for nodes of role " + database.user());
        return ExitCode.OK;
    }
}
