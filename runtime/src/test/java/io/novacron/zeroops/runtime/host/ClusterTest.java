package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.persistence.journal.JournalReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes in one process, on one journal: how they form a cluster, share entities, and hand them over. */
class ClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder = Path.of(".");

    private final AtomicInteger onDuty = new AtomicInteger();

    private AgentHost counting(AgentHost host) {
        host.duty("counting", () -> {
            onDuty.incrementAndGet();
            return onDuty::decrementAndGet;
        });
        return host;
    }

    @Test
    void entitiesAreReachedFromEveryNodeAndMoveWithTheirState() throws Exception {
        try (var cluster = new TestCluster(folder)) {
            List<Integer> management = List.of(TestCluster.freePort(), TestCluster.freePort(), TestCluster.freePort());
            List<AgentHost> nodes = new ArrayList<>();
            for (int port : management) {
                nodes.add(counting(cluster.start(port, management, "")));
            }
            for (AgentHost node : nodes) {
                node.ready().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            awaitDuty();
            for (AgentHost node : nodes) {
                assertThat(ask(node, Mode.FULL)).isEqualTo(Reply.DONE);
                assertThat(ask(node, Mode.OBSERVE)).isEqualTo(Reply.DONE);
            }
            assertThat(IntStream.range(0, 64).mapToLong(cluster.epochs::get).max())
                    .hasValue(1);
            while (nodes.size() > 1) {
                cluster.stop(nodes.remove(0));
                assertThat(ask(nodes.get(0), nodes.size() == 2 ? Mode.FULL : Mode.OBSERVE))
                        .isEqualTo(Reply.DONE);
                awaitDuty();
            }
            cluster.stop(nodes.remove(0));
            assertThat(onDuty).hasValue(0);
            var rows = new JournalReader(cluster.database()).of("ops/main");
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
