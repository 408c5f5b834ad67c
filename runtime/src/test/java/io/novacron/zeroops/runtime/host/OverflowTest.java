package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.persistence.journal.JournalReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A flood of writes is refused at the gate, and stops no actor. */
class OverflowTest {
    private static final int ENTITIES = 1_000;
    private static final int BUFFER = 16;

    /** Akka's stock way of writing, which drops what overflows its buffer and stops the actors that wrote it. */
    private static final Config STOCK = ConfigFactory.parseString(
            "akka.persistence.journal.plugin = jdbc-journal, jdbc-journal { use-shared-db = slick, bufferSize = "
                    + BUFFER + ", batchSize = " + BUFFER + ", parallelism = 1,"
                    + " circuit-breaker { max-failures = 1000000, call-timeout = 0s, reset-timeout = 1s } }");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(log);
    }

    @Test
    void aFloodIsRefusedAndComesAgain(@TempDir Path folder) throws Exception {
        flood(folder, ConfigFactory.empty(), BUFFER);
        assertThat(failures()).isEmpty();
    }

    @Test
    void theStockBufferCannotStopActorsBehindTheGate(@TempDir Path folder) throws Exception {
        flood(folder, STOCK, BUFFER);
        assertThat(failures()).isEmpty();
    }

    /** Shows that the test above would see it. */
    @Test
    void withoutTheGateTheStockBufferStopsActors(@TempDir Path folder) throws Exception {
        try (var node = TestNode.start(folder, TestNode.CATALOGUE::agent, ENTITIES, STOCK)) {
            var replies = IntStream.range(0, ENTITIES)
                    .mapToObj(vm -> node.host().ask(address(vm), drift(vm, 1)))
                    .toList();
            assertThat(replies)
                    .anySatisfy(reply -> assertThat(reply.toCompletableFuture()).failsWithin(TestNode.PATIENCE));
        }
        assertThat(failures()).isNotEmpty();
    }

    /** All at once; and whoever is refused asks again, until all are done. */
    private void flood(Path folder, Config overrides, int writesMax) throws Exception {
        try (var node = TestNode.start(folder, TestNode.CATALOGUE::agent, writesMax, overrides)) {
            int refused = 0;
            List<Integer> left = IntStream.range(0, ENTITIES).boxed().toList();
            while (!left.isEmpty()) {
                List<CompletionStage<Reply>> replies = left.stream()
                        .map(vm -> node.host().ask(address(vm), drift(vm, 1)))
                        .toList();
                List<Integer> again = new java.util.ArrayList<>();
                for (int i = 0; i < replies.size(); i++) {
                    Reply reply = TestNode.get(replies.get(i));
                    if (!reply.accepted()) {
                        assertThat(reply).isEqualTo(Reply.notNow("overloaded"));
                        again.add(left.get(i));
                    }
                }
                refused += again.size();
                left = again;
            }
            assertThat(refused).isPositive();
            var reader = new JournalReader(node.database());
            for (int vm = 0; vm < ENTITIES; vm++) {
                assertThat(reader.of(address(vm))).hasSize(1);
            }
            assertThat(node.host().writes()).isZero();
        }
    }

    private List<ILoggingEvent> failures() {
        return log.list.stream()
                .filter(e -> e.getLevel().isGreaterOrEqual(Level.WARN))
                .toList();
    }

    private static String address(int vm) {
        return "vm/vm-" + vm;
    }

    private static Command drift(int vm, int instances) {
        return new Reconcile(new Observed(address(vm), 0, Condition.RUNNING, instances, 0));
    }
}
