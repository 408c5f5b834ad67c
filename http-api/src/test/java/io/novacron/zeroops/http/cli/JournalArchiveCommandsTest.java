package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.scaling.ScalerEvent.ProposalHanded;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalRow;
import io.novacron.zeroops.persistence.journal.Owing;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.journal.WrittenSerializer;
import io.novacron.zeroops.persistence.view.JournalViews;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JournalArchiveCommandsTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");

    @TempDir
    Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** A row every ten days, until the 16th of March. */
    @BeforeEach
    void journal() throws IOException {
        Files.createDirectory(archives());
        try (var database = FolderDatabase.own(data());
                var path = WritePath.start(database)) {
            for (int i = 1; i <= 8; i++) {
                Instant at = T0.plus(Duration.ofDays(10L * (i - 1)));
                var events = List.of(new ProposalHanded(at, at));
                path.write(List.of(new JournalRow(
                                "scaler/web",
                                i,
                                "life-1",
                                at.toEpochMilli(),
                                WrittenSerializer.IDENTIFIER,
                                "hash",
                                new EventCodec().eventsToCbor(events),
                                events,
                                Owing.UNCHANGED)))
                        .toCompletableFuture()
                        .join();
            }
            JournalViews.look(database, read -> {});
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path archives() {
        return directory.resolve("archives");
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var terminal = new Terminal(
                new PrintWriter(out), new PrintWriter(err), false, () -> Instant.parse("2026-03-20T00:00:00Z"));
        List<String> all = new ArrayList<>(List.of("journal", "archive"));
        all.addAll(List.of(args));
        return new CommandLineInterface(FakeScenarios::new, terminal).run(all.toArray(String[]::new));
    }

    private int archive(String before, String... more) {
        List<String> all = new ArrayList<>(
                List.of("--before", before, "--to", archives().toString(), "--data", data().toString()));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    @Test
    void archivesVerifiesAndRestores() throws IOException {
        assertThat(archive("2026-03", "--remove")).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "journal-2026-01  3 rows",
                        "journal-2026-02  3 rows",
                        "journal-2026-01  0 rows removed", // no snapshot stands for them
                        "journal-2026-02  0 rows removed");
        assertThat(run("verify", archives().toString())).isZero();
        Path january = archives().resolve("journal-2026-01.jsonl.gz");
        assertThat(run("restore", january.toString(), "--data", data().toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("0 rows put back");

        byte[] bytes = Files.readAllBytes(january);
        bytes[bytes.length / 2] ^= 1;
        Files.write(january, bytes);
        assertThat(run("verify", archives().toString())).isEqualTo(3);
        assertThat(out.toString().lines()).singleElement().asString().contains("journal-2026-01.jsonl.gz", "SHA-256");
        assertThat(run("restore", january.toString(), "--data", data().toString()))
                .isEqualTo(2);
        assertThat(archive("2026-03")).isEqualTo(2);
    }

    @Test
    void saysWhatIsWrongWithWhatWasAsked() {
        assertThat(run("--to", archives().toString())).isEqualTo(2);
        assertThat(err.toString()).contains("give --before YYYY-MM and --to DIR");
        assertThat(archive("march")).isEqualTo(2);
        assertThat(err.toString()).contains("--before march is no month: write one such as 2026-10");
        assertThat(archive("2026-04")).isEqualTo(2);
        assertThat(err.toString()).contains("2026-03 is not over");
        assertThat(archive("2026-03", "--owner", "zeroops_owner")).isEqualTo(2);
        assertThat(err.toString()).contains("--owner zeroops_owner is for PostgreSQL");
        assertThat(run("restore", "nothing.gz")).isEqualTo(2);
        assertThat(err.toString()).contains("nothing.gz is no archive");
        assertThat(run("verify", directory.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no directory");
        assertThat(run(
                        "--before",
                        "2026-02",
                        "--to",
                        directory.resolve("none").toString(),
                        "--data",
                        data().toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("create it, or choose another");
    }
}
