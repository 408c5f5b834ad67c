package io.novacron.zeroops.http.cli;

import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsException;
import io.novacron.zeroops.runtime.settings.SettingsReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which settings a command goes by. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in YAML, see docs/configuration.md. Default: every key's own.")
    @Nullable
    Path file;

    Settings settings() throws SettingsException {
        return file == null ? SettingsReader.ofEnvironment() : SettingsReader.read(file);
    }
}
