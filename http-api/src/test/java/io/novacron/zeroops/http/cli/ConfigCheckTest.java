package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.runtime.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigCheckTest {
    @TempDir
    Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatCanBeUsedIsCountedAndNamed() throws IOException {
        Path file = file("human_approval: false\nnode: {port: 8080}\n");
        assertThat(run("config", "check", file.toString())).isEqualTo(0);
        assertThat(out.toString().lines())
                .containsExactly(file + ": ok (2 keys set, settings "
                        + Settings.DEFAULTS.sha256().substring(0, 12) + ")");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theShippedFileIsTheDefaults() {
        assertThat(run("config", "check", "../conf/zeroops.yaml")).isEqualTo(0);
        assertThat(out.toString())
                .contains("keys set, settings " + Settings.DEFAULTS.sha256().substring(0, 12));
    }

    @Test
    void everyProblemIsALineWithItsPlace() throws IOException {
        Path file = file("human_approvl: true\nnode:\n  port: http\n");
        assertThat(run("config", "check", file.toString())).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        file + ":1:1: human_approvl: is unknown: is it human_approval?",
                        file + ":3:9: node.port: 'http' is no whole number: write a whole number from 0 to 65535",
                        "2 problems");
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        Path missing = directory.resolve("missing.yaml");
        assertThat(run("config", "check", missing.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(missing + ": does not exist: name a file, such as conf/zeroops.yaml", "1 problem");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config | name a command: check",
                "config check | 'FILE'",
                "config chek | unknown command 'chek'; use check",
                "config check a b | 'b'",
            })
    void aWrongCommandIsBadInput(String command, String expected) {
        assertThat(run(command.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(expected, "Try: ./zeroops config", "--help");
    }

    @ParameterizedTest
    @CsvSource({"config", "config check"})
    void everyHelpHasAnExample(String command) {
        assertThat(run((command + " --help").split(" "))).isEqualTo(0);
        assertThat(out.toString()).contains("Usage: zeroops " + command, "./zeroops config check conf/zeroops.yaml");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("zeroops.yaml"), text);
    }

    private int run(String... args) {
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, () -> Instant.EPOCH);
        return new CommandLineInterface(FakeScenarios::new, terminal).run(args);
    }
}
