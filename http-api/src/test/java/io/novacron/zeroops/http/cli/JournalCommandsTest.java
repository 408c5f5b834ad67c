package io.novacron.zeroops.http.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Proposal.Alternative;
import io.novacron.zeroops.agents.decision.Proposal.Fact;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.safety.SafetyGovernor;
import io.novacron.zeroops.agents.scaling.ScalerAgent;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalRow;
import io.novacron.zeroops.persistence.journal.Owing;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.journal.WrittenSerializer;
import io.novacron.zeroops.persistence.view.JournalViews;
import io.novacron.zeroops.runtime.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JournalCommandsTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory = Path.of("");

    private final EventCodec codec = new EventCodec();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, State> states = new TreeMap<>();
    private final Map<String, Long> sequences = new TreeMap<>();
    private Instant now = T0;

    /** Three decisions: two that the governor's mode rejects, one that stricter settings left to people. */
    @BeforeEach
    void journal() {
        try (var database = FolderDatabase.own(data());
                var path = WritePath.start(database)) {
            database.keepSettings(Settings.DEFAULTS.sha256(), Settings.DEFAULTS.canonical(), T0);
            decide(path, "cart", 1, Settings.DEFAULTS.decisionPolicy());
            now = T0.plusSeconds(3600);
            decide(path, "api", 1, Settings.DEFAULTS.decisionPolicy());
            now = T0.plusSeconds(7200);
            decide(path, "cart", 2, Settings.DEFAULTS.decisionPolicy().requiringApprovalAbove(Money.ZERO));
        }
        now = T0.plusSeconds(10_000);
    }

    private void decide(WritePath path, String workload, int number, DecisionPolicy policy) {
        String id = "scaler/" + workload + "/" + number;
        var action = Action.of(ActionClass.SCALE_OUT, "workload/" + workload, "shop", "eu", 10, 20, Money.dollars(0.1));
        var proposal = new Proposal(
                id,
                "scaler/" + workload,
                action,
                11,
                Priority.P1,
                List.of(new Alternative(10, "do nothing")),
                "less waiting",
                0.9,
                "load_above_capacity",
                List.of(new Fact("load", "412.5")),
                now,
                now.plusSeconds(600),
                now.plusSeconds(3600));
        decide(path, proposal, policy);
    }

    private void decide(WritePath path, Proposal proposal, DecisionPolicy policy) {
        String id = proposal.decision();
        var decision = new DecisionAgent(id, policy);
        tell(path, DecisionAgent.address(id), decision, new Open(proposal));
        for (Effect effect : List.copyOf(decision.pending(state(DecisionAgent.address(id), decision)))) {
            if (effect instanceof Effect.Send send && send.to().equals(SafetyGovernor.ADDRESS)) {
                var governor = new SafetyGovernor(SafetyConstraints.DEFAULTS);
                Reply reply = tell(path, SafetyGovernor.ADDRESS, governor, send.command());
                tell(path, DecisionAgent.address(id), decision, decision.settle(send.id(), reply.asOutcome()));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private <S extends State> S state(String address, Agent<?, ?, S> agent) {
        return (S) states.computeIfAbsent(address, a -> agent.initial());
    }

    private <C extends Command, E extends Event, S extends State> Reply tell(
            WritePath path, String address, Agent<C, E, S> agent, C command) {
        now = now.plusMillis(1);
        var taken = Turn.take(agent, state(address, agent), command, now);
        states.put(address, taken.after());
        if (!taken.result().events().isEmpty()) {
            path.write(List.of(new JournalRow(
                            address,
                            sequences.merge(address, 1L, Long::sum),
                            "life-1",
                            now.toEpochMilli(),
                            WrittenSerializer.IDENTIFIER,
                            Settings.DEFAULTS.sha256(),
                            codec.eventsToCbor(taken.result().events()),
                            taken.result().events(),
                            Owing.UNCHANGED)))
                    .toCompletableFuture()
                    .join();
        }
        return taken.result().reply();
    }

    /** A decision of the one workload that the default settings know, from its demand on. */
    private void scaled() {
        try (var database = FolderDatabase.own(data());
                var path = WritePath.start(database)) {
            var scaler = new ScalerAgent(Settings.DEFAULTS.scalerPolicies().get(0));
            double load = scaler.policy().safeLoad() * 12.34;
            var demand = new ReportDemand(now, load, load, load, load, 10, "ensemble/1", 0.04);
            tell(path, scaler.policy().address(), scaler, demand);
            var proposed = state(scaler.policy().address(), scaler).out().orElseThrow();
            decide(path, proposed.proposal(), Settings.DEFAULTS.decisionPolicy());
        }
    }

    private Path data() {
        return directory.resolve("node");
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, () -> now);
        return new CommandLineInterface(FakeScenarios::new, terminal).run(args);
    }

    private List<JsonNode> listed(String... criteria) throws IOException {
        List<String> args = new ArrayList<>(List.of("journal", "list", "--json", "--data", data().toString()));
        args.addAll(List.of(criteria));
        assertThat(run(args.toArray(String[]::new))).as(err.toString()).isZero();
        List<JsonNode> found = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            found.add(JSON.readTree(line));
        }
        return found;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--limit 10 | scaler/cart/2 scaler/api/1 scaler/cart/1",
                "--limit 1 | scaler/cart/2",
                "--resource workload/api | scaler/api/1",
                "--agent scaler/cart | scaler/cart/2 scaler/cart/1",
                "--verdict rejected | scaler/api/1 scaler/cart/1",
                "--since 2026-01-05T12:30:00Z | scaler/cart/2 scaler/api/1",
                "--since 1h | scaler/cart/2",
                "--until 2026-01-05T12:30:00Z | scaler/cart/1",
                "--cause load_above_capacity --limit 2 | scaler/cart/2 scaler/api/1"
            })
    void listsWhatMatchesTheNewestFirst(String criteria, String expected) throws IOException {
        assertThat(listed(criteria.split(" ")))
                .extracting(json -> json.path("decision").textValue())
                .containsExactly(expected.split(" "));
    }

    @Test
    void listIsATableForPeople() {
        assertThat(run("journal", "list", "--data", data().toString())).isZero();
        assertThat(out.toString().lines()).hasSize(4).first().asString().startsWith("OPENED");
        assertThat(out.toString())
                .contains("scaler/cart/1", "SCALE_OUT 10 to 20", "REJECTED", "mode_observe", "(APPROVING)");
        assertThat(run("journal", "list", "--cause", "none", "--data", data().toString()))
                .isZero();
        assertThat(out.toString()).isEqualTo("no decision matches\n");
    }

    @Test
    void showTellsAllAboutOne() throws IOException {
        assertThat(run("journal", "show", "scaler/cart/1", "--data", data().toString()))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "SCALE_OUT 10 to 20 of workload/cart",
                        "load_above_capacity",
                        "do nothing",
                        "412.5",
                        "GOVERNOR  rejects: mode_observe (the mode is OBSERVE)",
                        "REJECTED",
                        "decision.Opened/1",
                        "decision.Concluded/1",
                        Settings.DEFAULTS.sha256());
        assertThat(run("journal", "show", "scaler/cart/1", "--json", "--data", data().toString()))
                .isZero();
        JsonNode json = JSON.readTree(out.toString());
        assertThat(json.path("constraint").textValue()).isEqualTo("mode_observe");
        assertThat(json.path("events"))
                .extracting(event -> event.path("type").textValue())
                .containsExactly("decision.Opened/1", "decision.VoteCast/1", "decision.Concluded/1");
        assertThat(json.at("/events/0/event/proposal/facts/0/value").textValue())
                .isEqualTo("412.5");
    }

    @Test
    void exportHasEveryEventInOrder() throws IOException {
        Path file = directory.resolve("all.jsonl");
        assertThat(run("journal", "export", "--data", data().toString(), "--output", file.toString()))
                .isZero();
        assertThat(run("journal", "export", "--data", data().toString())).isZero();
        assertThat(file).content().isEqualTo(out.toString());
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(7);
        JsonNode first = JSON.readTree(lines.get(0));
        assertThat(first.path("run").textValue()).isEqualTo("live");
        assertThat(first.path("entity").textValue()).isEqualTo("decision/scaler/cart/1");
        assertThat(first.path("seq").longValue()).isEqualTo(1);
        assertThat(first.path("type").textValue()).isEqualTo("decision.Opened/1");
        run("journal", "export", "--data", data().toString(), "--entity", "decision/scaler/api", "--since", "3h");
        assertThat(out.toString().lines()).hasSize(3);
        run("journal", "export", "--data", data().toString(), "--until", "2026-01-05T12:30:00Z");
        assertThat(out.toString().lines()).hasSize(3);
    }

    @Test
    void replaySaysWhetherItComesToTheSame() {
        int code = run("journal", "replay", "scaler/cart/1", "--data", data().toString());
        assertThat(code).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("same", "vote of GOVERNOR", "decision.Opened/1", "It comes to the same.")
                .contains("skipped    the proposal: no policy is known of scaler/cart")
                .doesNotContain("DIFFERENT");
        scaled();
        assertThat(run("journal", "replay", "scaler/web/1", "--data", data().toString()))
                .isZero();
        assertThat(out.toString())
                .contains("proposal of scaler/web", "It comes to the same.")
                .doesNotContain("skipped", "DIFFERENT");
        assertThat(run("journal", "replay", "scaler/cart/2", "--data", data().toString()))
                .isEqualTo(3);
        assertThat(out.toString())
                .contains(
                        "DIFFERENT",
                        "journaled  {\"@type\":\"decision.ApprovalRequested/1\"",
                        "replayed   {\"@type\":\"decision.Opened/1\"")
                .contains("It comes to something else.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "journal | name a command: list or show or export or replay",
                "journal show scaler/cart/9 --data {data} | no decision 'scaler/cart/9'; ./zeroops journal list",
                "journal replay scaler/cart/9 --data {data} | no decision 'scaler/cart/9'",
                "journal list --data {dir}/none | holds no journal",
                "journal list --data {data} --limit 0 | --limit 0 is out of range; use 1 to 1000",
                "journal list --data {data} --since yesterday | 'yesterday' is no time; write one such as",
                "journal list --data {data} --verdict maybe | maybe",
                "journal export --data {data} --output {dir}/no/file | there is no directory",
                "backup {dir}/node --data {data} | exists already",
                "backup {dir}/b.zip --data {dir}/none | holds no journal",
                "restore {dir}/none.zip --data {dir}/new | does not exist",
                "restore {dir}/none.zip | --data",
            })
    void whatIsWrongIsSaidInOneLine(String command, String message) {
        String[] args = command.replace("{data}", data().toString())
                .replace("{dir}", directory.toString())
                .split(" ");
        assertThat(run(args)).isEqualTo(2);
        assertThat(err.toString()).contains(message, "Try: ./zeroops");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aBackupIsMadeWhileTheNodeRunsAndRestored() throws IOException {
        Path zip = directory.resolve("b.zip");
        try (var node = FolderDatabase.own(data());
                var path = WritePath.start(node);
                var views = JournalViews.start(node, path)) {
            while (!views.readUpTo().equals(path.committed())) {
                Thread.onSpinWait();
            }
            assertThat(run("backup", zip.toString(), "--data", data().toString()))
                    .isZero();
            assertThat(listed()).hasSize(3); // and the journal can be looked at
        }
        Path restored = directory.resolve("restored");
        assertThat(run("restore", zip.toString(), "--data", restored.toString()))
                .isZero();
        assertThat(out.toString()).contains("restored up to row 5");
        assertThat(run("journal", "show", "scaler/cart/1", "--data", restored.toString()))
                .isZero();
        assertThat(run("restore", zip.toString(), "--data", restored.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("has a journal already");
        assertThat(Files.exists(zip)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "journal",
                "journal list",
                "journal show",
                "journal export",
                "journal replay",
                "backup",
                "restore"
            })
    void everyHelpHasAnExample(String command) {
        assertThat(run((command + " --help").split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: zeroops " + command, "Example", "./zeroops ");
    }

    @Test
    void whereRowsWereRemovedItSaysWhereTheyAre() throws SQLException {
        try (var database = FolderDatabase.own(data());
                var connection = database.connect();
                var moved = connection.prepareStatement(
                        "UPDATE \"event_journal\" SET \"sequence_number\" = 3 WHERE \"persistence_id\" ="
                                + " 'decision/scaler/cart/1' AND \"sequence_number\" = 2")) { // as if 2 was removed
            assertThat(moved.executeUpdate()).isEqualTo(1);
        }
        assertThat(run("journal", "show", "scaler/api/1", "--data", data().toString()))
                .isZero();
        assertThat(err.toString()).doesNotContain("archived");
        assertThat(run("journal", "show", "scaler/cart/1", "--data", data().toString()))
                .isZero();
        assertThat(err.toString()).contains("archived: see journal-2026-01");
        assertThat(run("journal", "replay", "scaler/cart/1", "--data", data().toString()))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("archived: see journal-2026-01", "journal archive restore");
    }
}
