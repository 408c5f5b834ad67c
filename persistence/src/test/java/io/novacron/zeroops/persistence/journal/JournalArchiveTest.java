package io.novacron.zeroops.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.AbstractActor;
import akka.actor.ActorSystem;
import akka.actor.Props;
import akka.actor.setup.ActorSystemSetup;
import akka.persistence.JournalProtocol.RecoverySuccess;
import akka.persistence.JournalProtocol.ReplayMessages;
import akka.persistence.JournalProtocol.ReplayMessagesFailure;
import akka.serialization.SerializationExtension;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.persistence.SmallHost;
import io.novacron.zeroops.persistence.view.DecisionQuery;
import io.novacron.zeroops.persistence.view.DecisionView;
import io.novacron.zeroops.persistence.view.JournalViews;
import io.novacron.zeroops.persistence.view.Views;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JournalArchiveTest {
    private static final YearMonth JANUARY = YearMonth.of(2026, 1);
    private static final YearMonth MARCH = YearMonth.of(2026, 3);

    @TempDir
    Path folder = Path.of("");

    JournalDatabase database;
    private WritePath path;
    private SmallHost host;
    private Path archives = Path.of("");

    @BeforeEach
    void open() throws IOException {
        database = database();
        path = WritePath.start(database);
        host = new SmallHost(path);
        archives = Files.createDirectory(folder.resolve("archives"));
    }

    @AfterEach
    void close() {
        path.close();
        database.close();
    }

    JournalDatabase database() {
        return FolderDatabase.own(folder.resolve("data"));
    }

    /** As one who may remove rows; not to be closed by who asks. */
    JournalDatabase owner() {
        return database;
    }

    Views views() {
        return JournalViews.look(database, read -> {});
    }

    /** Decisions of all kinds in January, February, March and a little of April, and now and then a snapshot. */
    private void someMonths(long seed) throws SQLException {
        var random = new Random(seed);
        host.begin("web", 10).add("workload/api", 5);
        while (host.now.isBefore(Instant.parse("2026-04-02T00:00:00Z"))) {
            host.demand(random.nextBoolean() ? "web" : "api", 20 + random.nextInt(3_000));
            host.provides = random.nextInt(8) > 0;
            for (int i = 0; i < 3; i++) {
                host.pass(Duration.ofMinutes(5));
            }
            host.provides = true;
            host.pass(Duration.ofHours(1 + random.nextInt(200)));
            if (random.nextInt(3) == 0) {
                List<String> entities = entities();
                snapshot(entities.get(random.nextInt(entities.size())));
            }
            if (random.nextInt(6) == 0) {
                snapshot("budget/main");
                snapshot("workload/web");
            }
        }
        views();
    }

    private List<String> entities() throws SQLException {
        List<String> entities = new ArrayList<>();
        try (Connection connection = database.connect();
                var select = connection.prepareStatement("SELECT DISTINCT \"persistence_id\" FROM \"event_journal\"");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entities.add(row.getString(1));
            }
        }
        return entities.stream().sorted().toList();
    }

    /** As the host keeps it: one of each entity, and none of decisions. */
    private void snapshot(String entity) throws SQLException {
        List<JournalEntry> rows = new JournalReader(database).of(entity);
        if (ArchiveRemoval.isDecision(entity)) {
            return;
        }
        try (Connection connection = database.connect();
                var delete = connection.prepareStatement("DELETE FROM \"snapshot\" WHERE \"persistence_id\" = ?");
                var insert = connection.prepareStatement("INSERT INTO \"snapshot\" (\"persistence_id\","
                        + " \"sequence_number\", \"created\", \"snapshot_ser_id\", \"snapshot_ser_manifest\","
                        + " \"snapshot_payload\") VALUES (?, ?, 0, 9002, '', ?)")) {
            delete.setString(1, entity);
            delete.executeUpdate();
            insert.setString(1, entity);
            insert.setLong(2, rows.get(rows.size() - 1).sequence());
            insert.setBytes(3, new SnapshotCodec(new EventCodec()).toBytes(host.state(entity)));
            insert.executeUpdate();
        }
    }

    /** Every column of every row, as text. */
    private List<String> dump() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                var select = connection.prepareStatement(
                        "SELECT * FROM \"event_journal\" ORDER BY \"persistence_id\", \"sequence_number\"");
                ResultSet row = select.executeQuery()) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                var text = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    Object value = row.getObject(i);
                    text.append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value)
                            .append('|');
                }
                rows.add(text.toString());
            }
        }
        return rows;
    }

    /** What an entity is after a restart: its snapshot, unless it is a decision, and the rows after that. */
    private State recovered(String entity) {
        var reader = new JournalReader(database);
        if (ArchiveRemoval.isDecision(entity)) {
            return fold(entity, host.agent(entity).initial(), reader.of(entity));
        }
        State[] state = {
            reader.snapshot(entity).map(JournalReader.Snapshot::state).orElseGet(() -> host.agent(entity)
                    .initial())
        };
        long after =
                reader.snapshot(entity).map(JournalReader.Snapshot::sequence).orElse(0L);
        reader.forEach(entity, after, Position.END, row -> state[0] = fold(entity, state[0], List.of(row)));
        return state[0];
    }

    @SuppressWarnings("unchecked")
    private State fold(String entity, State from, List<JournalEntry> rows) {
        var agent = (Agent<Command, Event, State>) host.agent(entity);
        State state = from;
        for (JournalEntry row : rows) {
            for (Event event : row.events()) {
                state = agent.apply(state, event);
            }
        }
        return state;
    }

    private JournalArchive archive() throws IOException {
        return JournalArchive.open(owner(), archives);
    }

    private long write(YearMonth before) throws IOException {
        long rows = 0;
        try (JournalArchive archive = archive()) {
            for (YearMonth month : archive.months(before, host.now)) {
                rows += archive.write(month, read -> {});
            }
        }
        return rows;
    }

    private long remove(YearMonth before) throws IOException {
        long rows = 0;
        try (JournalArchive archive = archive()) {
            for (YearMonth month : archive.months(before, host.now)) {
                rows += archive.remove(month, read -> {});
            }
        }
        return rows;
    }

    private long restore(YearMonth month) throws IOException {
        try (JournalArchive archive = archive()) {
            return archive.restore(month, read -> {});
        }
    }

    private List<String> problems() {
        return JournalArchive.verify(archives, month -> {});
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsLeftRecoversToTheSameAndWhatIsRestoredIsTheSame(long seed) throws IOException, SQLException {
        someMonths(seed);
        List<String> before = dump();
        List<DecisionView> listed = views().decisions(DecisionQuery.newest(1_000));
        YearMonth until = JANUARY.plusMonths(1 + new Random(seed).nextInt(3));
        long archived = write(until);
        assertThat(archived).isPositive();
        assertThat(dump()).isEqualTo(before);
        long removed = remove(until);
        assertThat(removed).isBetween(1L, archived - 1);
        assertThat(dump()).hasSize(before.size() - (int) removed);
        assertThat(new TreeSet<>(before)).containsAll(dump());

        for (String entity : entities()) {
            if (ArchiveRemoval.isDecision(entity)) {
                assertEnded((DecisionState) recovered(entity), (DecisionState) host.state(entity));
            } else {
                assertThat(recovered(entity)).as(entity).isEqualTo(host.state(entity));
            }
        }
        List<DecisionView> still = views().decisions(DecisionQuery.newest(1_000));
        assertThat(still.stream().map(DecisionView::decision))
                .isEqualTo(listed.stream().map(DecisionView::decision).toList());
        assertThat(still.stream().flatMap(view -> view.archived().stream())).contains(JANUARY);

        assertThat(remove(until)).isZero();
        assertThat(write(until)).isEqualTo(archived); // verifies what is there
        long restored = 0;
        for (YearMonth month = JANUARY; month.isBefore(until); month = month.plusMonths(1)) {
            restored += restore(month);
        }
        assertThat(restored).isEqualTo(removed);
        assertThat(dump()).isEqualTo(before);
        assertThat(JournalArchive.removed(database)).isEmpty();
        assertThat(restore(JANUARY)).isZero();
        assertThat(problems()).isEmpty();
    }

    /** It answers and is listed as before, and no late opening brings it back. */
    private static void assertEnded(DecisionState left, DecisionState whole) {
        assertThat(left.phase()).isEqualTo(whole.phase());
        assertThat(left.course()).isEqualTo(whole.course());
        assertThat(left.conclusion()).isEqualTo(whole.conclusion());
        assertThat(left.owed()).isEqualTo(whole.owed());
        assertThat(left.deadline()).isEqualTo(whole.deadline());
        var proposal = whole.course().orElseThrow().proposal();
        var late = new DecisionAgent(proposal.decision(), DecisionPolicy.DEFAULTS)
                .decide(left, new Open(proposal), proposal.at());
        assertThat(late.events()).isEmpty();
    }

    @Test
    void otherToolsReadTheLines() throws IOException, SQLException {
        someMonths(4);
        write(YearMonth.of(2026, 2));
        Map<String, Integer> entities = new TreeMap<>();
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(archives.resolve("journal-2026-01.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                var row = ArchiveFolder.JSON.readTree(line);
                assertThat(row.get("events").get(0).get("@type").asText()).isNotEmpty();
                assertThat(row.get("payload").binaryValue()).isNotEmpty();
                entities.merge(row.get("entity").asText(), 1, Integer::sum);
            }
        }
        assertThat(entities).containsKeys("budget/main", "workload/web", "decision/scaler/web/1");
    }

    @Test
    void namesWhatWasTamperedWithOrIsMissing() throws IOException, SQLException {
        someMonths(5);
        write(YearMonth.of(2026, 4));
        assertThat(problems()).isEmpty();
        Path february = archives.resolve("journal-2026-02.jsonl.gz");
        byte[] whole = Files.readAllBytes(february);

        byte[] flipped = whole.clone();
        flipped[flipped.length / 2] ^= 4;
        Files.write(february, flipped);
        assertThat(problems()).singleElement().asString().contains("journal-2026-02.jsonl.gz", "SHA-256");
        assertThatThrownBy(() -> remove(YearMonth.of(2026, 4)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("SHA-256");

        Files.write(february, Arrays.copyOf(whole, whole.length - 20));
        assertThat(problems()).singleElement().asString().contains("journal-2026-02.jsonl.gz");
        Files.delete(february);
        assertThat(problems()).singleElement().asString().isEqualTo("journal-2026-02.jsonl.gz is missing");
        Files.write(february, whole);

        Path manifest = archives.resolve("journal-2026-02.manifest.json");
        Path march = archives.resolve("journal-2026-03.manifest.json");
        Path aside = folder.resolve("aside");
        Files.move(manifest, aside);
        assertThat(problems())
                .anyMatch(line -> line.startsWith("journal-2026-02.manifest.json is missing"))
                .anyMatch(line -> line.contains("journal-2026-03.manifest.json follows journal-2026-02"));
        Files.copy(march, manifest); // in the place of another
        assertThat(problems()).anyMatch(line -> line.contains("is the manifest of 2026-03"));
        Files.move(aside, manifest, StandardCopyOption.REPLACE_EXISTING);
        assertThat(problems()).isEmpty();

        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replaceFirst("\"rows\" : \\d+", "\"rows\" : 1"));
        assertThat(problems())
                .anyMatch(line -> line.contains("its manifest says 1"))
                .anyMatch(line -> line.contains("follows another journal-2026-02.manifest.json"));
    }

    @Test
    void goesOnWhereItWasInterrupted() throws IOException, SQLException {
        someMonths(6);
        List<String> before = dump();
        Files.writeString(archives.resolve("journal-2026-01.jsonl.gz.tmp"), "half");
        write(MARCH);
        Files.delete(archives.resolve("journal-2026-02.manifest.json")); // as if it had ended just before that
        Files.writeString(archives.resolve("journal-2026-02.jsonl.gz"), "whatever was there");
        write(MARCH);
        assertThat(problems()).isEmpty();

        long removed = remove(MARCH);
        List<String> after = dump();
        for (YearMonth month : List.of(JANUARY, JANUARY.plusMonths(1))) {
            restore(month);
        }
        assertThat(dump()).isEqualTo(before);
        try (var rows = new ArchiveRows(owner())) { // a removal that ended after a few rows
            var removal = new ArchiveRemoval(new JournalReader(database), rows, JANUARY);
            List<ArchiveRow> few = new ArrayList<>();
            rows.setRemoved(List.of(JANUARY));
            rows.forEach(JANUARY, row -> {
                try {
                    if (few.size() < 10 && removal.mayGo(row)) {
                        few.add(row);
                    }
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(rows.delete(few)).isEqualTo(10);
        }
        assertThat(write(MARCH)).isPositive();
        assertThat(remove(MARCH)).isEqualTo(removed - 10);
        assertThat(dump()).isEqualTo(after);
        restore(JANUARY);
        restore(JANUARY.plusMonths(1));
        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void nobodyTakesWhatIsLeftForAll() throws Exception {
        someMonths(7);
        snapshot("budget/main");
        host.pass(Duration.ofDays(2));
        host.demand("web", 500);
        write(MARCH);
        remove(MARCH);
        views();
        ArchivedRows.requireReadable(database);
        assertThat(replayed("budget/main", 1))
                .isInstanceOfSatisfying(ReplayMessagesFailure.class, failure -> assertThat(failure.cause())
                        .isInstanceOf(ArchivedException.class));
        long next = 1
                + new JournalReader(database)
                        .of("budget/main").stream()
                                .mapToLong(JournalEntry::sequence)
                                .max()
                                .orElseThrow();
        assertThat(replayed("budget/main", next)).isEqualTo(new RecoverySuccess(next - 1));
        var reader = new JournalReader(database);
        assertThatThrownBy(() -> reader.forEach("budget/main", 0, Position.END, row -> {}))
                .isInstanceOf(ArchivedException.class)
                .hasMessageContaining("rows 1 to")
                .hasMessageContaining("journal archive restore");
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("DELETE FROM \"view_progress\"");
        }
        assertThatThrownBy(this::rebuild).hasStackTraceContaining("rows of 2026-01, 2026-02 were archived and removed");
        Path other = Files.createDirectory(folder.resolve("other"));
        try (JournalArchive archive = JournalArchive.open(owner(), other)) {
            assertThatThrownBy(() -> archive.months(MARCH, host.now))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining("give the directory that has it");
        }
    }

    private static final class Listener extends AbstractActor {
        private final CompletableFuture<Object> told;

        Listener(CompletableFuture<Object> told) {
            this.told = told;
        }

        @Override
        public Receive createReceive() {
            return receiveBuilder().matchAny(told::complete).build();
        }
    }

    /** What an entity is told first that recovers from its rows from this one on. */
    private Object replayed(String entity, long from) throws Exception {
        ActorSystem system =
                ActorSystem.create("test", ActorSystemSetup.create(new JournalSetup(path, new EventCodec())));
        try (var replay = new RowReplay(database, SerializationExtension.get(system))) {
            var told = new CompletableFuture<Object>();
            var listener = system.actorOf(Props.create(Listener.class, () -> new Listener(told)));
            replay.start(new ReplayMessages(from, Long.MAX_VALUE, Long.MAX_VALUE, entity, listener));
            return told.get(30, TimeUnit.SECONDS);
        } finally {
            system.terminate();
        }
    }

    /** Throws if the views cannot be built. */
    void rebuild() {
        views();
    }

    @Test
    void removesNothingThatTheViewsHaveNotRead() throws IOException, SQLException {
        someMonths(8);
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("DELETE FROM \"view_progress\"");
        }
        List<String> before = dump();
        write(MARCH);
        assertThatThrownBy(() -> remove(MARCH))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("the views have not read 2026-01");
        assertThat(dump()).isEqualTo(before);
    }

    @Test
    void refusesWhatContradicts() throws IOException, SQLException {
        someMonths(9);
        write(MARCH);
        assertThatThrownBy(() -> write(YearMonth.of(2026, 5)))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("2026-04 is not over");
        try (JournalArchive held = archive()) {
            assertThat(held).isNotNull();
            assertThatThrownBy(this::archive).hasMessageContaining("somebody else");
        }
        try (Connection connection = owner().connect();
                var update = connection.prepareStatement("UPDATE \"event_journal\" SET \"writer\" = 'life-2' WHERE"
                        + " \"persistence_id\" = 'budget/main' AND \"sequence_number\" = 2")) {
            update.executeUpdate();
        }
        List<String> other = dump();
        assertThatThrownBy(() -> restore(JANUARY))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("2 of budget/main");
        assertThatThrownBy(() -> write(MARCH)).hasMessageContaining("row 2 of budget/main is another");
        assertThat(dump()).isEqualTo(other);
    }

    /** The snapshot may not be read by a later build: nothing goes that nobody could say any more. */
    @Test
    void keepsWhatNoSnapshotSays() throws IOException, SQLException {
        someMonths(10);
        write(MARCH);
        damageSnapshots();
        remove(MARCH);
        ArchivedRows.requireReadable(database);
        for (String entity : entities()) {
            if (!ArchiveRemoval.isDecision(entity)) {
                assertThat(recovered(entity)).isEqualTo(host.state(entity));
            }
        }
    }

    private void damageSnapshots() throws SQLException {
        try (Connection connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE \"snapshot\" SET \"snapshot_payload\" = "
                    + (database.dialect() == Dialect.H2 ? "X'00'" : "'\\x00'"));
        }
    }

    @Test
    void aBuildThatCannotReadTheSnapshotsNeedsTheArchives() throws IOException, SQLException {
        someMonths(11);
        snapshot("budget/main");
        write(MARCH);
        remove(MARCH);
        damageSnapshots();
        assertThatThrownBy(() -> ArchivedRows.requireReadable(database))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("put the rows of 2026-01, 2026-02 back");
        restore(JANUARY);
        restore(JANUARY.plusMonths(1));
        ArchivedRows.requireReadable(database);
        assertThat(recovered("budget/main")).isEqualTo(host.state("budget/main"));
    }
}
