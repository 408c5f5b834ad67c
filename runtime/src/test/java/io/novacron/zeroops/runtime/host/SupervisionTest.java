package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.ops.OpsCommand;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.ops.OpsEvent;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.agents.safety.SafetyCommand.ApplyMode;
import io.novacron.zeroops.persistence.journal.JournalReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that throws is a bug: it is restarted ever more slowly, nobody else notices, and what it owed is done. */
class SupervisionTest {
    private static final int FAILURES = 4;

    private final List<Instant> failures = Collections.synchronizedList(new ArrayList<>());

    private TestNode node(Path folder, String address, Consumer<Command> beforeDeciding) throws Exception {
        return TestNode.start(
                folder,
                asked -> TestNode.CATALOGUE
                        .agent(asked)
                        .map(agent -> asked.equals(address) ? new Tampered<>(agent, beforeDeciding) : agent),
                Gate.WRITES_MAX);
    }

    private void fail() {
        if (failures.size() < FAILURES) {
            failures.add(Instant.now());
            throw new IllegalStateException("planted");
        }
    }

    @Test
    void whoeverIsAskedByAnotherFailsAndIsAskedAgain(@TempDir Path folder) throws Exception {
        try (var node = node(folder, "governor/main", command -> {
            if (command instanceof ApplyMode) {
                fail();
            }
        })) {
            assertThat(node.ask("ops/main", new SetMode("p1", Mode.FULL))).isEqualTo(Reply.DONE);
            for (int vm = 0; failures.size() < FAILURES; vm++) { // siblings go on meanwhile
                assertThat(node.ask("vm/vm-" + vm % 10, drift(vm))).isEqualTo(Reply.DONE);
                Thread.sleep(10);
            }
            node.awaitEvent("governor/main", event -> true);
            node.awaitEvent("ops/main", event -> event instanceof OpsEvent.ModeAcknowledged);
            assertThat(gaps()).isSortedAccordingTo(Long::compare);
        }
    }

    @Test
    void whoeverFailsOverItsOwnAcknowledgementDoesItsWorkInTheNextLife(@TempDir Path folder) throws Exception {
        try (var node = node(folder, "ops/main", command -> {
            if (command instanceof OpsCommand.Settle) {
                fail();
            }
        })) {
            assertThat(node.ask("ops/main", new SetMode("p1", Mode.FULL))).isEqualTo(Reply.DONE);
            node.awaitEvent("ops/main", event -> event instanceof OpsEvent.ModeAcknowledged);
            assertThat(failures).hasSize(FAILURES);
            assertThat(new JournalReader(node.database()).of("governor/main")).hasSize(1);
        }
    }

    /** With room for one write: it must be given back, too. */
    @Test
    void whoseWriteIsRefusedSinceAnotherNodeWroteRecoversAndDecides(@TempDir Path folder) throws Exception {
        try (var node = TestNode.start(folder, TestNode.CATALOGUE::agent, 1)) {
            assertThat(node.ask("vm/vm-1", drift(1))).isEqualTo(Reply.DONE);
            String columns =
                    "\"write_timestamp\", \"adapter_manifest\", \"event_payload\", \"event_ser_id\", \"event_ser_manifest\"";
            try (var connection = node.database().connect();
                    var statement = connection.createStatement()) {
                statement.executeUpdate(
                        "INSERT INTO \"event_journal\" (\"ordering\", \"persistence_id\", \"sequence_number\", \"writer\", "
                                + columns + ") SELECT -1, \"persistence_id\", 2, 'another', " + columns
                                + " FROM \"event_journal\" WHERE \"persistence_id\" = 'vm/vm-1'");
            }
            var refused = node.host().ask("vm/vm-1", drift(11)).toCompletableFuture(); // nobody answers it
            assertThat(node.ask("vm/vm-1", drift(21))).isEqualTo(Reply.DONE);
            assertThat(new JournalReader(node.database()).of("vm/vm-1"))
                    .extracting(row -> row.sequence())
                    .startsWith(1L, 2L, 3L);
            refused.cancel(false);
        }
    }

    private static Command drift(int round) {
        return new Reconcile(new Observed("vm/vm-" + round % 10, 0, Condition.RUNNING, round, 0));
    }

    /** Between one failure and the next, in tenths of a second: rounded, since the back-off is spread at random. */
    private List<Long> gaps() {
        List<Long> gaps = new ArrayList<>();
        for (int i = 2; i < failures.size(); i++) {
            gaps.add(java.time.Duration.between(failures.get(i - 1), failures.get(i))
                            .toMillis()
                    / 100);
        }
        return gaps;
    }
}
