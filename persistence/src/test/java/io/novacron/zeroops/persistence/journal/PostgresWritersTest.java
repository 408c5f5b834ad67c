package io.novacron.zeroops.persistence.journal;

import static io.novacron.zeroops.persistence.journal.PostgresDatabaseTest.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.persistence.TestServer;
import io.novacron.zeroops.persistence.server.PrivateServer;
import io.novacron.zeroops.persistence.server.PrivateServer.Roles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many write, connections and servers end at any time, owners are replaced: nothing is lost, doubled, skipped or mixed up. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresWritersTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static PostgresOptions impatient(Roles roles) {
        return new PostgresOptions(roles.url(), roles.application(), roles.password(), 4, SHORT);
    }

    /** A node that writes rows of its own entities, some at a time; returns all that was acknowledged. */
    private static Callable<Set<String>> writer(PostgresDatabase database, String name, int writes) {
        return () -> {
            Set<String> acknowledged = ConcurrentHashMap.newKeySet();
            try (var path = WritePath.start(database)) {
                List<CompletableFuture<Void>> under = new ArrayList<>();
                for (int i = 1; i <= writes; i++) {
                    for (int entity = 0; entity < 5; entity++) {
                        String address = "scaler/" + name + "-" + entity;
                        String key = address + "#" + i;
                        under.add(path.write(List.of(row(address, i, "life-1")))
                                .toCompletableFuture()
                                .thenRun(() -> acknowledged.add(key)));
                    }
                    if (i % 10 == 0) {
                        under.forEach(CompletableFuture::join);
                        under.clear();
                    }
                }
                under.forEach(CompletableFuture::join);
            }
            return acknowledged;
        };
    }

    private static String key(JournalEntry entry) {
        return entry.entity() + "#" + entry.sequence();
    }

    /** Transactions that take their number early, and commit late or never. */
    private static Callable<Set<String>> sleeper(PostgresDatabase database, String name, long seed, int transactions) {
        return () -> {
            Set<String> committed = new HashSet<>();
            var random = new Random(seed);
            for (int i = 1; i <= transactions; i++) {
                try (Connection connection = database.connect();
                        PreparedStatement insert = connection.prepareStatement(
                                "INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,"
                                        + " event_payload, event_ser_id, event_ser_manifest)"
                                        + " VALUES (?, 1, 'life-1', 0, ?, 0, 'hash')")) {
                    connection.setAutoCommit(false);
                    String address = "scaler/" + name + "-" + i;
                    insert.setString(1, address);
                    insert.setBytes(2, row(1).payload());
                    insert.executeUpdate();
                    Thread.sleep(random.nextInt(200));
                    if (random.nextInt(4) > 0) {
                        connection.commit();
                        committed.add(address + "#1");
                    } else {
                        connection.rollback();
                    }
                }
            }
            return committed;
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aReaderSkipsNothingAndRepeatsNothing(long seed) throws Exception {
        Roles roles = TestServer.empty().migrate();
        var threads = Executors.newCachedThreadPool();
        try (var one = PostgresDatabase.connect(roles.options());
                var two = PostgresDatabase.connect(roles.options());
                var third = PostgresDatabase.connect(roles.options())) {
            List<Future<Set<String>>> all = List.of(
                    threads.submit(writer(one, "one", 150)),
                    threads.submit(writer(two, "two", 150)),
                    threads.submit(sleeper(third, "slow", seed, 30)),
                    threads.submit(sleeper(third, "lazy", seed + 100, 30)));
            var reader = new JournalReader(third);
            Set<String> read = new HashSet<>();
            Map<String, Long> last = new TreeMap<>();
            Position position = Position.START;
            boolean ended = false;
            while (true) {
                var page = reader.page(position, 1 + new Random(seed).nextInt(100), entity -> true);
                for (JournalEntry entry : page.entries()) {
                    assertThat(entry.position()).isGreaterThan(position);
                    position = entry.position();
                    assertThat(read.add(key(entry))).isTrue();
                    assertThat(entry.sequence()).isEqualTo(last.getOrDefault(entry.entity(), 0L) + 1);
                    last.put(entry.entity(), entry.sequence());
                }
                if (page.rows() == 0 && ended) {
                    break;
                }
                ended = all.stream().allMatch(Future::isDone); // before the page that shows that nothing is left
            }
            Set<String> written = new HashSet<>();
            for (Future<Set<String>> each : all) {
                written.addAll(each.get());
            }
            assertThat(read).isEqualTo(written);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void connectionsThatEndInTheMidstCostNothing() throws Exception {
        Roles roles = TestServer.empty().migrate();
        var threads = Executors.newCachedThreadPool();
        try (var database = PostgresDatabase.connect(roles.options());
                Connection superuser = TestServer.shared().superuser("postgres");
                Statement statement = superuser.createStatement()) {
            var random = new Random(7);
            Future<Set<String>> written = threads.submit(writer(database, "one", 300));
            int ended = 0;
            for (int i = 0; i < 20 && !written.isDone(); i++) {
                Thread.sleep(random.nextInt(400));
                try (var row = statement.executeQuery("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE usename = '" + roles.application() + "'")) {
                    row.next();
                    ended += row.getInt(1);
                }
            }
            assertThat(ended).isPositive();
            assertThat(written.get()).hasSize(1_500);
            try (var later = PostgresDatabase.connect(roles.options())) { // the pool may still hold one that was ended
                assertThat(allOf(later)).hasSize(1_500).isEqualTo(written.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Set<String> allOf(JournalDatabase database) {
        var reader = new JournalReader(database);
        Set<String> all = new HashSet<>();
        Position position = Position.START;
        for (var page = reader.after(position, 1_000); !page.isEmpty(); page = reader.after(position, 1_000)) {
            page.forEach(entry -> assertThat(all.add(key(entry))).isTrue());
            position = page.get(page.size() - 1).position();
        }
        return all;
    }

    @Test
    void aServerThatIsKilledLosesNothingThatWasAcknowledged() throws Exception {
        TestServer.require();
        var threads = Executors.newCachedThreadPool();
        try (var server = PrivateServer.start()) {
            Roles roles = TestServer.database(server).migrate();
            try (var database = PostgresDatabase.connect(impatient(roles))) {
                Future<Set<String>> written = threads.submit(writer(database, "one", 300));
                var random = new Random(11);
                for (int i = 0; i < 2; i++) {
                    Thread.sleep(200 + random.nextInt(300));
                    server.kill();
                    Thread.sleep(random.nextInt(1_500));
                    server.restart();
                }
                assertThat(written.get()).hasSize(1_500);
                try (var later = PostgresDatabase.connect(impatient(roles))) { // as above
                    assertThat(allOf(later)).isEqualTo(written.get());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The fence of one node over two shards. */
    private static final class Held implements Fence {
        final Map<Integer, Long> epochs = new ConcurrentHashMap<>();

        @Override
        public int shard(String entity) {
            return entity.endsWith("a") ? 1 : 2;
        }

        @Override
        public long epoch(int shard) {
            return epochs.getOrDefault(shard, 0L);
        }
    }

    @Test
    void whoLostAShardWritesNothingThereAnyMore() {
        Roles roles = TestServer.empty().migrate();
        try (var database = PostgresDatabase.connect(roles.options())) {
            var shards = new ShardEpochs(database);
            var zombie = new Held();
            var owner = new Held();
            assertThat(shards.holder(1)).isEmpty();
            zombie.epochs.putAll(Map.of(1, shards.take(1, "zombie"), 2, shards.take(2, "zombie")));
            try (var old = WritePath.start(database, zombie);
                    var next = WritePath.start(database, owner)) {
                write(old, "scaler/a", 1, "life-1").join();
                owner.epochs.put(1, shards.take(1, "owner"));
                assertThat(shards.holder(1)).contains(new ShardEpochs.Holder(2, "owner"));
                var busy = List.of(
                        write(old, "scaler/a", 2, "life-1"), write(old, "scaler/b", 1, "life-1"), // of a shard it has
                        write(old, "scaler/new-a", 1, "life-1"), write(next, "scaler/b", 1, "life-2"));
                assertStale(busy.get(0));
                busy.get(1).join();
                assertStale(busy.get(2));
                assertStale(busy.get(3));
                write(old, "scaler/a", 1, "life-1").join(); // its acknowledgement was lost, say: it is there
                write(next, "scaler/a", 2, "life-2").join();
                assertThat(allOf(database)).containsExactlyInAnyOrder("scaler/a#1", "scaler/a#2", "scaler/b#1");
            }
        }
    }

    private static CompletableFuture<Void> write(WritePath path, String entity, long sequence, String life) {
        return path.write(List.of(row(entity, sequence, life))).toCompletableFuture();
    }

    private static void assertStale(CompletableFuture<Void> write) {
        assertThatThrownBy(write::join).hasCauseInstanceOf(StaleWriterException.class);
    }

    @Test
    void aTakerWaitsForWhatIsBeingWrittenAndSeesIt() throws Exception {
        Roles roles = TestServer.empty().migrate();
        try (var database = PostgresDatabase.connect(roles.options())) {
            var shards = new ShardEpochs(database);
            long epoch = shards.take(1, "old");
            BatchInsert insert = Dialect.POSTGRESQL.insert(database.connect());
            assertThat(insert.lockEpochs(Set.of(1))).containsEntry(1, epoch);
            insert.insert(List.of(new Write(1, epoch, List.of(row(1)), new CompletableFuture<>())));
            var taken = new AtomicLong();
            var committed = new AtomicBoolean();
            var taker = new Thread(() -> {
                taken.set(shards.take(1, "new"));
                assertThat(committed).isTrue();
            });
            taker.start();
            while (waiting(roles) == 0) {
                Thread.onSpinWait();
            }
            committed.set(true);
            insert.commit();
            taker.join();
            assertThat(taken).hasValue(epoch + 1);
            assertThat(new JournalReader(database).of("scaler/a")).hasSize(1);
        }
    }

    private static int waiting(Roles roles) throws SQLException {
        try (Connection superuser = TestServer.shared().superuser("postgres");
                var row = superuser
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename"
                                + " = '" + roles.application() + "'")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** As one that was paused in the midst: its server gives up on it, and with it on the locks. */
    @Test
    void aWriterThatSleepsInTheMidstHoldsNobodyUpForLong() throws Exception {
        Roles roles = TestServer.empty().migrate();
        try (var database = PostgresDatabase.connect(impatient(roles))) {
            var shards = new ShardEpochs(database);
            long epoch = shards.take(1, "old");
            BatchInsert insert = Dialect.POSTGRESQL.insert(database.connect());
            insert.lockEpochs(Set.of(1));
            insert.insert(List.of(new Write(1, epoch, List.of(row(1)), new CompletableFuture<>())));
            long taken = 0;
            while (taken == 0) {
                try {
                    taken = shards.take(1, "new");
                } catch (JournalUnavailableException e) {
                    assertThat(e).hasMessageContaining("shard 1 cannot be taken");
                }
            }
            assertThat(taken).isGreaterThan(epoch);
            assertThatThrownBy(insert::commit).isInstanceOf(SQLException.class);
            assertThat(new JournalReader(database).of("scaler/a")).isEmpty();
        }
    }

    /** What the database will never take keeps nobody else waiting. */
    @Test
    void rowsThatCannotBeStoredAreRefusedAlone() {
        Roles roles = TestServer.empty().migrate();
        try (var database = PostgresDatabase.connect(roles.options());
                var path = WritePath.start(database)) {
            var good = write(path, "scaler/good", 1, "life-1");
            var bad = write(path, "scaler/\0", 1, "life-1");
            var tooLong = write(path, "scaler/" + "x".repeat(300), 1, "life-1");
            var after = write(path, "scaler/good", 2, "life-1");
            good.join();
            after.join();
            for (var refused : List.of(bad, tooLong)) {
                assertThatThrownBy(refused::join).hasCauseInstanceOf(IllegalArgumentException.class);
            }
            byte[] large = new byte[WritePath.PAYLOAD_BYTES_MAX + 1];
            var row = new JournalRow("scaler/large", 1, "life-1", 0, 0, "hash", large, List.of(), Owing.UNCHANGED);
            assertThatThrownBy(
                            () -> path.write(List.of(row)).toCompletableFuture().join())
                    .hasMessageContaining("bytes");
            assertThat(path.problem()).isEmpty();
        }
    }
}
