package io.novacron.zeroops.simulations.bench;

import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.runtime.host.Outside;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many events per second go through the whole shell into the journal, one event a row, beside what JDBC alone does with
 * the same rows: as many in the same table of the same database, in batches of {@link #RAW_BATCH_ROWS}.
 */
public final class JournalBench {
    /** Entities that write at once; each has one write in flight. */
    private static final int ENTITIES = 4_000;

    private static final int RAW_BATCH_ROWS = 400;
    private static final int ROUNDS = 3;

    private final InstantSource clock;
    private final BenchDatabase place;

    public JournalBench(InstantSource clock, BenchDatabase place) {
        this.clock = clock;
        this.place = place;
    }

    /**
     * Medians of some rounds, in each of which both were measured one after the other.
     *
     * @param ratio of the medians
     * @param bytesPerEvent of the payload
     */
    public record Report(
            double eventsPerS,
            double rawRowsPerS,
            double ratio,
            double bytesPerEvent,
            int entities,
            int rounds,
            List<Double> roundEventsPerS,
            List<Double> roundRawRowsPerS) {}

    /**
     * Measures.
     *
     * @param folder an empty one, on the disk that is meant
     * @param each how long each of both is measured in each round
     */
    public Report run(Path folder, Duration each) throws Exception {
        List<Double> events = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        double bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Path written = folder.resolve("shell-" + round);
            events.add(shell(written, each));
            List<Row> rows = rows(written);
            bytes = rows.stream()
                    .mapToInt(row -> row.payload().length)
                    .average()
                    .orElse(0);
            raw.add(raw(folder.resolve("raw-" + round), rows, each));
        }
        double ours = Medians.of(events);
        double theirs = Medians.of(raw);
        return new Report(ours, theirs, ours / theirs, bytes, ENTITIES, ROUNDS, events, raw);
    }

    private double shell(Path folder, Duration each) throws Exception {
        try (var provider = new RunningProvider(0, clock);
                var node = new BenchNode(place, folder, provider, Outside.NOBODY, clock, false)) {
            drive(node, each.dividedBy(4)); // entities start
            return drive(node, each);
        }
    }

    /** Each entity is told of another drift as soon as the one before is journaled. */
    private double drive(BenchNode node, Duration each) throws Exception {
        var running = new AtomicBoolean(true);
        var ended = new CountDownLatch(ENTITIES);
        var acknowledged = new AtomicLong();
        Instant start = clock.instant();
        for (int i = 0; i < ENTITIES; i++) {
            new Writer(node, RunningProvider.address(i), running, ended, acknowledged).next();
        }
        Thread.sleep(each.toMillis());
        long count = acknowledged.get();
        double seconds = Duration.between(start, clock.instant()).toNanos() / 1e9;
        running.set(false);
        ended.await();
        return count / seconds;
    }

    private static final class Writer {
        private final BenchNode node;
        private final String address;
        private final AtomicBoolean running;
        private final CountDownLatch ended;
        private final AtomicLong acknowledged;
        private int told;

        Writer(BenchNode node, String address, AtomicBoolean running, CountDownLatch ended, AtomicLong acknowledged) {
            this.node = node;
            this.address = address;
            this.running = running;
            this.ended = ended;
            this.acknowledged = acknowledged;
        }

        void next() {
            boolean up = told++ % 2 == 0;
            var observed = new Observed(address, 0, up ? Condition.RUNNING : Condition.STOPPED, up ? 1 : 0, 0);
            node.ask(address, new Reconcile(observed)).whenComplete((reply, failure) -> {
                if (failure == null) {
                    acknowledged.incrementAndGet();
                }
                if (running.get()) {
                    next();
                } else {
                    ended.countDown();
                }
            });
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // rows are never compared
    private record Row(
            String entity,
            long sequence,
            String writer,
            long writtenAt,
            int serializer,
            String manifest,
            byte[] payload) {}

    private List<Row> rows(Path folder) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (var database = place.open(folder);
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT \"persistence_id\", \"sequence_number\", \"writer\","
                        + " \"write_timestamp\", \"event_ser_id\", \"event_ser_manifest\", \"event_payload\""
                        + " FROM \"event_journal\" ORDER BY \"ordering\"")) {
            while (found.next()) {
                rows.add(new Row(
                        found.getString(1),
                        found.getLong(2),
                        found.getString(3),
                        found.getLong(4),
                        found.getInt(5),
                        found.getString(6),
                        found.getBytes(7)));
            }
        }
        return rows;
    }

    private double raw(Path folder, List<Row> rows, Duration each) throws Exception {
        try (var database = place.open(folder);
                Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO \"event_journal\" (\"ordering\","
                        + " \"persistence_id\", \"sequence_number\", \"writer\", \"write_timestamp\","
                        + " \"adapter_manifest\", \"event_payload\", \"event_ser_id\", \"event_ser_manifest\")"
                        + " VALUES (?, ?, ?, ?, ?, '', ?, ?, ?)")) {
            connection.setAutoCommit(false);
            Instant start = clock.instant();
            int next = 0;
            while (next < rows.size()
                    && Duration.between(start, clock.instant()).compareTo(each) < 0) {
                int end = Math.min(rows.size(), next + RAW_BATCH_ROWS);
                for (; next < end; next++) {
                    Row row = rows.get(next);
                    insert.setLong(1, next + 1);
                    insert.setString(2, row.entity());
                    insert.setLong(3, row.sequence());
                    insert.setString(4, row.writer());
                    insert.setLong(5, row.writtenAt());
                    insert.setBytes(6, row.payload());
                    insert.setInt(7, row.serializer());
                    insert.setString(8, row.manifest());
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
            }
            return next / (Duration.between(start, clock.instant()).toNanos() / 1e9);
        }
    }
}
