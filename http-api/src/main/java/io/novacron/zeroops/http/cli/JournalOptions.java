package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.http.node.JournalCheck;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsException;
import picocli.CommandLine.Mixin;

/** Which journal is read: that of a data folder, or that of the settings in PostgreSQL. */
final class JournalOptions {
    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private ConfigOption config = new ConfigOption();

    Settings settings() throws SettingsException {
        return config.settings();
    }

    /** To read, while nodes may write; whoever asks closes it. */
    JournalDatabase visit() throws SettingsException {
        return visit(settings());
    }

    /** @param settings that {@link #settings} gave */
    JournalDatabase visit(Settings settings) {
        return JournalCheck.visit(data.data, settings);
    }
}
