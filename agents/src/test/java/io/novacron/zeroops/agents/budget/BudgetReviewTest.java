package io.novacron.zeroops.agents.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetEvent.HoldsLapsed;
import io.novacron.zeroops.agents.budget.BudgetEvent.Reserved;
import io.novacron.zeroops.agents.core.Expiries;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.decision.Vote.Counter;
import io.novacron.zeroops.agents.decision.Vote.Reject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;

class BudgetReviewTest {
    private final Ledger ledger = Ledger.withTree();

    @Test
    void reservesAtTheProjectAndAllAboveItExactlyUpToTheLimit() {
        assertThat(ledger.hold("d1", "w", "web", 0, 10)).isEqualTo(Reply.of(Vote.ACCEPT)); // 10 x $10: all of it
        for (String node : List.of("web", "team-a", "acme")) {
            ledger.assertUsage(node, 0, 0, 100);
        }
        ledger.assertUsage("team-b", 0, 0, 0);
        var vote = (Reject) ledger.hold("d2", "v", "web", 0, 1).answer();
        assertThat(vote.constraint()).isEqualTo("budget_limit");
        assertThat(vote.detail())
                .isEqualTo(
                        "web: $10 needed to the end of the period, limit $100, $0 spent + $0 committed + $100 reserved");
    }

    @Test
    void aMillionthOfADollarTooMuchIsTooMuch() {
        ledger.allocate(Ledger.node("web", "team-a", 99.999999, 1));
        assertThat(((Counter) ledger.hold("d1", "w", "web", 0, 10).answer()).to())
                .isEqualTo(9);
    }

    @Test
    void countersWithTheMostThatFitsAndHoldsThatMuch() {
        var vote = (Counter) ledger.hold("d1", "w", "web", 5, 17).answer();
        assertThat(vote.to()).isEqualTo(15);
        assertThat(vote.constraint()).isEqualTo("budget_limit");
        assertThat(vote.detail()).startsWith("web: $120 needed");
        ledger.assertUsage("web", 0, 0, 100);
        assertThat(ledger.hold("d1", "w", "web", 5, 17)).isEqualTo(Reply.of(vote));
        ledger.confirm("d1");
        ledger.assertUsage("acme", 0, 100, 0);
    }

    @Test
    void anyNodeOfThePathCanBind() {
        ledger.grow("d1", "a", "team-a", 0, 55);
        var vote = (Counter) ledger.hold("d2", "w", "web", 0, 9).answer();
        assertThat(vote.to()).isEqualTo(5);
        assertThat(vote.detail()).startsWith("team-a:");
        ledger.end("d2", 0);
        ledger.grow("d3", "b", "db", 0, 43);
        assertThat(((Counter) ledger.hold("d4", "w", "web", 0, 9).answer()).detail())
                .startsWith("acme:");
    }

    @Test
    void repeatsAnswerTheSameVoteAndCountOnce() {
        Hold hold = ledger.holdOf("d1", "w", "web", 0, 3, 1, Priority.P2);
        ledger.tell(hold);
        assertThat(ledger.tell(hold)).isEqualTo(Result.answered(Vote.ACCEPT));
        assertThat(ledger.confirm("d1")).isEqualTo(Reply.DONE);
        assertThat(ledger.confirm("d1")).isEqualTo(Reply.DONE);
        assertThat(ledger.tell(hold)).isEqualTo(Result.answered(Vote.ACCEPT));
        ledger.assertUsage("web", 0, 30, 0);
        assertThat(ledger.journal).hasSize(3);
    }

    @Test
    void refusesWhatComesTooLateOrAfterTheEnd() {
        Hold hold = ledger.holdOf("d1", "w", "web", 0, 3, 1, Priority.P2);
        ledger.tell(new End("d1", 0, hold.until()));
        assertThat(ledger.tell(hold)).isEqualTo(Result.refused("decision_ended"));
        ledger.now = hold.until().minusMillis(1);
        assertThat(ledger.tell(hold)).isEqualTo(Result.refused("decision_ended"));
        ledger.now = hold.until();
        var result = ledger.tell(hold);
        assertThat(result.reply()).isEqualTo(Reply.refused("too_late"));
        assertThat(result.events()).containsExactly(new HoldsLapsed(ledger.now, List.of("d1")));
        assertThat(ledger.state.holds()).isEqualTo(Holds.NONE);
    }

    @Test
    void refusesAnActionThatCannotBe() {
        assertThat(ledger.hold("d1", "w", "web", 0, -1)).isEqualTo(Reply.refused("action_quantity_out_of_range"));
        assertThat(((Reject) ledger.hold("d1", "w", "nobody", 0, 1).answer()).constraint())
                .isEqualTo("unknown_project");
        var tooDear = ledger.hold("d1", "w", "web", 0, 1_000_000, 100_000, Priority.P2);
        assertThat(((Reject) tooDear.answer()).detail()).isEqualTo("w would cost more than $1000000000 per hour");
        assertThat(((Reject) new Ledger().hold("d1", "w", "web", 0, 1).answer()).constraint())
                .isEqualTo("unknown_project");
    }

