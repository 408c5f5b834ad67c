package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.persistence.journal.FolderDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a node from starting is one message, and leaves nothing behind. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StartRefusalsTest {
    private static final int LOOKS_MAX = 100;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    private Path data = Path.of("");

    @BeforeEach
    void files() throws IOException {
        data = directory.resolve("data");
        write("file", "not a folder\n");
        write("good.csv", "minute_utc,requests\n2026-01-01T00:00:00Z,60\n2026-01-01T00:01:00Z,120\n");
        write("word.csv", "minute_utc,requests\n2026-01-01T00:00:00Z,60\n2026-01-01T00:01:00Z,many\n");
        write("short.csv", "minute_utc,requests\n2026-01-01T00:00:00Z,60\n2026-01-01T00:01:00Z\n");
        write("empty.csv", "");
        write("faults.yaml", "human_approvl: true\nnode:\n  port: http\n");
        write("broken.yaml", "node: [\n");
        write("idle.yaml", "workloads: []\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "--port 70000 | --port 70000: use 1 to 65535, or 0 for any that is free",
                "--port -1 | --port -1: use 1 to 65535",
                "--port x | '--port': 'x' is not an int",
                "--speed 0 | --speed 0.0: use 0.1 to 3600",
                "--speed -1 | --speed -1.0: use 0.1 to 3600",
                "--speed NaN | --speed NaN: use 0.1 to 3600",
                "--speed 1e9 | --speed 1.0E9: use 0.1 to 3600",
                "--speed fast | 'fast' is not a double",
                "--log-format xml | 'xml'",
                "--trace {dir}/none.csv | none.csv: does not exist",
                "--trace {dir}/empty.csv | empty.csv: is empty",
                "--trace {dir}/good.csv --column visits | no column 'visits'; columns: minute_utc, requests",
                "--trace {dir}/word.csv | word.csv, line 3: 'many' in column 'requests' is not a number",
                "--trace {dir}/short.csv | short.csv, line 3: has 1 fields, but the header has 2",
                "--trace {dir} | is a directory",
                "--trace {dir}/good.csv --config {dir}/idle.yaml | name one in workloads",
                "--data {dir}/file | data folder {dir}/file cannot be used",
                "--data {dir}/file/below | data folder {dir}/file/below cannot be used",
                "--data /proc/zeroops | choose another with --data",
                "--config {dir}/none.yaml | none.yaml: does not exist: name a file",
                "--config {dir}/faults.yaml | faults.yaml:1:1: human_approvl: is unknown: is it human_approval?",
                "--config {dir}/faults.yaml | faults.yaml:3:9: node.port: 'http' is no whole number",
                "--config {dir}/broken.yaml | broken.yaml:",
            })
    void whatIsWrongIsNamedAndNothingIsLeft(String options, String message) throws Exception {
        List<String> before = files(directory);
        CommandLineRun run = start(options.replace("{dir}", directory.toString()));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message.replace("{dir}", directory.toString()));
        assertThat(run.err()).doesNotContain("Exception", "\tat ");
        assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(files(directory)).isEqualTo(before);
        assertNoThreadIsLeft();
    }

    private CommandLineRun start(String options) {
        boolean ownData = options.contains("--data ");
        boolean ownPort = options.contains("--port ");
        String all = "start " + options + (ownData ? "" : " --data " + data) + (ownPort ? "" : " --port 0");
        return CommandLineRun.of(all.split(" +"));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toString).sorted().toList();
        }
    }

    /** Some end a little later than the call that stops them. */
    private static void assertNoThreadIsLeft() throws InterruptedException {
        for (int i = 0; i < LOOKS_MAX && !ourThreads().isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertThat(ourThreads()).isEmpty();
    }

    private static Set<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("zeroops")
                        || name.startsWith("journal")
                        || name.startsWith("H2 TCP")
                        || name.equals("mode-keeper")
                        || name.equals("simulated-fleet"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aPortInUseIsNamedBeforeAFolderIsMade() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLineRun run = start("--port " + taken.getLocalPort());
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err().lines())
                    .containsExactly(
                            "zeroops start: port " + taken.getLocalPort() + " is in use; choose another with --port",
                            "Try: ./zeroops start --help");
        }
        assertThat(data).doesNotExist();
        assertNoThreadIsLeft();
    }

    @Test
    void aFolderThatThisProcessHasIsLeftAlone() throws Exception {
        try (var owner = FolderDatabase.own(data)) {
            CommandLineRun run = start("");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("data folder " + data + " is in use", "choose another folder with --data");
            assertThat(owner.meta("schema_version")).hasValue("2");
        }
        try (var again = FolderDatabase.own(data)) {
            assertThat(again.isOwned()).isTrue();
        }
        assertNoThreadIsLeft();
    }

    @Test
    void aFolderOfAnotherVersionIsRefusedEachTimeInTheSameWords() throws Exception {
        try (var newer = FolderDatabase.own(data)) {
            newer.setMeta("schema_version", "99");
            newer.setMeta("readable_from", "99");
        }
        for (int i = 0; i < 2; i++) {
            CommandLineRun run = start("");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err().lines().findFirst())
                    .hasValue("zeroops start: data folder " + data + " is of schema version 99, and this build reads"
                            + " version 2; start the version that wrote it, or choose another folder with --data");
        }
        assertNoThreadIsLeft();
    }
}
