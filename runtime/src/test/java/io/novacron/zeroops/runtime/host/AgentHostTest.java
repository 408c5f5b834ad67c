package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import java.nio.file.Path;
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
        }
        try (var database = JournalDatabase.visit(folder)) {
            assertThat(JournalReader.ofAll(database).of("ops/main"))
                    .extracting(JournalEntry::sequence)
                    .startsWith(1L);
            assertThat(JournalReader.ofAll(database).of("governor/main")).isNotEmpty();
        }
    }
}
