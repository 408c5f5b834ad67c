package io.novacron.zeroops.agents.budget;

import static io.novacron.zeroops.agents.budget.Ledger.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetCommand.Reallocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.ReportAnomaly;
import io.novacron.zeroops.agents.budget.BudgetEvent.Noted;
import io.novacron.zeroops.agents.budget.BudgetEvent.PeriodRenewed;
import io.novacron.zeroops.agents.budget.BudgetPolicy.Subscription;
import io.novacron.zeroops.agents.budget.SpendCommand.SpendAnomalyRaised;
import io.novacron.zeroops.agents.budget.Watch.Anomaly;
import io.novacron.zeroops.agents.budget.Watch.Reached;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ten hours before the month ends: ten dollars for each instance. */
class BudgetWatchTest {
    private final Ledger ledger = new Ledger(BudgetPolicy.DEFAULT);

    private void tree() {
        ledger.allocate(node("acme", "", 200, 0), node("web", "acme", 200, 9), node("batch", "acme", 200, 1));
        ledger.pass(Duration.ofMinutes(1));
    }

    private List<Reached> reached() {
        return ledger.journal.stream()
                .filter(Noted.class::isInstance)
                .flatMap(event -> ((Noted) event).reached().stream())
                .toList();
    }

    private List<String> told() {
        return ledger.agent.pending(ledger.state).stream()
                .filter(Effect.Notify.class::isInstance)
                .map(effect -> ((Effect.Notify) effect).text())
                .toList();
    }

