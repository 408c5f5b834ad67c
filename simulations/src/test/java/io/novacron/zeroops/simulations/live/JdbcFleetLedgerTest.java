package io.novacron.zeroops.simulations.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ledgers keep the same promises. */
class JdbcFleetLedgerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path directory;

    @AfterEach
    void crash() {
        LiveFixture.crash(directory);
    }

    private FleetLedger ledger(String kind) {
        return kind.equals("jdbc") ? new JdbcFleetLedger(LiveFixture.database(directory)) : new MemoryFleetLedger();
    }

    private static Taken taken(String resource, String key, long generation, int instances) {
        return new Taken(resource, key, generation, instances, Instant.ofEpochMilli(1_000 + instances));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "memory"})
    void aKeyIsRefusedTheSecondTimeWhateverItSays(String kind) {
        FleetLedger ledger = ledger(kind);
        ledger.append(taken("workload/a", "key", 1, 1));
        assertThatThrownBy(() -> ledger.append(taken("workload/b", "key", 2, 2)))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("key");
        assertThat(ledger.replay()).containsExactly(taken("workload/a", "key", 1, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "memory"})
    void itReplaysTheHighestGenerationAndTheLastChangeOfEach(String kind) {
        FleetLedger ledger = ledger(kind);
        List<Taken> all = Stream.of(
                        taken("workload/a", "a1", 1, 1),
                        taken("workload/b", "b7", 7, 2),
                        taken("workload/a", "a2", 2, 3),
                        taken("workload/a", "a2x", 2, 4),
                        taken("workload/a", "lost/1", 0, 5),
                        taken("workload/a", "lost/2", 0, 6))
                .peek(ledger::append)
                .toList();
        assertThat(ledger.replay()).containsExactly(all.get(1), all.get(2), all.get(3), all.get(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "memory"})
    void theLastValueOfANameCounts(String kind) {
        FleetLedger ledger = ledger(kind);
        ledger.note("a", "1");
        ledger.note("b", "2");
        ledger.note("a", "3");
        assertThat(ledger.notes()).isEqualTo(Map.of("a", "3", "b", "2"));
    }
}
