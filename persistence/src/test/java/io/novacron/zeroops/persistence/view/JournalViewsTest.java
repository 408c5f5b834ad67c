package io.novacron.zeroops.persistence.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionCommand.Decline;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.fleet.ResourceState;
import io.novacron.zeroops.agents.ops.OpsCommand.OverrideAutomation;
import io.novacron.zeroops.persistence.SmallHost;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.Position;
import io.novacron.zeroops.persistence.journal.SnapshotCodec;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.view.ViewTables.Progress;
import io.novacron.zeroops.persistence.view.Views.Counts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JournalViewsTest {
    @TempDir
    Path folder = Path.of("");

    JournalDatabase database;
    WritePath path;
    private SmallHost host;

    @BeforeEach
    void open() {
        database = database();
        path = WritePath.start(database);
        host = new SmallHost(path);
    }

    @AfterEach
    void close() {
        path.close();
        database.close();
    }

    JournalDatabase database() {
        return FolderDatabase.own(folder.resolve("data"));
    }

    /** One that may change what the node may not. */
    Connection owner() throws SQLException {
        return database.connect();
    }

    /** Of all that was written. */
    Views views() {
        return JournalViews.look(database, read -> {});
    }

    /** Growth, shrinking, a rejection, one that a person declines, one that escalates, an override. */
    private void aDay() {
        host.begin("web", 10).add("workload/api", 5);
        host.demand("web", 180);
        host.demand("api", 90);
        host.pass(Duration.ofMinutes(10));
        host.demand("web", 120);
        host.pass(Duration.ofMinutes(10));
        host.demand("web", 9_000); // more than three times of what there is: countered
        host.decisions = host.decisions.requiringApprovalAbove(Money.dollars(0.1));
        host.pass(Duration.ofMinutes(10));
        host.demand("api", 140);
        var waiting = (DecisionState) host.state("decision/scaler/api/2");
        host.tell(
                "decision/scaler/api/2",
                new Decline("p-2", waiting.course().orElseThrow().proposal().hash()));
        host.run();
        host.decisions = host.decisions.requiringApprovalAbove(Money.dollars(1000));
        host.pass(Duration.ofMinutes(10));
        host.provides = false;
        host.demand("api", 140);
        for (int i = 0; i < 10; i++) {
            host.pass(Duration.ofMinutes(3));
        }
        host.provides = true;
        host.tell("ops/main", new OverrideAutomation("p-1", "storm", true, host.now.plusSeconds(600)));
        host.run();
        host.demand("web", 20_000); // paused: rejected
    }

    private static DecisionQuery query() {
        return DecisionQuery.newest(100);
    }

    private static List<String> ids(List<DecisionView> decisions) {
        return decisions.stream().map(DecisionView::decision).toList();
    }

    @Test
    void showsEachDecisionAsItsAgentEnded() {
        aDay();
        Views views = views();
        List<DecisionView> all = views.decisions(query());
        assertThat(all).hasSizeGreaterThanOrEqualTo(6);
        assertThat(all).allSatisfy(view -> {
            assertThat(view.state()).isEqualTo(host.state("decision/" + view.decision()));
            assertThat(view.state().course()).isPresent();
            assertThat(views.decision(view.decision())).contains(view);
        });
        assertThat(all.stream().map(DecisionView::ordering)).isSortedAccordingTo(Collections.reverseOrder());
        assertThat(views.decision("scaler/web/999")).isEmpty();
    }

    @Test
    void findsByEveryCriterion() {
        aDay();
        Views views = views();
        List<DecisionView> all = views.decisions(query());
        DecisionView third = all.get(3);
        Instant then = third.openedAt();
        expect(
                all,
                resource("workload/api"),
                v -> proposal(v).action().resource().equals("workload/api"));
        expect(all, agent("scaler/web"), v -> proposal(v).proposer().equals("scaler/web"));
        expect(all, between(Optional.of(then), Optional.empty()), v -> !v.openedAt()
                .isBefore(then));
        expect(all, between(Optional.empty(), Optional.of(then)), v -> v.openedAt()
                .isBefore(then));
        for (Verdict verdict : List.of(Verdict.APPROVED, Verdict.REJECTED, Verdict.DECLINED)) {
            expect(
                    all,
                    verdict(verdict),
                    v -> v.state().conclusion().orElseThrow().verdict() == verdict);
        }
        expect(all, cause("load_above_capacity"), v -> proposal(v).cause().equals("load_above_capacity"));
        expect(all, before(third.ordering(), 2), v -> all.indexOf(v) == 4 || all.indexOf(v) == 5);
        assertThat(views.decisions(verdict(Verdict.EXPIRED))).isEmpty();
    }

    private void expect(List<DecisionView> all, DecisionQuery query, java.util.function.Predicate<DecisionView> those) {
        List<String> expected = ids(all.stream().filter(those).toList());
        assertThat(expected).isNotEmpty().hasSizeLessThan(all.size());
        assertThat(ids(views().decisions(query))).isEqualTo(expected);
    }

    private static io.novacron.zeroops.agents.decision.Proposal proposal(DecisionView view) {
        return view.state().course().orElseThrow().proposal();
    }

    private static DecisionQuery resource(String resource) {
        return query(Optional.of(resource), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static DecisionQuery agent(String agent) {
        return query(Optional.empty(), Optional.of(agent), Optional.empty(), Optional.empty());
    }

    private static DecisionQuery verdict(Verdict verdict) {
        return query(Optional.empty(), Optional.empty(), Optional.of(verdict), Optional.empty());
    }

    private static DecisionQuery cause(String cause) {
        return query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(cause));
    }

    private static DecisionQuery query(
            Optional<String> resource, Optional<String> agent, Optional<Verdict> verdict, Optional<String> cause) {
        return new DecisionQuery(
                resource, agent, Optional.empty(), Optional.empty(), verdict, cause, Optional.empty(), 100);
    }

    private static DecisionQuery between(Optional<Instant> since, Optional<Instant> until) {
        return new DecisionQuery(
                Optional.empty(),
                Optional.empty(),
                since,
                until,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                100);
    }

    private static DecisionQuery before(long ordering, int limit) {
        return new DecisionQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ordering),
                limit);
    }

    @Test
    void countsWhatTheDecisionsCameTo() {
        aDay();
        Views views = views();
        assertThat(views.counts()).isEqualTo(counted(views));
        assertThat(views.counts().verified()).isPositive();
        assertThat(views.counts().rejected()).isPositive();
        assertThat(views.counts().escalated()).isPositive();
        assertThat(views.interventions(10))
                .extracting(InterventionView::kind)
                .containsExactly(Intervention.OVERRIDDEN, Intervention.ESCALATED, Intervention.DECLINED);
        assertThat(views.interventions(1)).hasSize(1);
    }

    /** Counted anew, from all there is. */
    private static Counts counted(Views views) {
        List<DecisionState> states = views.decisions(DecisionQuery.newest(1000)).stream()
                .map(DecisionView::state)
                .toList();
        long escalated = states.stream()
                .filter(s -> s.conclusion()
                        .filter(c -> c.change().end() == Change.End.ESCALATED)
                        .isPresent())
                .count();
        long people = states.stream()
                .filter(s ->
                        s.conclusion().filter(c -> !c.interventions().isEmpty()).isPresent())
                .count();
        return new Counts(
                states.size(),
                states.stream().filter(s -> s.conclusion().isEmpty()).count(),
                with(states, Verdict.APPROVED),
                with(states, Verdict.REJECTED),
                with(states, Verdict.DECLINED),
                with(states, Verdict.EXPIRED),
                states.stream()
                        .filter(s -> s.conclusion()
                                .filter(c -> c.change().end() == Change.End.VERIFIED)
                                .isPresent())
                        .count(),
                escalated,
                people + 1); // and the override
    }

    private static long with(List<DecisionState> states, Verdict verdict) {
        return states.stream()
                .filter(s -> s.conclusion().filter(c -> c.verdict() == verdict).isPresent())
                .count();
    }

    @Test
    void resourcesAreAsTheirOwnersKnowThemAlsoInTheMidstOfAChange() {
        host.begin("web", 10).add("workload/api", 5);
        host.demand("api", 90);
        host.provides = false;
        host.demand("web", 180);
        host.pass(Duration.ofMinutes(1)); // in doubt
        List<ResourceView> resources = views().resources("", 10);
        assertThat(resources).extracting(ResourceView::resource).containsExactly("workload/api", "workload/web");
        assertThat(resources).allSatisfy(view -> {
            var real = (ResourceState) host.state(view.resource());
            assertThat(view.state().flight()).isEqualTo(real.flight());
            assertThat(view.state().last()).isEqualTo(real.last());
            assertThat(view.state().condition()).isEqualTo(real.condition());
            assertThat(view.state().instances()).isEqualTo(real.instances());
            assertThat(view.state().generation()).isEqualTo(real.generation());
        });
        assertThat(resources.get(1).state().flight()).isPresent();
        assertThat(resources.get(0).state().last()).isPresent();
        assertThat(views().resources("", 1)).containsExactly(resources.get(0));
        assertThat(views().resources(resources.get(0).resource(), 10))
                .isEqualTo(resources.subList(1, resources.size()));
    }

    @Test
    void followsTheJournalAndTellsOfEachDecisionThatChanged() {
        try (var views = JournalViews.start(database, path)) {
            List<DecisionView> heard = Collections.synchronizedList(new ArrayList<>());
            views.onDecision(view -> {
                throw new IllegalStateException("a listener that fails harms nobody");
            });
            views.onDecision(heard::add);
            aDay();
            await(() -> views.readUpTo().equals(path.committed()));
            assertThat(views.counts()).isEqualTo(counted(views));
            assertThat(views.problem()).isEmpty();
            await(() -> heard.stream().map(DecisionView::decision).distinct().count()
                    == views.counts().decisions());
            assertThat(heard.get(heard.size() - 1).state().phase()).isEqualTo(Phase.ENDED);
            assertBudget(views);
        }
    }

    private void assertBudget(Views views) {
        var state = (BudgetState) host.state("budget/main");
        assertThat(views.budgets()).extracting(BudgetView::node).containsExactly("company", "shop");
        assertThat(views.budgets()).allSatisfy(view -> {
            assertThat(view.usage()).isEqualTo(state.usageOf(view.node()));
            assertThat(view.usage().committed().isPositive()).isTrue();
            assertThat(view.limit())
                    .isEqualTo(state.tree().node(view.node()).orElseThrow().limit());
        });
    }

    @Test
    void catchesUpAfterARestartAsIfItHadNeverStopped() {
        try (var views = JournalViews.start(database, path)) {
            host.begin("web", 10);
            host.demand("web", 180);
            await(() -> views.readUpTo().equals(path.committed()));
        }
        host.pass(Duration.ofMinutes(10));
        host.demand("web", 300);
        try (var views = JournalViews.start(database, path)) {
            await(() -> views.readUpTo().equals(path.committed()));
            assertThat(views.counts().decisions()).isEqualTo(2);
            assertThat(views.counts().verified()).isEqualTo(2);
            assertBudget(views);
        }
    }

    /** Which may have been taken anywhere, also beyond what the other views have read. */
    @Test
    void theBudgetIsReadFromItsSnapshotAndTheRowsAfterIt() throws SQLException {
        host.begin("web", 10);
        host.demand("web", 180);
        snapshot(host.state("budget/main"));
        host.pass(Duration.ofMinutes(10));
        host.demand("web", 300);
        try (var views = JournalViews.start(database, path)) {
            await(() -> views.readUpTo().equals(path.committed()));
            assertBudget(views);
        }
    }

    private void snapshot(State state) throws SQLException {
        try (var connection = database.connect();
                var insert = connection.prepareStatement("INSERT INTO \"snapshot\" (\"persistence_id\","
                        + " \"sequence_number\", \"created\", \"snapshot_ser_id\", \"snapshot_ser_manifest\","
                        + " \"snapshot_payload\") VALUES ('budget/main', ?, 0, 9002, '', ?)")) {
            List<?> rows = new JournalReader(database).of("budget/main");
            insert.setLong(1, rows.size());
            insert.setBytes(2, new SnapshotCodec(new EventCodec()).toBytes(state));
            insert.executeUpdate();
        }
        try (var connection = owner();
                var delete = connection.prepareStatement(
                        "DELETE FROM \"event_journal\" WHERE \"persistence_id\" = 'budget/main'"
                                + " AND \"sequence_number\" = 1")) {
            delete.executeUpdate(); // so that whoever read from the beginning would come to something else
        }
    }

    @Test
    void anEndAnywhereNeitherSkipsNorDoubles() throws SQLException {
        aDay();
        Views whole = views();
        List<DecisionView> decisions = whole.decisions(query());
        List<ResourceView> resources = whole.resources("", 100);
        List<InterventionView> interventions = whole.interventions(100);
        Counts counts = whole.counts();
        clear();
        var reader = new JournalReader(database);
        var tables = new ViewTables(database, reader);
        boolean more = true;
        for (int rows = 1; more; rows = rows % 7 + 1) { // each page ends elsewhere
            Progress before = begin(tables); // as after a crash: nothing in memory
            var page = reader.page(before.position(), rows, ViewTables::isWanted);
            more = page.rows() > 0;
            if (more) {
                crashBeforeCommit(tables, before, page);
                try (var connection = database.connect()) {
                    tables.write(connection, before, page);
                }
            }
        }
        assertThat(begin(tables).counts()).isEqualTo(counts);
        assertThat(tables.decisions(query())).isEqualTo(decisions);
        assertThat(tables.resources("", 100)).isEqualTo(resources);
        assertThat(tables.interventions(100)).isEqualTo(interventions);
    }

    private Progress begin(ViewTables tables) throws SQLException {
        try (var connection = database.connect()) {
            return tables.begin(connection);
        }
    }

    private void crashBeforeCommit(ViewTables tables, Progress before, JournalReader.Page page) throws SQLException {
        var other = new Progress(
                new Position(0, before.position().ordering() - 1), before.counts()); // found out at the last statement
        try (var connection = database.connect()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> tables.write(connection, other, page))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("by somebody else");
        }
    }

    private void clear() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE \"view_progress\" SET \"version\" = 0");
        }
    }

    @Test
    void aFailureIsSaidAndSurvived() throws SQLException {
        try (var views = JournalViews.start(database, path);
                var connection = owner();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE \"decision_view\" RENAME TO \"gone\"");
            host.begin("web", 10);
            host.demand("web", 180);
            await(() -> views.problem().isPresent());
            assertThat(views.problem().orElseThrow()).contains("decision_view");
            statement.execute("ALTER TABLE \"gone\" RENAME TO \"decision_view\"");
            await(() -> views.problem().isEmpty() && views.readUpTo().equals(path.committed()));
            assertThat(views.counts()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0, 1, 0, 0));
            assertBudget(views);
        }
    }

    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
