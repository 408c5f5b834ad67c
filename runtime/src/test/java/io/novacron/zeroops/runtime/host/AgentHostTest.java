package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.OwingIndex;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentHostTest {
    @Test
    void whatIsAcknowledgedIsInTheJournalAndIsStillKnownAfterARestart(@TempDir Path folder) throws Exception {
        try (var node = TestNode.start(folder)) {
            assertThat(node.ask("ops/main", new SetMode("p1", Mode.FULL))).isEqualTo(Reply.DONE);
        }
        try (var node = TestNode.start(folder)) {
            assertThat(node.ask("ops/main", new SetMode("p1", Mode.FULL))).isEqualTo(Reply.DONE);
            node.awaitEvent("governor/main", event -> true); // what the first life owed, or the second
        }
        try (var database = FolderDatabase.visit(folder)) {
            assertThat(new JournalReader(database).of("ops/main"))
                    .extracting(JournalEntry::sequence)
                    .startsWith(1L);
            assertThat(new JournalReader(database).of("governor/main")).isNotEmpty();
        }
    }

    /** A workload that left the settings in the midst of a decision: the others do not wait for it. */
    @Test
    void whoeverOwesButIsKnownNoMoreKeepsNobodyWaiting(@TempDir Path folder) throws Exception {
        try (var database = FolderDatabase.own(folder);
                var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO \"owing\" VALUES ('scaler/gone')");
        }
        try (var node = TestNode.start(folder)) { // returns once it is ready
            assertThat(node.ask("ops/main", new SetMode("p1", Mode.FULL))).isEqualTo(Reply.DONE);
            assertThat(new OwingIndex(node.database()).after("")).contains("scaler/gone");
        }
    }

    /** More than its inbox takes, and most of it while it writes: some is refused, the rest shares rows, all is answered. */
    @Test
    void oneEntityWithstandsAFlood(@TempDir Path folder) throws Exception {
        int commands = 2 * Inbox.WAITING_MAX;
        try (var node = TestNode.start(folder)) {
            var replies = IntStream.range(0, commands)
                    .mapToObj(i -> node.host()
                            .ask("vm/vm-1", new Reconcile(new Observed("vm/vm-1", 0, Condition.RUNNING, i + 1, 0))))
                    .toList();
            int accepted = 0;
            for (var reply : replies) {
                Reply answer = TestNode.get(reply);
                accepted += answer.accepted() ? 1 : 0;
                assertThat(answer).isIn(Reply.DONE, Reply.notNow("overloaded"));
            }
            List<JournalEntry> rows = new JournalReader(node.database()).of("vm/vm-1");
            assertThat(rows.stream().mapToInt(row -> row.events().size()).sum())
                    .isEqualTo(accepted)
                    .isGreaterThanOrEqualTo(Inbox.WAITING_MAX);
            assertThat(rows).hasSizeLessThan(accepted / 10);
        }
    }

    /** Who is asked while it leaves memory is asked again in its next life. */
    @Test
    void nothingIsLostWhileEntitiesComeAndGo(@TempDir Path folder) throws Exception {
        try (var node = TestNode.start(folder, Duration.ofMillis(5))) {
            for (int round = 1; round <= 200; round++) {
                String address = "vm/vm-" + round % 3;
                assertThat(node.ask(address, new Reconcile(new Observed(address, 0, Condition.RUNNING, round, 0))))
                        .isEqualTo(Reply.DONE);
                Thread.sleep(round % 10);
            }
            int events = 0;
            for (int vm = 0; vm < 3; vm++) {
                List<JournalEntry> rows = new JournalReader(node.database()).of("vm/vm-" + vm);
                events += rows.size();
                assertThat(rows)
                        .extracting(JournalEntry::sequence)
                        .doesNotHaveDuplicates()
                        .isSorted();
            }
            assertThat(events).isEqualTo(200);
        }
    }

    @Test
    void whoOwesNothingLeavesSoonWhileManyAreInMemory(@TempDir Path folder) throws Exception {
        try (var node = TestNode.start(folder)) {
            int all = Residents.MANY + 1_000;
            for (int first = 0; first < all; first += 500) {
                var replies = IntStream.range(first, first + 500)
                        .mapToObj(vm -> "vm/vm-" + vm)
                        .map(vm -> node.host().ask(vm, new Reconcile(new Observed(vm, 0, Condition.RUNNING, 1, 0))))
                        .toList();
                for (var reply : replies) {
                    assertThat(TestNode.get(reply)).isEqualTo(Reply.DONE);
                }
            }
            Instant end = Instant.now().plus(TestNode.PATIENCE); // less than they would stay by themselves
            while (node.host().entities() > Residents.MANY) {
                assertThat(Instant.now()).isBefore(end);
                Thread.sleep(50);
            }
        }
    }
}
