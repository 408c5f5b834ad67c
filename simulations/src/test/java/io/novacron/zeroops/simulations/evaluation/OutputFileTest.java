package io.novacron.zeroops.simulations.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.ReviewCommand;
import io.novacron.zeroops.persistence.journal.EventCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void nothingAppearsBeforeItIsFinished() throws IOException {
        Path path = directory.resolve("a.csv");
        try (var file = OutputFile.open(path)) {
            file.write("whole");
            assertThat(path).doesNotExist();
            file.finish();
        }
        assertThat(path).hasContent("whole");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whatIsNotFinishedLeavesNothing() throws IOException {
        try (var file = OutputFile.open(directory.resolve("a.csv"))) {
            file.write("half");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void linkKeepsPointing() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "before");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        try (var file = OutputFile.open(link)) {
            file.write("after");
            file.finish();
        }
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("after");
    }

    @Test
    void compressesWhatIsNamedSo() throws IOException {
        Path path = directory.resolve("a.csv.gz");
        try (var file = OutputFile.open(path)) {
            file.write("text");
            file.finish();
        }
        try (var in = new GZIPInputStream(Files.newInputStream(path))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("text");
        }
    }

    @Test
    void device() throws IOException {
        try (var file = OutputFile.open(Path.of("/dev/null"))) {
            file.write("text");
            file.finish();
        }
        assertThat(Path.of("/dev/null")).exists();
    }

    @Test
    void fileNamedLikeThePartOfAnother() throws IOException {
        Path path = directory.resolve("a.txt");
        Path other = directory.resolve(".a.txt.part");
        try (var first = OutputFile.open(other);
                var second = OutputFile.open(path)) {
            first.write("first");
            second.write("second");
            first.finish();
            second.finish();
        }
        assertThat(other).hasContent("first");
        assertThat(path).hasContent("second");
    }

    @Test
    void timelineQuotesTextsAndKeepsNumbersExact() throws IOException {
        Path path = directory.resolve("t.csv");
        try (var file = OutputFile.open(path)) {
            new TimelineCsv(file)
                    .row(new TimelineSink.Row(
                            "a,\"b\"", "zeroops", 0.1, 1e-7, 1e300, 1, 2, 3, 1.0 / 3, 60, Double.NaN));
            file.finish();
        }
        assertThat(Files.readAllLines(path).get(1))
                .isEqualTo("\"a,\"\"b\"\"\",zeroops,0.1,1.0E-7,1.0E300,1,2,3,0.3333333333333333,60,NaN");
    }

    @TypeName("stranger.Came/1")
    private record Came(Instant at) implements Event {}

    @Test
    void journalTakesOnlyWhatTheVocabularyKnows() throws IOException {
        try (var file = OutputFile.open(directory.resolve("j.jsonl"))) {
            var lines = new JournalLines(file, new EventCodec());
            assertThatThrownBy(() -> lines.event("r", Instant.EPOCH, "e", 1, new Came(Instant.EPOCH)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void journalLineHasItsNamesInOrder() throws IOException {
        Path path = directory.resolve("j.jsonl");
        try (var file = OutputFile.open(path)) {
            var lines = new JournalLines(file, new EventCodec());
            lines.write("x6-step/seed-1", Instant.EPOCH.plusNanos(1), "a\"b\n", 7, new ReviewCommand.Confirm("d/1"));
            file.finish();
        }
        assertThat(path)
                .hasContent(
                        "{\"run\":\"x6-step/seed-1\",\"at\":\"1970-01-01T00:00:00.000000001Z\","
                                + "\"entity\":\"a\\\"b\\n\",\"seq\":7,\"type\":\"review.Confirm/1\",\"event\":{\"decision\":\"d/1\"}}\n");
    }
}
