package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializationExtension;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.ops.OpsEvent.ModeSet;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.Evolution;
import io.novacron.zeroops.persistence.journal.ExclusiveRight;
import io.novacron.zeroops.persistence.journal.JournalDatabase.Exclusive;
import io.novacron.zeroops.persistence.journal.JournalFormat;
import io.novacron.zeroops.persistence.journal.PostgresDatabase;
import io.novacron.zeroops.persistence.journal.ShardEpochs;
import io.novacron.zeroops.persistence.journal.UnusableDatabaseException;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.server.PrivateServer;
import io.novacron.zeroops.runtime.cluster.ClusterConfig;
import io.novacron.zeroops.runtime.cluster.Formats;
import io.novacron.zeroops.runtime.cluster.Founding;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.cluster.ShardFence;
import io.novacron.zeroops.runtime.signal.Shards;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A rolling upgrade to a release in which a command and an event have another shape. Nodes of both releases are one cluster on one
 * PostgreSQL. The release before is one that never was: what today is {@code /1} it writes as {@code /0}.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MixedFormatsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OPS = "ops/main";
    private static final int SECOND = 2;
    private static final int TRIES_MAX = 5;
    private static final List<Evolution> NEWER = Stream.of("ops.SetMode", "ops.ModeSet")
            .map(MixedFormatsTest::renamed)
            .toList();

    private static Evolution renamed(String type) {
        return new Evolution(
                type + "/0",
                type + "/1",
                SECOND,
                old -> old.set("person", old.remove("who")),
                now -> now.set("who", now.remove("person")));
    }

    private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>(); // the last made first
    private final List<Integer> management = new ArrayList<>();
    private final List<Mode> modes = new ArrayList<>(); // as they were set

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
    }

    private <T extends AutoCloseable> T made(T part) {
        parts.push(part);
        return part;
    }

    /** @param name by which the database knows it as the owner of shards */
    private record Member(String name, AgentHost host, WritePath journal, JournalFormat format) {}

    private Member start(PrivateServer.Roles roles, String name, boolean isNewer, String role) throws Exception {
        PostgresDatabase database = made(PostgresDatabase.connect(roles.options()));
        JournalFormat format = made(JournalFormat.follow(database, isNewer ? NEWER : List.of()));
        var epochs = new ShardEpochs(database);
        var fence = new ShardFence(shard -> epochs.take(shard, name));
        var founding = new Founding(made(new ExclusiveRight(database, Exclusive.FOUNDING))::take);
        int port = TestCluster.freePort();
        management.add(0, port);
        var settings = TestCluster.settings(
                port, List.copyOf(management.subList(0, Math.min(2, management.size()))), "roles: [" + role + "]");
        WritePath journal = made(WritePath.start(database, fence));
        Membership membership = isNewer
                ? Membership.of(settings, fence, founding, format)
                : new Membership(
                        ClusterConfig.of(settings, format.newest()),
                        Optional.of(fence),
                        Optional.of(founding),
                        new EventCodec(NEWER, () -> JournalFormat.FIRST));
        AgentHost host = made(TestCluster.host(database, journal, membership));
        host.ready().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        host.duty("format", () -> Formats.raise(host.system(), format)); // as a node does
        return new Member(name, host, journal, format);
    }

    private void leave(Member member) {
        member.host().close();
        parts.remove(member.host());
    }

    /** Whoever is asked, the entity's own state says that nothing is to be done if it has the mode already. */
    private void set(Mode mode, Member... asked) throws Exception {
        if (modes.isEmpty() || modes.get(modes.size() - 1) != mode) {
            modes.add(mode);
        }
        for (Member member : asked) {
            assertThat(ask(member.host(), mode)).isEqualTo(Reply.DONE);
        }
    }

    /** Asked again where it met a shard on its way to another node, as whoever sends is to. */
    private static Reply ask(AgentHost host, Mode mode) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return host.ask(OPS, new SetMode("ann", mode))
                        .toCompletableFuture()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (tries == TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    private static String message(Member from) throws Exception {
        var system = from.host().system();
        var request = new Message.Request(new SetMode("ann", Mode.FULL), system.ignoreRef(), "key");
        return text(SerializationExtension.get(Adapter.toClassic(system))
                .serialize(request)
                .get());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String owner(PostgresDatabase database) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT \"node\" FROM \"shard_epoch\" WHERE \"shard\" = " + Shards.of(OPS))) {
            row.next();
            return row.getString(1);
        }
    }

    /** Payloads of the rows that set a mode, in their order. */
    private static List<byte[]> rows(PostgresDatabase database) throws Exception {
        List<byte[]> rows = new ArrayList<>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT event_payload FROM event_journal WHERE persistence_id = '" + OPS
                                + "' ORDER BY sequence_number")) {
            while (row.next()) {
                if (text(row.getBytes(1)).contains("ops.ModeSet")) {
                    rows.add(row.getBytes(1));
                }
            }
        }
        return rows;
    }

    @Test
    void entitiesMoveBothWaysAndTheFormatRisesOnceTheLastOldNodeHasLeft() throws Exception {
        assumeTrue(PrivateServer.installation().isPresent(), "skipped: " + PrivateServer.MISSING);
        PrivateServer server = made(PrivateServer.start());
        PrivateServer.Roles roles = server.createDatabase("mixed").migrate();
        PostgresDatabase database = made(PostgresDatabase.connect(roles.options()));

        Member old = start(roles, "old-1", false, "agents");
        set(Mode.FULL, old);
        assertThat(owner(database)).isEqualTo("old-1");
        Member bystander = start(roles, "old-without-agents", false, "api"); // so that an old one is always there
        Member newer = start(roles, "new-1", true, "agents");
        set(Mode.OBSERVE, newer, old, bystander); // whoever has the entity by now, some ask from elsewhere

        leave(old);
        set(Mode.OBSERVE, bystander, newer);
        assertThat(owner(database)).isEqualTo("new-1");
        set(Mode.FULL, bystander, newer); // from the older to the newer

        Member again = start(roles, "old-2", false, "agents");
        leave(newer);
        set(Mode.FULL, bystander, again);
        assertThat(owner(database)).isEqualTo("old-2");
        set(Mode.LOW_RISK, again);

        Member last = start(roles, "new-2", true, "agents");
        leave(again);
        set(Mode.LOW_RISK, bystander, last);
        assertThat(owner(database)).isEqualTo("new-2");
        set(Mode.OBSERVE, bystander);
        assertThat(message(last)).contains("ops.SetMode/0").doesNotContain("person");
        assertThat(last.format().current()).isEqualTo(JournalFormat.FIRST);
        List<byte[]> before = rows(database);
        assertThat(before).hasSize(modes.size()).allSatisfy(row -> assertThat(text(row))
                .contains("ops.ModeSet/0")
                .doesNotContain("person"));

        leave(bystander);
        for (Instant end = Instant.now().plus(PATIENCE);
                last.format().current() < SECOND && Instant.now().isBefore(end); ) {
            Thread.sleep(50);
        }
        assertThat(last.format().current()).isEqualTo(SECOND);
        set(Mode.FULL, last);
        assertThat(message(last)).contains("ops.SetMode/1").contains("person");
        Member successor = start(roles, "new-3", true, "agents");
        leave(last);
        set(Mode.FULL, successor);
        assertThat(owner(database)).isEqualTo("new-3");

        List<byte[]> after = rows(database);
        assertThat(after).hasSize(before.size() + 1);
        assertThat(text(after.get(before.size()))).contains("ops.ModeSet/1");
        var codec = new EventCodec(NEWER, () -> SECOND);
        assertThat(after.stream()
                        .flatMap(row -> codec.eventsFromCbor(row).stream())
                        .filter(ModeSet.class::isInstance)
                        .map(event -> ((ModeSet) event).mode()))
                .isEqualTo(modes);
        assertThatThrownBy(() -> JournalFormat.follow(database, List.of()))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("format 2");
    }
}