    @Test
    void whatCostsNothingIsAlwaysAcceptedAndHoldsNothing() {
        ledger.grow("d1", "w", "web", 0, 10);
        assertThat(ledger.hold("d2", "free", "web", 0, 7, 0, Priority.P2)).isEqualTo(Reply.of(Vote.ACCEPT));
        assertThat(ledger.confirm("d2")).isEqualTo(Reply.DONE);
        assertThat(ledger.hold("d3", "w", "web", 10, 10)).isEqualTo(Reply.of(Vote.ACCEPT));
        assertThat(ledger.hold("d4", "unknown", "web", 4, 1)).isEqualTo(Reply.of(Vote.ACCEPT));
        ledger.confirm("d3");
        ledger.confirm("d4");
        ledger.end("d3", 0);
        ledger.end("d4", 3); // never was committed: nothing to give back
        ledger.assertUsage("web", 0, 100, 0);
    }

    @Test
    void freeInstancesFitEvenWhereTheLimitIsBroken() {
        ledger.mayOverrun = true;
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofHours(1));
        ledger.meter("w", 50);
        assertThat(ledger.hold("d2", "free", "web", 0, 7, 0, Priority.P2)).isEqualTo(Reply.of(Vote.ACCEPT));
        assertThat(((Reject) ledger.hold("d3", "v", "web", 0, 7).answer()).constraint())
                .isEqualTo("budget_limit");
    }

    @Test
    void confirmLaterNeedsLessAndReleasesTheRest() {
        ledger.hold("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofSeconds(18));
        ledger.confirm("d1");
        ledger.assertUsage("acme", 0, 99.95, 0); // 18 s of 10 $/h are 5 cents
    }

    @Test
    void tentativeHoldsLapseAtTheirTime() {
        ledger.hold("d1", "w", "web", 0, 10);
        Instant until = ledger.now.plusSeconds(30);
        assertThat(ledger.agent.deadline(ledger.state).orElseThrow().at()).isEqualTo(until);
        ledger.tickAt(until.minusMillis(1));
        ledger.assertUsage("web", 0, 0, 100);
        ledger.tickAt(until);
        ledger.assertUsage("web", 0, 0, 0);
        assertThat(ledger.confirm("d1")).isEqualTo(Reply.refused("not_held"));
        assertThat(ledger.agent.deadline(ledger.state).orElseThrow().at()).isEqualTo(Ledger.MONTH_END);
    }

    @Test
    void firmHoldsDoNotLapse() {
        ledger.hold("d1", "w", "web", 0, 10);
        ledger.confirm("d1");
        ledger.pass(Duration.ofHours(1));
        assertThat(ledger.tell(new BudgetCommand.Tick())).isEqualTo(Result.nothing());
        assertThat(ledger.confirm("d1")).isEqualTo(Reply.DONE);
        assertThat(ledger.tell(new End("d1", 10, Ledger.START)).reply()).isEqualTo(Reply.DONE);
        assertThat(ledger.state.holds()).isEqualTo(Holds.NONE); // its until is past: no tombstone needed
        ledger.assertUsage("web", 0, 100, 0);
    }

    @Test
    void aConfirmFindsItsHoldLapsedEvenBeforeTheTick() {
        ledger.hold("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofSeconds(30));
        assertThat(ledger.confirm("d1")).isEqualTo(Reply.refused("not_held"));
        ledger.assertUsage("web", 0, 0, 0);
        assertThat(ledger.confirm("never-held")).isEqualTo(Reply.refused("not_held"));
    }

    @Test
    void oneResourceIsPaidByOneProject() {
        ledger.hold("d1", "w", "web", 0, 1);
        ledger.hold("d2", "w", "db", 0, 1);
        ledger.confirm("d1");
        assertThat(ledger.confirm("d2")).isEqualTo(Reply.refused("project_mismatch"));
        var vote = (Reject) ledger.hold("d3", "w", "db", 0, 1).answer();
        assertThat(vote).isEqualTo(new Reject("project_mismatch", "w is paid by web"));
    }

    @Test
    void aP0PreemptsTheLeastUrgentTentativeHoldsOnItsPath() {
        ledger.hold("p1", "a", "web", 0, 3, 1, Priority.P1);
        ledger.hold("p4", "b", "web", 0, 2, 1, Priority.P4);
        ledger.hold("p3", "c", "web", 0, 2, 1, Priority.P3);
        ledger.hold("firm", "d", "web", 0, 3, 1, Priority.P4);
        ledger.confirm("firm");
        ledger.hold("elsewhere", "e", "db", 0, 1, 1, Priority.P4);
        assertThat(ledger.hold("p0", "f", "web", 0, 4, 1, Priority.P0)).isEqualTo(Reply.of(Vote.ACCEPT));
        var reserved = (Reserved) ledger.journal.get(ledger.journal.size() - 1);
        assertThat(reserved.preempted()).containsExactly("p4", "p3");
        assertThat(ledger.confirm("p4")).isEqualTo(Reply.refused("not_held"));
        // A repeat that was under way must not hold anew: perhaps less than its decision was told.
        assertThat(ledger.hold("p4", "b", "web", 0, 2, 1, Priority.P4)).isEqualTo(Reply.refused("decision_ended"));
        assertThat(ledger.confirm("p1")).isEqualTo(Reply.DONE);
        ledger.assertUsage("web", 0, 60, 40);
    }

    @Test
    void nothingIsPreemptedWhereThatWouldNotDo() {
        ledger.hold("p0", "a", "web", 0, 6, 1, Priority.P0);
        ledger.hold("p4", "b", "web", 0, 2, 1, Priority.P4);
        assertThat(((Counter) ledger.hold("p0b", "c", "web", 0, 5, 1, Priority.P0)
                                .answer())
                        .to())
                .isEqualTo(2);
        assertThat(ledger.confirm("p4")).isEqualTo(Reply.DONE);
        assertThat(((Reject) ledger.hold("p1", "d", "web", 0, 1, 1, Priority.P1).answer()).constraint())
                .isEqualTo("budget_limit");
    }

    @Test
    void whatLapsedIsHeldNoMoreThoughItIsTakenOutBitByBit() {
        holdMany(Expiries.DUE_MAX + 1);
        ledger.now = ledger.now.plusSeconds(30);
        String last = ledger.state.holds().lapsing().order().last().id();
        assertThat(ledger.confirm(last)).isEqualTo(Reply.refused("not_held"));
        assertThat(ledger.state.holds().open()).containsOnlyKeys(last);
        ledger.assertUsage("web", 0, 0, 0.01); // until it is out its money is held
        assertThat(ledger.agent.deadline(ledger.state).orElseThrow().at()).isEqualTo(ledger.now);
        ledger.tell(new BudgetCommand.Tick());
        assertThat(ledger.state.holds()).isEqualTo(Holds.NONE);
        ledger.assertUsage("web", 0, 0, 0);
    }

    @Test
    void noMoneyOfOnePeriodIsReservedInTheNextHoweverManyLapseWithIt() {
        ledger.now = Ledger.MONTH_END.minusSeconds(1);
        holdMany(2 * Expiries.DUE_MAX + 1);
        ledger.now = Ledger.MONTH_END;
        List<BudgetEvent> events = ledger.tell(new BudgetCommand.Tick()).events();
        assertThat(events.stream().filter(e -> e instanceof HoldsLapsed)).hasSize(3);
        assertThat(events.get(3)).isInstanceOf(BudgetEvent.PeriodRenewed.class);
        assertThat(ledger.state.holds().open()).isEmpty();
        ledger.assertUsage("web", 0, 0, 0);
    }

    /** Each takes a cent. */
    private void holdMany(int number) {
        Instant until = ledger.now.plusSeconds(30);
        Instant lapsesAt = until.isBefore(Ledger.MONTH_END) ? until : Ledger.MONTH_END;
        Money amount = Money.dollars(0.01);
        var action = Action.of(ActionClass.SCALE_OUT, "w", "web", "eu", 0, 1, Money.dollars(1));
        for (int i = 0; i < number; i++) {
            BudgetEvent reserved = new BudgetEvent.Reserved(
                    ledger.now, "d" + i, action, Priority.P2, Vote.ACCEPT, until, lapsesAt, amount, List.of());
            ledger.state = ledger.agent.apply(ledger.state, reserved);
        }
        assertThat(ledger.state.violations()).isEmpty();
    }

    @Test
    void boundsHoldsResourcesAndUnbilledChanges() {
        Holds holds = Holds.NONE;
        for (int i = 0; i < Reservations.HOLDS_MAX; i++) {
            holds = holds.ended("ended-" + i, ledger.now.plusSeconds(60));
        }
        BudgetState before = ledger.state;
        var full = new Reservations(holds, before.reservations().amounts());
        ledger.state = new BudgetState(
                before.asOf(),
                before.period(),
                before.tree(),
                full,
                before.spent(),
                before.commitments(),
                List.of(),
                before.watch());
        assertThat(ledger.hold("d1", "w", "web", 0, 1)).isEqualTo(Reply.refused("too_many_holds"));

        TreePMap<String, Commitment> many = TreePMap.empty();
        for (int i = 0; i < BudgetState.COMMITMENTS_MAX; i++) {
            many = many.plus("r" + i, Commitment.none("r" + i, "web", ledger.now));
        }
        ledger.state = before.with(many);
        assertThat(ledger.hold("d1", "w", "web", 0, 1)).isEqualTo(Reply.refused("too_many_resources"));
        assertThat(ledger.hold("d1", "r7", "web", 0, 1)).isEqualTo(Reply.of(Vote.ACCEPT));

        Commitment changed = Commitment.none("w", "web", ledger.now);
        for (int i = 0; i < Commitment.CHANGES_MAX; i++) {
            changed = changed.changed(ledger.now.plusSeconds(1 + i), Money.ZERO);
        }
        ledger.state = before.with(TreePMap.singleton("w", changed));
        assertThat(((Reject) ledger.hold("d1", "w", "web", 0, 1).answer()).constraint())
                .isEqualTo("meter_overdue");
    }
}
