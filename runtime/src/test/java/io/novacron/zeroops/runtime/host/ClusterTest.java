package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.runtime.cluster.ClusterConfig;
import io.novacron.zeroops.runtime.cluster.Founding;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.cluster.ShardFence;
import io.novacron.zeroops.runtime.notify.LogNotifier;
import io.novacron.zeroops.runtime.settings.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes in one process, on one journal: how they form a cluster, share entities, and hand them over. */
class ClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of(".");

    private final AtomicLongArray epochs = new AtomicLongArray(64);
    private final AtomicInteger onDuty = new AtomicInteger();

    private final AtomicInteger founders = new AtomicInteger();
    private final Founding founding = new Founding(() -> founders.getAndIncrement() == 0);

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private AgentHost node(JournalDatabase database, WritePath journal, Config config) {
        var fence = new ShardFence(shard -> epochs.incrementAndGet(shard));
        var membership = new Membership(config, Optional.of(fence), Optional.of(founding), new EventCodec());
        var host = AgentHost.start(new AgentHost.Parts(
                database,
                journal,
                TestNode.CATALOGUE::agent,
                new TestNode.EmptyFleet(),
                new LogNotifier(),
                Outside.NOBODY,
                HostClock.of(InstantSource.system()),
                "test",
                Gate.WRITES_MAX,
                AgentHost.IDLE_AFTER,
                membership));
        host.duty("counting", () -> {
            onDuty.incrementAndGet();
            return onDuty::decrementAndGet;
        });
        return host;
    }

    static Config config(int port, int management, List<Integer> all) throws Exception {
        String contacts = String.join(
                ", ", all.stream().map(one -> "'127.0.0.1:" + one + "'").toList());
        Settings settings = Settings.ofCanonical(
                """
                database: {kind: postgresql}
                provider: {kind: http}
                cluster: {discovery: static, port: %d, management_port: %d, contact_points: [%s]}
                """
                        .formatted(port, management, contacts));
        return ClusterConfig.of(settings.cluster());
    }

    @Test
    void entitiesAreReachedFromEveryNodeAndMoveWithTheirState() throws Exception {
        try (var database = FolderDatabase.own(folder, 0);
                var journal = WritePath.start(database)) {
            List<Integer> management = List.of(freePort(), freePort(), freePort());
            List<AgentHost> nodes = new ArrayList<>();
            for (int port : management) {
                nodes.add(node(database, journal, config(freePort(), port, management)));
            }
            for (AgentHost node : nodes) {
                node.ready().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            awaitDuty();
            for (AgentHost node : nodes) {
                assertThat(ask(node, Mode.FULL)).isEqualTo(Reply.DONE);
                assertThat(ask(node, Mode.OBSERVE)).isEqualTo(Reply.DONE);
            }
            assertThat(IntStream.range(0, 64).mapToLong(epochs::get).max()).hasValue(1);
            while (nodes.size() > 1) {
                nodes.remove(0).close();
                assertThat(ask(nodes.get(0), nodes.size() == 2 ? Mode.FULL : Mode.OBSERVE))
                        .isEqualTo(Reply.DONE);
                awaitDuty();
            }
            nodes.remove(0).close();
            assertThat(onDuty).hasValue(0);
            var rows = new JournalReader(database).of("ops/main");
            assertThat(rows).extracting(row -> row.sequence()).isSorted().doesNotHaveDuplicates();
        }
    }

    private void awaitDuty() throws InterruptedException {
        for (Instant end = Instant.now().plus(PATIENCE);
                onDuty.get() != 1 && Instant.now().isBefore(end); ) {
            Thread.sleep(20);
        }
        assertThat(onDuty).hasValue(1);
    }

    private static Reply ask(AgentHost node, Mode mode) throws Exception {
        return node.ask("ops/main", new SetMode("somebody", mode))
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
