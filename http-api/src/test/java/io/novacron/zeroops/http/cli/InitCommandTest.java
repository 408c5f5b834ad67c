package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    private CommandLineRun init(String config, String data) {
        return CommandLineRun.of(
                "init",
                "--config",
                directory.resolve(config).toString(),
                "--data",
                directory.resolve(data).toString());
    }

    @Test
    void itWritesEveryKeyAtItsDefaultAndAnEmptyFolder() throws Exception {
        CommandLineRun run = init("zeroops.yaml", "data");
        Path file = directory.resolve("zeroops.yaml");
        Path data = directory.resolve("data");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains(file.toString(), "./zeroops start --config " + file + " --data " + data);
        assertThat(SettingsReader.read(file).sha256()).isEqualTo(Settings.DEFAULTS.sha256());
        CommandLineRun check = CommandLineRun.of("config", "check", file.toString());
        assertThat(check.code()).isZero();
        assertThat(check.out()).startsWith(file + ": ok (");
        try (var database = FolderDatabase.own(data)) {
            assertThat(database.meta("schema_version")).isPresent();
        }
    }

    @Test
    void whatIsThereIsNotOverwritten() throws Exception {
        Path file = Files.writeString(directory.resolve("zeroops.yaml"), "human_approval: true\n");
        CommandLineRun run = init("zeroops.yaml", "data");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--config " + file + " is there already; remove it, or choose another");
        assertThat(file).hasContent("human_approval: true\n");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no/zeroops.yaml | data | there is no directory",
                "zeroops.yaml | file | data folder",
                "zeroops.yaml | file/below | data folder",
            })
    void whatCannotBeMadeIsNamedAndNothingIsMade(String config, String data, String message) throws Exception {
        Files.writeString(directory.resolve("file"), "in the way");
        CommandLineRun run = init(config, data);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("Exception", "\tat ");
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("file"));
        }
    }

    @Test
    void aFolderThatIsThereIsKept() {
        assertThat(init("one.yaml", "data").code()).isZero();
        try (var database = FolderDatabase.own(directory.resolve("data"))) {
            database.setMeta("kept", "yes");
        }
        assertThat(init("two.yaml", "data").code()).isZero();
        try (var database = FolderDatabase.own(directory.resolve("data"))) {
            assertThat(database.meta("kept")).hasValue("yes");
        }
    }
}