    private Optional<Proposal> proposed() {
        return ledger.agent.pending(ledger.state).stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Open) ((Effect.Send) effect).command()).proposal())
                .findFirst();
    }

    private void tick() {
        Instant due = ledger.agent.deadline(ledger.state).orElseThrow().at();
        ledger.tickAt(due.isAfter(ledger.now) ? due : ledger.now);
    }

    @Test
    void eachLevelIsToldOncePerNode() {
        tree();
        ledger.grow("d1", "w", "web", 0, 15);
        assertThat(reached()).isEmpty();
        ledger.grow("d2", "w", "web", 15, 16);
        ledger.grow("d3", "w", "web", 16, 17);
        assertThat(reached()).containsExactly(new Reached("acme", true, 80), new Reached("web", true, 80));
        assertThat(told())
                .singleElement()
                .asString()
                .contains("acme comes to $1", "80 % of its limit $200", "2026-04-01");
        ledger.grow("d4", "w", "web", 17, 19);
        assertThat(reached()).hasSize(4).contains(new Reached("web", true, 90));
    }

    @Test
    void whatWasBilledIsALevelOfItsOwn() {
        ledger.mayOverrun = true;
        tree();
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofHours(9));
        ledger.meter("w", 172);
        assertThat(reached())
                .contains(new Reached("web", false, 80), new Reached("web", true, 90))
                .doesNotContain(new Reached("web", false, 90));
    }

    @Test
    void aNewLimitIsToldOfAnewAndTheSameIsNot() {
        tree();
        ledger.grow("d1", "w", "web", 0, 17);
        ledger.allocate(node("acme", "", 200, 0));
        assertThat(reached()).hasSize(2);
        ledger.allocate(node("web", "acme", 190, 9));
        assertThat(reached()).hasSize(3).endsWith(new Reached("web", true, 80));
    }

    @Test
    void theLeastImportantShrinksFromNinetyPercentAndTheMostImportantNever() {
        tree();
        ledger.grow("d1", "b", "batch", 0, 8);
        ledger.grow("d2", "w", "web", 0, 11);
        Proposal proposal = proposed().orElseThrow();
        assertThat(proposal.decision()).isEqualTo("budget/acme/1");
        assertThat(proposal.proposer()).isEqualTo("budget/acme");
        assertThat(proposal.defect()).isEmpty();
        assertThat(proposal.action().kind()).isEqualTo(ActionClass.SCALE_IN);
        assertThat(proposal.action().resource()).isEqualTo("b");
        assertThat(proposal.action().from()).isEqualTo(8);
        assertThat(proposal.action().to()).isEqualTo(4);
        assertThat(proposal.action().region()).isEqualTo("eu");
    }

    /** What is left is for what is more important; the important itself, and what is urgent, still grow. */
    @Test
    void nearItsLimitTheLessImportantDoesNotGrow() {
        tree();
        ledger.grow("d1", "b", "batch", 0, 8);
        ledger.grow("d2", "w", "web", 0, 11);
        assertThat(((Vote.Reject) ledger.hold("d3", "b", "batch", 8, 9).answer()).constraint())
                .isEqualTo("budget_scale_down");
        assertThat(ledger.hold("d4", "b", "batch", 8, 9, 0.1, Priority.P0)).isEqualTo(Reply.of(Vote.ACCEPT));
        assertThat(ledger.hold("d5", "w", "web", 11, 12, 0.1, Priority.P2)).isEqualTo(Reply.of(Vote.ACCEPT));
    }

    @Test
    void ofEqualWorkNothingIsShrunk() {
        ledger.allocate(node("acme", "", 200, 0), node("web", "acme", 200, 5), node("batch", "acme", 200, 5));
        ledger.grow("d1", "b", "batch", 0, 8);
        ledger.grow("d2", "w", "web", 0, 11);
        assertThat(proposed()).isEmpty();
    }

    @Test
    void oneProposalIsOutAtATimeAndTheNextComesAfterARest() {
        tree();
        ledger.grow("d1", "b", "batch", 0, 8);
        ledger.grow("d2", "w", "web", 0, 11);
        String open = ledger.agent.pending(ledger.state).get(0).id();
        ledger.tell(ledger.agent.settle(open, Outcome.DONE));
        assertThat(proposed()).isEmpty();
        ledger.hold("budget/acme/1", "b", "batch", 8, 4);
        ledger.confirm("budget/acme/1");
        ledger.end("budget/acme/1", 4);
        ended("budget/acme/1", Change.End.VERIFIED);
        assertThat(ledger.state.watch().draining().out()).isEmpty();
        ended("budget/acme/1", Change.End.VERIFIED); // a repeat
        ledger.pass(Duration.ofSeconds(30));
        tick();
        assertThat(ledger.state.usageOf("acme").total().toDollars()).isLessThan(180);
        assertThat(proposed()).isEmpty();
    }

    private void ended(String decision, Change.End end) {
        ledger.tell(new DecisionEnded(decision, Verdict.APPROVED, "", new Change.Ended(end, 4, "")));
    }

    /** An hour before the month ends, what the next would refuse is drained, so that no bill exceeds what is committed. */
    @Test
    void whatTheNextMonthWouldNotPayIsDrainedBefore() {
        tree();
        ledger.grow("d1", "b", "batch", 0, 1);
        ledger.grow("d2", "w", "web", 0, 1);
        ledger.now = Instant.parse("2026-03-31T23:00:00Z");
        ledger.tickAt(ledger.now);
        Proposal proposal = proposed().orElseThrow();
        assertThat(proposal.action().resource()).isEqualTo("b"); // 720 dollars a month each, of 200
        assertThat(proposal.action().to()).isZero();
        ledger.hold(proposal.decision(), "b", "batch", 1, 0);
        ledger.confirm(proposal.decision());
        ledger.end(proposal.decision(), 1);
        ledger.pass(Duration.ofMinutes(1));
        ended(proposal.decision(), Change.End.VERIFIED);
        ledger.meter("b", 9.1);
        ledger.tickAt(Ledger.MONTH_END);
        PeriodRenewed renewed = ledger.journal.stream()
                .filter(PeriodRenewed.class::isInstance)
                .map(PeriodRenewed.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(renewed.refused()).extracting(BudgetEvent.Funding::resource).containsExactly("w");
    }

    @Test
    void levelsBeginAnewWithTheMonth() {
        tree();
        ledger.grow("d1", "w", "web", 0, 17);
        ledger.tickAt(Ledger.MONTH_END);
        assertThat(reached().stream().filter(r -> r.equals(new Reached("web", true, 80))))
                .hasSize(1);
        assertThat(reached()).contains(new Reached("web", true, 100)); // 17 instances for all of April
    }

    @Test
    void anAnomalyIsJournaledAndToldOnce() {
        tree();
        var anomaly = new Anomaly(
                "bill/7", "web", ledger.now.minusSeconds(3600), ledger.now, Money.dollars(9), Money.dollars(4));
        assertThat(ledger.tell(new ReportAnomaly(anomaly)).events()).hasSize(1);
        assertThat(ledger.tell(new ReportAnomaly(anomaly)).events()).isEmpty();
        assertThat(ledger.state.watch().anomalies()).containsExactly(anomaly);
        assertThat(told()).singleElement().asString().contains("web cost $9", "$4 was expected");
        assertThat(refusal(new Anomaly("x", "nobody", ledger.now, ledger.now, Money.dollars(9), Money.ZERO)))
                .isEqualTo("unknown_node");
        assertThat(refusal(new Anomaly("x", "web", ledger.now, ledger.now, Money.ZERO, Money.ZERO)))
                .isEqualTo("anomaly_is_no_rise");
        for (int i = 0; i < 2 * Watch.ANOMALIES_MAX; i++) {
            ledger.tell(new ReportAnomaly(
                    new Anomaly("a" + i, "web", ledger.now, ledger.now, Money.dollars(2), Money.dollars(1))));
        }
        assertThat(ledger.state.watch().anomalies()).hasSize(Watch.ANOMALIES_MAX);
        assertThat(ledger.state.notices()).hasSize(BudgetState.NOTICES_MAX);
    }

    @Test
    void subscribersOfTheNodeAndOfThoseAboveAreToldUntilTheyAnswer() {
        var ledger = subscribed();
        var anomaly = new Anomaly(
                "rate/1", "web", ledger.now, ledger.now.plusSeconds(3600), Money.dollars(9), Money.dollars(4));
        ledger.tell(new ReportAnomaly(anomaly));
        assertThat(sends(ledger)).extracting(Effect.Send::to).containsExactly("pool/eu", "pool/all");
        assertThat(sends(ledger)).extracting(Effect.Send::command).containsOnly(new SpendAnomalyRaised(anomaly));
        assertThat(((Effect.Notify) ledger.agent.pending(ledger.state).get(0)).text())
                .contains("is to cost $9");
        String first = sends(ledger).get(0).id();
        ledger.tell(ledger.agent.settle(first, new Outcome.Failed("away", true)));
        assertThat(sends(ledger)).hasSize(2);
        ledger.tell(ledger.agent.settle(first, Outcome.DONE));
        assertThat(sends(ledger)).extracting(Effect.Send::to).containsExactly("pool/all");
        assertThat(ledger.tell(ledger.agent.settle(first, Outcome.DONE)).reply().code())
                .isEqualTo("not_pending");
        ledger.tell(new ReportAnomaly(anomaly));
        assertThat(sends(ledger)).hasSize(1);
        ledger.tickAt(ledger.now.plus(Duration.ofHours(1)));
        assertThat(sends(ledger)).isEmpty();
    }

    @Test
    void whatIsOwedToSubscribersIsBounded() {
        var ledger = subscribed();
        for (int i = 0; i < 3 * Watch.NEWS_MAX; i++) {
            ledger.tell(new ReportAnomaly(
                    new Anomaly("a" + i, "web", ledger.now, ledger.now, Money.dollars(2), Money.dollars(1))));
        }
        assertThat(sends(ledger)).hasSize(Watch.NEWS_MAX);
        assertThat(ledger.state.watch().anomalies()).hasSize(3 * Watch.NEWS_MAX);
    }

    private static Ledger subscribed() {
        var ledger = new Ledger(BudgetPolicy.DEFAULT.telling(List.of(
                new Subscription("web", "pool/eu"),
                new Subscription("acme", "pool/all"),
                new Subscription("acme", "pool/eu"),
                new Subscription("batch", "pool/us"))));
        ledger.allocate(node("acme", "", 200, 0), node("web", "acme", 200, 9), node("batch", "acme", 200, 1));
        return ledger;
    }

    private static List<Effect.Send> sends(Ledger ledger) {
        return ledger.agent.pending(ledger.state).stream()
                .filter(Effect.Send.class::isInstance)
                .map(Effect.Send.class::cast)
                .toList();
    }

    private String refusal(Anomaly anomaly) {
        return ledger.tell(new ReportAnomaly(anomaly)).reply().code();
    }

    @Test
    void whatOneSiblingDoesNotUseMovesToAnother() {
        ledger.allocate(node("acme", "", 200, 0), node("web", "acme", 120, 9), node("batch", "acme", 80, 1));
        ledger.grow("d1", "b", "batch", 0, 5);
        assertThat(move("batch", "web", 40, 80)).isEqualTo("limit_below_use");
        assertThat(move("batch", "acme", 10, 80)).isEqualTo("not_siblings");
        assertThat(move("batch", "web", 20, 80)).isEmpty();
        assertThat(move("batch", "web", 20, 80)).isEqualTo("limit_changed"); // a repeat
        assertThat(ledger.state.tree().node("web")).contains(node("web", "acme", 140, 9));
        assertThat(ledger.state.tree().node("batch")).contains(node("batch", "acme", 60, 1));
    }

    private String move(String from, String to, double amount, double fromLimit) {
        return ledger.tell(new Reallocate("p-1", from, to, Money.dollars(amount), Money.dollars(fromLimit)))
                .reply()
                .code();
    }
}
