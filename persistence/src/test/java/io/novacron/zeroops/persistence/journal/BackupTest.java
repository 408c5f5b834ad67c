package io.novacron.zeroops.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.scaling.ScalerEvent.ProposalHanded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackupTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");

    @TempDir
    Path directory = Path.of("");

    private final EventCodec codec = new EventCodec();

    private Path at(String name) {
        return directory.resolve(name);
    }

    private JournalRow row(long sequence) {
        byte[] payload = codec.eventsToCbor(List.of(new ProposalHanded(T0, T0)));
        return new JournalRow(
                "scaler/a",
                sequence,
                "life-1",
                0,
                WrittenSerializer.IDENTIFIER,
                "hash",
                payload,
                List.of(),
                Owing.UNCHANGED);
    }

    @Test
    void hasAllThatWasCommittedBeforeWhileAWriterWrites() throws InterruptedException, IOException {
        var done = new AtomicBoolean();
        long before;
        try (var database = FolderDatabase.own(at("data"));
                var path = WritePath.start(database)) {
            var writer = new Thread(() -> {
                for (long i = 1; !done.get(); i++) {
                    path.write(List.of(row(i))).toCompletableFuture().join();
                }
            });
            writer.start();
            while (path.committed().ordering() < 100) {
                Thread.onSpinWait();
            }
            before = path.committed().ordering();
            try (var visit = FolderDatabase.visit(at("data"))) {
                Backup.write(visit, at("one.zip"));
            }
            done.set(true);
            writer.join();
        }
        assertThat(names()).containsExactlyInAnyOrder("data", "one.zip");
        long last = Backup.restore(at("one.zip"), at("restored"));
        assertThat(last).isGreaterThanOrEqualTo(before);
        try (var restored = FolderDatabase.own(at("restored"))) {
            List<Long> sequences = Stream.of(restored)
                    .flatMap(database -> {
                        List<JournalEntry> all = new ArrayList<>();
                        new JournalReader(database).forEach("scaler/a", 0, Position.END, all::add);
                        return all.stream();
                    })
                    .map(JournalEntry::sequence)
                    .toList();
            assertThat(sequences)
                    .isEqualTo(Stream.iterate(1L, i -> i + 1).limit(last).toList());
            try (var path = WritePath.start(restored)) { // and it goes on from there
                path.write(List.of(row(last + 1))).toCompletableFuture().join();
            }
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void refusesToReplaceWhatIsThere() throws IOException {
        Files.writeString(at("one.zip"), "mine");
        try (var database = FolderDatabase.own(at("data"))) {
            assertThatThrownBy(() -> Backup.write(database, at("one.zip"))).hasMessageContaining("exists already");
            assertThatThrownBy(() -> Backup.write(database, at("none").resolve("two.zip")))
                    .hasMessageContaining("there is no directory");
            Backup.write(database, at("two.zip"));
        }
        assertThat(at("one.zip")).hasContent("mine");
        assertThatThrownBy(() -> Backup.restore(at("two.zip"), at("data")))
                .hasMessageContaining("has a journal already");
    }

    @Test
    void takesOnlyWhatItMadeItself() throws IOException {
        Files.writeString(at("text.zip"), "no zip at all");
        zip(at("many.zip"), "journal.mv.db", "other");
        zip(at("climbing.zip"), "../journal.mv.db");
        zip(at("damaged.zip"), "journal.mv.db");
        expect("none.zip", "does not exist");
        expect("text.zip", "was not made by this program");
        expect("many.zip", "2 files");
        expect("climbing.zip", "'../journal.mv.db'");
        expect("damaged.zip", "cannot be read");
        try (var database = FolderDatabase.own(at("data"))) {
            database.setMeta("schema_version", "999");
            database.setMeta("readable_from", "999");
            Backup.write(database, at("later.zip"));
        }
        expect("later.zip", "schema version 999");
        Backup.restore(good(), at("restored")); // none of them left anything in its way
    }

    private void expect(String zip, String message) throws IOException {
        assertThatThrownBy(() -> Backup.restore(at(zip), at("restored")))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContaining(message);
        if (Files.exists(at("restored"))) {
            try (Stream<Path> left = Files.list(at("restored"))) {
                assertThat(left.map(file -> file.getFileName().toString())).isSubsetOf("zeroops.lock");
            }
        }
    }

    private Path good() {
        try (var database = FolderDatabase.own(at("good"))) {
            Backup.write(database, at("good.zip"));
        }
        return at("good.zip");
    }

    private static void zip(Path file, String... names) throws IOException {
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write("no database".getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
