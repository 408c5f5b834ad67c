package io.novacron.zeroops.simulations.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.ResourceEvent.DriftObserved;
import io.novacron.zeroops.simulations.evaluation.JournalSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedJournalTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private static Event event(int instances) {
        return new DriftObserved(AT, Condition.RUNNING, instances);
    }

    private static SimulatedJournal journal() {
        return new SimulatedJournal("run", JournalSink.NONE);
    }

    private static String digest(String entity, Event... events) {
        var journal = journal();
        for (int i = 0; i < events.length; i++) {
            journal.append(entity, i, List.of(events[i]), false, AT);
        }
        return journal.sha256OfAll();
    }

    @Test
    void theSecondOfTwoWritersIsRefusedAndNothingOfItIsKept() {
        var journal = journal();
        assertThat(journal.append("vm/a", 0, List.of(event(1)), false, AT)).isTrue();
        String before = journal.sha256OfAll();
        assertThat(journal.append("vm/a", 0, List.of(event(2), event(3)), true, AT))
                .isFalse();
        assertThat(journal.events("vm/a")).containsExactly(event(1));
        assertThat(journal.owing()).isEmpty();
        assertThat(journal.size()).isEqualTo(1);
        assertThat(journal.sha256OfAll()).isEqualTo(before);
        assertThat(journal.append("vm/a", 1, List.of(event(2), event(3)), true, AT))
                .isTrue();
        assertThat(journal.events("vm/a")).containsExactly(event(1), event(2), event(3));
    }

    @Test
    void entitiesAreNumberedEachByItself() {
        var journal = journal();
        assertThat(journal.append("vm/a", 0, List.of(event(1)), false, AT)).isTrue();
        assertThat(journal.append("vm/b", 0, List.of(event(1)), false, AT)).isTrue();
        assertThat(journal.append("vm/c", 1, List.of(event(1)), false, AT)).isFalse();
        assertThat(journal.events("vm/c")).isEmpty();
    }

    @Test
    void theDigestDependsOnEachPart() {
        assertThat(Set.of(
                        journal().sha256OfAll(),
                        digest("vm/a", event(1)),
                        digest("vm/b", event(1)),
                        digest("vm/a", event(2)),
                        digest("vm/a", event(1), event(2)),
                        digest("vm/a", event(2), event(1))))
                .hasSize(6);
        assertThat(digest("vm/a", event(1), event(2))).isEqualTo(digest("vm/a", event(1), event(2)));
    }

    @Test
    void theIndexHoldsWhoOwesInOrder() {
        var journal = journal();
        journal.append("vm/b", 0, List.of(event(1)), true, AT);
        journal.append("vm/a", 0, List.of(event(1)), true, AT);
        assertThat(journal.owing()).containsExactly("vm/a", "vm/b");
        journal.append("vm/a", 1, List.of(event(2)), false, AT);
        assertThat(journal.owing()).containsExactly("vm/b");
    }

    @Test
    void theSinkGetsEachEventWithItsNumber() {
        List<String> lines = new ArrayList<>();
        var journal = new SimulatedJournal(
                "run", (run, at, entity, sequence, event) -> lines.add(run + " " + entity + " " + sequence));
        journal.append("vm/a", 0, List.of(event(1), event(2)), false, AT);
        journal.append("vm/a", 0, List.of(event(3)), false, AT);
        assertThat(lines).containsExactly("run vm/a 1", "run vm/a 2");
    }
}
