package io.novacron.zeroops.http.node;

import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalArchive;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.PostgresDatabase;
import io.novacron.zeroops.runtime.settings.DatabaseKind;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.simulations.invariant.Evidence;
import io.novacron.zeroops.simulations.invariant.JournalInvariants;
import io.novacron.zeroops.simulations.invariant.JournalInvariants.Rules;
import io.novacron.zeroops.simulations.invariant.JournalReport;
import io.novacron.zeroops.simulations.scenario.InvalidInputException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.function.DoubleConsumer;

/** {@link JournalInvariants} for the journal of a {@link Node}: under the settings that are kept beside it. */
public final class JournalCheck {
    private JournalCheck() {}

    /**
     * The journal of these settings, which nodes may be writing; whoever asks closes it.
     *
     * @param data the data folder, where the journal is in one
     * @throws io.novacron.zeroops.persistence.journal.UnusableDatabaseException if there is none that can be read
     */
    public static JournalDatabase visit(Path data, Settings settings) {
        return settings.database().kind() == DatabaseKind.POSTGRESQL
                ? PostgresDatabase.connect(NodeJournal.options(settings.database()))
                : FolderDatabase.visit(data);
    }

    /**
     * Reads and checks everything up to now.
     *
     * @param evidence to hold against the journal
     * @param progress told how much of the journal has been read, 0..1
     * @throws InvalidInputException if the settings of some row are not kept, or this version allows them no longer, or
     *     if rows were archived and removed
     */
    public static JournalReport of(JournalDatabase database, Evidence evidence, DoubleConsumer progress) {
        List<YearMonth> removed = JournalArchive.removed(database);
        if (!removed.isEmpty()) {
            throw new InvalidInputException("rows of "
                    + String.join(
                            ", ", removed.stream().map(YearMonth::toString).toList())
                    + " were archived and removed, and only the whole journal can be checked: put them back, or restore a"
                    + " backup to another place and put them back there, with ./zeroops journal archive restore");
        }
        return JournalInvariants.check(database, hash -> rules(database, hash), evidence, progress);
    }

    private static Rules rules(JournalDatabase database, String hash) {
        try {
            String canonical = database.settings(hash)
                    .orElseThrow(() -> new InvalidInputException(
                            "the journal has rows of settings " + hash + ", which are not kept beside it"));
            Settings settings = Settings.ofCanonical(canonical);
            return new Rules(Node.catalogue(settings)::agent, settings.safetyConstraints());
        } catch (SettingsException e) {
            throw new InvalidInputException(
                    "this version does not take the settings " + hash + " of the journal: " + e.getMessage(), e);
        }
    }
}
