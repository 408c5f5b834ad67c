package io.novacron.zeroops.persistence.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.DecisionCommand.Approve;
import io.novacron.zeroops.agents.decision.DecisionPolicy;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.ops.OpsCommand.OverrideAutomation;
import io.novacron.zeroops.agents.safety.CalendarPolicy;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.persistence.SmallHost;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.replay.Replay.Step;
import io.novacron.zeroops.persistence.view.DecisionQuery;
import io.novacron.zeroops.persistence.view.DecisionView;
import io.novacron.zeroops.persistence.view.JournalViews;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplaysTest {
    @TempDir
    Path folder = Path.of("");

    private JournalDatabase database;
    private WritePath path;
    private SmallHost host;

    @BeforeEach
    void open() {
        database = FolderDatabase.own(folder.resolve("data"));
        path = WritePath.start(database);
        host = new SmallHost(path);
    }

    @AfterEach
    void close() {
        path.close();
        database.close();
    }

    private static Policies policies(DecisionPolicy decisions, SafetyConstraints safety) {
        return new Policies(
                decisions,
                safety,
                CalendarPolicy.DEFAULTS,
                BudgetPolicy.DEFAULT,
                ResourcePolicy.DEFAULTS,
                address -> Optional.of(SmallHost.scaler(address.substring("scaler/".length()))));
    }

    private static Policies policies() {
        return policies(DecisionPolicy.DEFAULTS, SafetyConstraints.DEFAULTS);
    }

    private Replay replay(String decision, Policies policies) {
        return new Replays(
                        new JournalReader(database),
                        hash -> hash.equals(SmallHost.SETTINGS) ? Optional.of(policies) : Optional.empty())
                .of(decision)
                .orElseThrow();
    }

    private void assertSame(String decision, Policies policies) {
        Replay replay = replay(decision, policies);
        assertThat(replay.skipped()).isEmpty();
        assertThat(replay.steps())
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.replayed()).as(step.what()).isEqualTo(step.journaled()));
        assertThat(replay.isSame()).isTrue();
        long votes = replay.steps().stream()
                .filter(step -> step.what().startsWith("vote of"))
                .count();
        assertThat(votes)
                .isEqualTo(((DecisionState) host.state("decision/" + decision))
                        .votes()
                        .size());
        assertThat(replay.steps().get(0).what()).startsWith("proposal of scaler/");
    }

    /** Verified, countered, shrunk, rejected by mode, by budget, by slot, without an answer of the provider. */
    @Test
    void everyDecisionComesToTheSame() {
        host.begin("web", 10).add("workload/api", 5);
        host.demand("web", 180);
        host.demand("api", 90);
        host.pass(Duration.ofMinutes(10));
        host.demand("web", 120);
        host.pass(Duration.ofMinutes(10));
        host.demand("web", 9_000); // countered by the governor
        host.tell("budget/main", new Allocate("p-1", List.of(new Node("shop", "company", Money.dollars(2_500), 1))));
        host.pass(Duration.ofMinutes(10));
        host.demand("api", 200); // countered or rejected by the budget
        host.pass(Duration.ofMinutes(10));
        host.provides = false;
        host.demand("api", 400);
        for (int i = 0; i < 10; i++) {
            host.pass(Duration.ofMinutes(3));
        }
        host.tell("ops/main", new OverrideAutomation("p-1", "storm", true, host.now.plusSeconds(600)));
        host.run();
        host.demand("web", 9_900); // paused
        List<DecisionView> all = JournalViews.look(database, read -> {}).decisions(DecisionQuery.newest(100));
        assertThat(all).hasSizeGreaterThanOrEqualTo(6);
        all.forEach(view -> assertSame(view.decision(), policies()));
    }

    @Test
    void whatPeopleApprovedComesToTheSame() {
        host.begin("web", 10);
        host.decisions = host.decisions.requiringApprovalAbove(Money.dollars(0.1));
        host.demand("web", 180);
        var waiting = (DecisionState) host.state("decision/scaler/web/1");
        String hash = waiting.course().orElseThrow().proposal().hash();
        for (String person : List.of("p-1", "p-2")) {
            host.tell("decision/scaler/web/1", new Approve(person, hash));
        }
        host.run();
        assertThat(((DecisionState) host.state("decision/scaler/web/1")).conclusion())
                .isPresent();
        assertSame("scaler/web/1", policies(host.decisions, SafetyConstraints.DEFAULTS));
        Replay unasked = replay("scaler/web/1", policies());
        assertThat(unasked.isSame()).isFalse();
        Step first = unasked.steps().stream()
                .filter(step -> !step.isSame())
                .findFirst()
                .orElseThrow();
        assertThat(first.journaled()).contains("decision.ApprovalRequested/1", "require_approval_above");
        assertThat(first.replayed()).contains("decision.Opened/1");
    }

    @Test
    void aLimitThatWasAnotherThenShowsWhatItWouldHaveChanged() {
        host.begin("web", 10);
        host.demand("web", 180);
        var d = SafetyConstraints.DEFAULTS;
        var tighter = new SafetyConstraints(
                d.requireApprovalAbove(),
                d.maxVmsAutoProvisioned(),
                d.maxDataDeletedBytes(),
                d.rateLimitActions(),
                50,
                d.maxScaleDownPercent(),
                d.requireMultiApproval(),
                d.businessHoursOnly(),
                d.canaryRegionsFirst(),
                d.maxAutomatedCost(),
                d.businessHours(),
                d.canaryRegions());
        Replay replay = replay("scaler/web/1", policies(DecisionPolicy.DEFAULTS, tighter));
        assertThat(replay.steps().stream().filter(step -> !step.isSame()))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.what()).isEqualTo("vote of GOVERNOR");
                    assertThat(step.journaled()).contains("vote.Accept/1");
                    assertThat(step.replayed()).contains("vote.Counter/1", "\"to\":15", "max_scale_up_percent");
                });
    }

    @Test
    void aRejectionThatWouldNotComeAgainIsADifference() {
        var d = SafetyConstraints.DEFAULTS;
        host.constraints = new SafetyConstraints(
                d.requireApprovalAbove(),
                d.maxVmsAutoProvisioned(),
                d.maxDataDeletedBytes(),
                0, // no action at all
                d.maxScaleUpPercent(),
                d.maxScaleDownPercent(),
                d.requireMultiApproval(),
                d.businessHoursOnly(),
                d.canaryRegionsFirst(),
                d.maxAutomatedCost(),
                d.businessHours(),
                d.canaryRegions());
        host.begin("web", 10);
        host.demand("web", 180);
        assertSame("scaler/web/1", policies(DecisionPolicy.DEFAULTS, host.constraints));
        Replay replay = replay("scaler/web/1", policies());
        assertThat(replay.steps().stream().filter(step -> !step.isSame()))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.journaled()).contains("vote.Reject/1", "rate_limit_actions");
                    assertThat(step.replayed()).contains("vote.Accept/1");
                });
    }

    @Test
    void unknownSettingsAreSaid() {
        host.begin("web", 10);
        host.demand("web", 180);
        Replay replay = new Replays(new JournalReader(database), hash -> Optional.empty())
                .of("scaler/web/1")
                .orElseThrow();
        assertThat(replay.steps()).isEmpty();
        assertThat(replay.skipped()).singleElement().asString().contains(SmallHost.SETTINGS);
    }

    @Test
    void anUnknownDecisionIsNone() {
        assertThat(new Replays(new JournalReader(database), hash -> Optional.empty()).of("scaler/web/1"))
                .isEmpty();
    }
}
