package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.novacron.zeroops.http.node.Node;
import io.novacron.zeroops.http.node.NodeOptions;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.simulations.live.JdbcFleetLedger;
import io.novacron.zeroops.simulations.live.Taken;
import io.novacron.zeroops.simulations.scenario.SimulatedScenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On the journal of a node that has run, as it is and with something planted in it. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JournalVerifyTest {
    /** Of one workload. */
    private static final int EFFECTS = 3;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private static Path lived;

    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();

    /** A node scales its fleet, is looked at while it runs, and stops. */
    @BeforeAll
    static void live() throws InterruptedException, SQLException {
        var options = new NodeOptions("127.0.0.1", 0, lived, 300, Optional.empty(), "test");
        Node node =
                Node.start(options, Settings.DEFAULTS, InstantSource.system()).node();
        try (var database = FolderDatabase.visit(lived)) {
            var ledger = new JdbcFleetLedger(database.dataSource());
            while (ledger.replay().stream().noneMatch(taken -> taken.generation() >= EFFECTS)) {
                Thread.sleep(50);
            }
        } finally {
            node.close();
        }
    }

    private interface Change {
        void of(JournalDatabase database) throws SQLException;
    }

    private Path changed(Change change) throws IOException, SQLException {
        Path copy = Files.createDirectory(directory.resolve("copy"));
        Files.copy(lived.resolve("journal.mv.db"), copy.resolve("journal.mv.db"));
        try (var database = FolderDatabase.own(copy)) {
            change.of(database);
        }
        return copy;
    }

    private int verify(Path data, String... more) {
        var writer = new PrintWriter(out);
        var terminal = new Terminal(writer, writer, false, InstantSource.system());
        var arguments = new ArrayList<>(List.of("journal", "verify", "--data", data.toString()));
        arguments.addAll(List.of(more));
        return new CommandLineInterface(SimulatedScenarios::new, terminal).run(arguments.toArray(String[]::new));
    }

    @Test
    void allIsWellWithANodeThatRan() throws IOException {
        int code = verify(lived, "--json");
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(code).as(out.toString()).isZero();
        assertThat(report.get("violated").asLong()).isZero();
        assertThat(report.get("problems")).isEmpty();
        assertThat(report.get("effects").asLong()).isGreaterThanOrEqualTo(EFFECTS);
        assertThat(report.get("decisions").asLong()).isGreaterThanOrEqualTo(EFFECTS);
        assertThat(report.get("checked").asLong())
                .isGreaterThan(report.get("events").asLong());
    }

    @Test
    void aChangeThatNobodyDecidedOnIsFound() throws IOException, SQLException {
        Path data = changed(database -> {
            var ledger = new JdbcFleetLedger(database.dataSource());
            Taken last = ledger.replay().stream()
                    .max(Comparator.comparingLong(Taken::generation))
                    .orElseThrow();
            ledger.append(new Taken(last.resource(), "planted", last.generation() - 1, 7, last.at()));
        });
        assertThat(verify(data)).isEqualTo(3);
        assertThat(out.toString())
                .contains("planted took effect, but no such change was in flight", " took effect after ");
    }

    @Test
    void aMissingRowIsFound() throws IOException, SQLException {
        Path data = changed(database -> {
            try (var connection = database.connect();
                    var delete = connection.createStatement()) {
                assertThat(delete.executeUpdate("DELETE FROM \"event_journal\" WHERE \"sequence_number\" = 2"
                                + " AND \"persistence_id\" = 'budget/main'"))
                        .isEqualTo(1);
            }
        });
        assertThat(verify(data)).isEqualTo(3);
        assertThat(out.toString()).contains("budget/main has row 3 where row 2 belongs");
    }
}
