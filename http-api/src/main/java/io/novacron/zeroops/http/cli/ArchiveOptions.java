package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.PostgresDatabase;
import io.novacron.zeroops.persistence.journal.PostgresOptions;
import io.novacron.zeroops.runtime.settings.DatabaseKind;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which journal an archive is of, and by which right its rows are removed or put back. */
final class ArchiveOptions {
    /** A month is found by reading past all before it. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Mixin
    private JournalOptions journal = new JournalOptions();

    @Option(
            names = "--owner",
            paramLabel = "ROLE",
            description = "In PostgreSQL, the role that owns the tables: nodes may not change what was journaled.")
    private @Nullable String owner;

    @Mixin
    private PasswordFileOption password = new PasswordFileOption();

    /** To read, as a node may. */
    JournalDatabase reading() throws SettingsException {
        return open("");
    }

    /** @param why the owner is needed */
    JournalDatabase changing(String why) throws SettingsException {
        return open(why);
    }

    private JournalDatabase open(String why) throws SettingsException {
        Settings settings = journal.settings();
        boolean isShared = settings.database().kind() == DatabaseKind.POSTGRESQL;
        if (!isShared && owner != null) {
            throw new InvalidInputException(
                    "--owner " + owner
                            + " is for PostgreSQL, and database.kind is folder: leave it out, or give the settings with --config");
        } else if (isShared && owner == null && !why.isEmpty()) {
            throw new InvalidInputException(
                    why + " needs the role that owns the tables: give it with --owner and --password-file");
        } else if (owner == null) {
            return journal.visit(settings);
        }
        return PostgresDatabase.connect(new PostgresOptions(
                settings.database().url().url(), owner, password.read(), PostgresOptions.POOL_MIN, PATIENCE));
    }
}
