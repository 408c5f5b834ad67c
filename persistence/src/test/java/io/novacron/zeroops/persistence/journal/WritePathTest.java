package io.novacron.zeroops.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.scaling.ScalerEvent.ProposalHanded;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WritePathTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private final EventCodec codec = new EventCodec();
    private JournalDatabase database;
    private WritePath path;

    @BeforeEach
    void open() {
        database = database();
        path = WritePath.start(database);
    }

    /** The same one each time. */
    JournalDatabase database() {
        return FolderDatabase.own(folder.resolve("data"));
    }

    @AfterEach
    void close() {
        path.close();
        database.close();
    }

    private JournalRow row(String entity, long sequence, String writer, Owing owing) {
        byte[] payload = codec.eventsToCbor(List.of(new ProposalHanded(T0.plusSeconds(sequence), T0)));
        return new JournalRow(
                entity, sequence, writer, 0, WrittenSerializer.IDENTIFIER, "hash", payload, List.of(), owing);
    }

    private JournalRow row(String entity, long sequence) {
        return row(entity, sequence, "life-1", Owing.UNCHANGED);
    }

    private CompletableFuture<Void> write(JournalRow... rows) {
        return path.write(List.of(rows)).toCompletableFuture();
    }

    private List<JournalEntry> all() {
        return new JournalReader(database).after(Position.START, JournalReader.PAGE_MAX);
    }

    @Test
    void whatIsAcknowledgedIsThereInOrder() {
        write(row("scaler/a", 1), row("scaler/a", 2)).join();
        write(row("scaler/b", 1)).join();
        assertThat(all()).extracting(JournalEntry::entity).containsExactly("scaler/a", "scaler/a", "scaler/b");
        assertThat(all()).extracting(JournalEntry::sequence).containsExactly(1L, 2L, 1L);
        assertThat(all().get(0).settings()).isEqualTo("hash");
        assertThat(all().get(1).events()).containsExactly(new ProposalHanded(T0.plusSeconds(2), T0));
        assertThat(path.committed()).isEqualTo(all().get(2).position());
    }

    /** Queued behind one that waits, they come in one batch. */
    @Test
    void aStaleWriterIsRefusedAndTheOthersOfItsBatchAreUnharmed() throws InterruptedException {
        write(row("scaler/a", 1)).join();
        var busy = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        path.onCommit(() -> {
            entered.countDown();
            await(busy);
        });
        var first = write(row("scaler/x", 1));
        entered.await(); // from here on the writer waits in its listener, and the rest gathers
        var before = write(row("scaler/b", 1), row("scaler/b", 2));
        var stale = write(row("scaler/a", 1, "life-2", Owing.BEGINS));
        var halfStale = write(row("scaler/c", 1), row("scaler/a", 1, "life-2", Owing.UNCHANGED));
        var after = write(row("scaler/a", 2));
        busy.countDown();
        CompletableFuture.allOf(first, before, after).join();
        for (var refused : List.of(stale, halfStale)) {
            assertThatThrownBy(refused::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(StaleWriterException.class);
        }
        assertThat(all())
                .extracting(entry -> entry.entity() + "#" + entry.sequence())
                .containsExactly("scaler/a#1", "scaler/x#1", "scaler/b#1", "scaler/b#2", "scaler/a#2");
        assertThat(new OwingIndex(database).after("")).isEmpty();
        assertThat(path.problem()).isEmpty();
    }

    /** Such as one whose acknowledgement was lost. */
    @Test
    void aRepeatBySameLifeIsAcknowledgedAndNotDoubled() {
        write(row("scaler/a", 1)).join();
        write(row("scaler/a", 1)).join();
        assertThat(all()).hasSize(1);
    }

    @Test
    void theIndexOfWhatIsOwedIsWrittenWithTheRows() {
        write(row("scaler/a", 1, "life-1", Owing.BEGINS)).join();
        write(row("scaler/b", 1, "life-1", Owing.BEGINS)).join();
        write(row("scaler/a", 2, "life-1", Owing.ENDS), row("scaler/a", 3, "life-1", Owing.BEGINS))
                .join();
        write(row("scaler/b", 2, "life-1", Owing.BEGINS), row("scaler/b", 3, "life-1", Owing.ENDS))
                .join();
        assertThat(new OwingIndex(database).after("")).containsExactly("scaler/a");
    }

    /** A reader follows from the start, while many write: it must see each row, each entity's in order. */
    @Test
    void nothingIsEverMissingBelowTheWatermark() throws InterruptedException {
        int writers = 8;
        int rowsEach = 500;
        var done = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
            String entity = "scaler/w" + w;
            threads.add(new Thread(() -> {
                List<CompletableFuture<Void>> under = new ArrayList<>();
                for (int i = 1; i <= rowsEach; i++) {
                    under.add(write(row(entity, i)));
                    if (under.size() == 20) {
                        under.forEach(CompletableFuture::join);
                        under.clear();
                    }
                }
                under.forEach(CompletableFuture::join);
                done.incrementAndGet();
            }));
        }
        threads.forEach(Thread::start);
        var reader = new JournalReader(database);
        Map<String, Long> last = new TreeMap<>();
        Position read = Position.START;
        while (done.get() < writers || path.committed().isAfter(read)) {
            Position committed = path.committed();
            for (JournalEntry entry : reader.after(read, 100)) {
                long before = last.getOrDefault(entry.entity(), 0L);
                assertThat(entry.sequence()).isEqualTo(before + 1);
                last.put(entry.entity(), entry.sequence());
                read = entry.position();
            }
            assertThat(path.committed()).isGreaterThanOrEqualTo(committed);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(last).hasSize(writers).allSatisfy((entity, sequence) -> assertThat(sequence)
                .isEqualTo(rowsEach));
    }

    /** From memory, or from the table where the events of a row are not known or too many came meanwhile. */
    @Test
    void whoFollowsIsToldTheSameAsWhoReads() {
        write(row("scaler/a", 1)).join();
        var follower = JournalReader.following(database, path);
        for (int i = 2; i <= 30; i++) {
            write(i % 10 == 0 ? row("scaler/a", i) : known("scaler/a", i), known("scaler/a", ++i))
                    .join();
        }
        List<JournalEntry> followed = new ArrayList<>();
        Position read = Position.START;
        for (var page = follower.page(Position.START, 7, e -> true);
                page.rows() > 0;
                page = follower.page(read, 7, e -> true)) {
            assertThat(page.rows()).isLessThanOrEqualTo(7);
            followed.addAll(page.entries());
            read = page.upTo();
        }
        assertThat(followed).isEqualTo(all()).hasSize(31);
        write(known("scaler/b", 1)).join();
        assertThat(follower.page(read, 7, "scaler/a"::equals).entries()).isEmpty();
    }

    @Test
    void whoIsTooFarBehindReads() {
        var recent = new RecentRows();
        for (int i = 1; i <= RecentRows.ROWS_MAX + 5; i++) {
            recent.add(i, known("scaler/a", i));
        }
        assertThat(recent.page(Position.START, 10, e -> true)).isEmpty();
        var page =
                recent.page(new Position(0, RecentRows.ROWS_MAX), 10, e -> true).orElseThrow();
        assertThat(page.entries()).extracting(JournalEntry::ordering).hasSize(5).endsWith(RecentRows.ROWS_MAX + 5L);
        assertThat(page.isFull()).isFalse();
        assertThat(recent.page(new Position(0, RecentRows.ROWS_MAX), 10, e -> true))
                .isEmpty(); // handed out once: a failure reads anew
    }

    private JournalRow known(String entity, long sequence) {
        JournalRow row = row(entity, sequence);
        return new JournalRow(
                entity,
                sequence,
                "life-1",
                0,
                row.serializer(),
                "hash",
                row.payload(),
                codec.eventsFromCbor(row.payload()),
                Owing.UNCHANGED);
    }

    @Test
    void pagesAndWholesOfOneEntityTellTheSame() {
        for (int i = 1; i <= 30; i++) {
            write(row("scaler/a", i)).join();
            write(row("scaler/b", i)).join();
        }
        var reader = new JournalReader(database);
        List<JournalEntry> paged = new ArrayList<>();
        Position read = Position.START;
        for (var page = reader.page(Position.START, 7, "scaler/b"::equals);
                page.rows() > 0;
                page = reader.page(read, 7, "scaler/b"::equals)) {
            paged.addAll(page.entries());
            read = page.upTo();
        }
        assertThat(paged).isEqualTo(reader.of("scaler/b")).hasSize(30);
        List<JournalEntry> some = new ArrayList<>();
        reader.forEach("scaler/b", paged.get(3).sequence(), paged.get(20).position(), some::add);
        assertThat(some).isEqualTo(paged.subList(4, 21));
        assertThat(reader.last()).isEqualTo(path.committed()).isEqualTo(read);
        Position first = paged.get(0).position();
        assertThat(reader.page(Position.START, first, 100, e -> true).upTo()).isEqualTo(first);
    }

    @Test
    void goesOnAfterItsLastRow() {
        write(row("scaler/a", 1)).join();
        Position committed = path.committed();
        path.close();
        assertThatThrownBy(() -> write(row("scaler/a", 2)).join())
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        database.close();
        open();
        assertThat(path.committed()).isEqualTo(committed);
        write(row("scaler/a", 2)).join();
        assertThat(all()).extracting(JournalEntry::sequence).containsExactly(1L, 2L);
    }

    @Test
    void aDiskWithoutRoomStopsItUntilThereIsRoom() {
        path.close();
        database.close();
        database = FolderDatabase.own(folder.resolve("data"), Long.MAX_VALUE);
        try (var full = WritePath.start(database)) {
            var waiting = full.write(List.of(row("scaler/a", 1))).toCompletableFuture();
            while (full.problem().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(full.problem().orElseThrow()).contains("no space left", "make room");
            assertThat(waiting).isNotDone();
            assertThat(full.committed()).isEqualTo(Position.START);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
