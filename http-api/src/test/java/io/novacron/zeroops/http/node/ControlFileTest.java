package io.novacron.zeroops.http.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.http.cli.CommandLineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The brake where no node runs. */
class ControlFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    private CommandLineRun run(String command, String... options) {
        String[] all = new String[options.length + 3];
        all[0] = command;
        all[1] = "--data";
        all[2] = directory.toString();
        System.arraycopy(options, 0, all, 3, options.length);
        return CommandLineRun.of(all);
    }

    @Test
    void aPauseHoldsForTheNextStartAndKeepsItsFirstReason() {
        assertThat(run("pause", "--reason", "first").out()).startsWith("paused (no node runs in " + directory);
        assertThat(run("pause", "--reason", "second").code()).isZero();
        assertThat(new ControlFile(directory).pauseReason()).hasValue("first");
        assertThat(run("resume").out()).startsWith("resumed (no node runs in " + directory);
        assertThat(new ControlFile(directory).pauseReason()).isEmpty();
        CommandLineRun again = run("resume");
        assertThat(again.code()).isZero();
        assertThat(again.out()).startsWith("there was no pause");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(run("pause", "--reason", " ").err()).contains("--reason has 1 characters; use 1 to 500");
        assertThat(run("pause", "--reason", "x".repeat(501)).code()).isEqualTo(2);
        for (String command : new String[] {"pause", "resume"}) {
            CommandLineRun nowhere =
                    CommandLineRun.of(command, "--data", directory.resolve("no").toString());
            assertThat(nowhere.code()).isEqualTo(2);
            assertThat(nowhere.err())
                    .contains("there is no data folder " + directory.resolve("no"), "give the folder of a node");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aReasonThatAPersonWroteIntoTheFileIsCut() throws Exception {
        Files.writeString(directory.resolve("paused"), "x".repeat(10_000));
        assertThat(new ControlFile(directory).pauseReason().orElseThrow()).hasSize(ControlFile.REASON_MAX);
        Files.writeString(directory.resolve("paused"), "");
        assertThat(new ControlFile(directory).pauseReason()).as("made by touch").hasValue("");
    }
}
