package io.novacron.zeroops.agents.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetCommand.Adopt;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.BudgetEvent.Metered;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetMeterTest {
    private final Ledger ledger = Ledger.withTree();

    @Test
    void movesCommittedToSpent() {
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofHours(4));
        ledger.meter("w", 40);
        for (String node : List.of("web", "team-a", "acme")) {
            ledger.assertUsage(node, 40, 60, 0);
        }
        assertThat(ledger.state.spent()).containsOnlyKeys("web");
    }

    @Test
    void aBillBelowWhatWasCommittedReleasesTheRest() {
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofHours(4));
        ledger.meter("w", 25);
        ledger.assertUsage("web", 25, 60, 0);
        assertThat(ledger.hold("d2", "v", "web", 0, 2)).isEqualTo(Reply.of(Vote.ACCEPT)); // 2 for 6 hours: $12 of $15
    }

    @Test
    void repeatsAndReadingsThatWereOvertakenCountOnce() {
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofHours(1));
        Meter first = new Meter(new Origin("meter", 1), "w", Money.dollars(10), ledger.now);
        ledger.tell(first);
        assertThat(ledger.tell(first)).isEqualTo(Result.nothing());
        var older = new Meter(new Origin("meter", 0), "w", Money.dollars(5), ledger.now.minusMillis(1));
        assertThat(ledger.tell(older)).isEqualTo(Result.nothing());
        ledger.assertUsage("web", 10, 90, 0);
    }

    @Test
    void refusesReadingsThatCannotBe() {
        assertThat(ledger.meter("w", 1)).isEqualTo(Reply.refused("unknown_resource"));
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofHours(1));
        assertThat(ledger.meter("w", -0.000001)).isEqualTo(Reply.refused("billed_out_of_range"));
        assertThat(ledger.meter("w", 1_000_000_000.000001)).isEqualTo(Reply.refused("billed_out_of_range"));
        var future = new Meter(new Origin("meter", 9), "w", Money.ZERO, ledger.now.plusMillis(1));
        assertThat(ledger.tell(future)).isEqualTo(Result.refused("reading_in_the_future"));
        ledger.assertUsage("web", 0, 100, 0);
    }

    @Test
    void whatWasBilledIsWhatWasSpentAndTheOverrunIsStated() {
        ledger.mayOverrun = true;
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofHours(1));
        ledger.meter("w", 10.000002);
        assertThat(last()).isEqualTo(metered(10.000002, 10.000002, 0.000002));
        assertThat(ledger.state.violations())
                .containsExactly("web: $10.000002 spent + $90 committed + $0 reserved exceed $100");
        assertThat(last().until()).isEqualTo(Ledger.MONTH_END);
    }

    @Test
    void aConfirmIsHonouredThoughABillBrokeTheLimitMeanwhile() {
        ledger.mayOverrun = true;
        ledger.grow("d1", "w", "web", 0, 5);
        ledger.hold("d2", "v", "web", 0, 5);
        ledger.meter("w", 0);
        ledger.pass(Duration.ofSeconds(20));
        ledger.meter("w", 60);
        assertThat(ledger.state.violations()).isNotEmpty();
        assertThat(ledger.confirm("d2")).isEqualTo(Reply.DONE);
        assertThat(ledger.state.commitment("v").orElseThrow().until()).isEqualTo(Ledger.MONTH_END);
    }

    @Test
    void whatRanBeforeIsPaidFromWhereItsBillsBegin() {
        Adopt adopt = adopt(Ledger.START.minus(Duration.ofHours(2)));
        assertThat(ledger.tell(adopt).reply()).isEqualTo(Reply.of(Vote.ACCEPT));
        assertThat(ledger.tell(adopt).events()).isEmpty();
        ledger.assertUsage("web", 0, 24, 0);
        ledger.end("adopt/w", 2);
        assertThat(ledger.tell(adopt)).as("its end is known a while").isEqualTo(Result.nothing());
        ledger.pass(Duration.ofMinutes(30));
        ledger.meter("w", 5);
        assertThat(last()).isEqualTo(metered(5, 5, 0));
        ledger.assertUsage("web", 5, 19, 0);
    }

    @Test
    void whatRanBeforeThePeriodIsNotPaidFromIt() {
        double inMarch = 2 * (30 * 24 + 14);
        ledger.allocate(Ledger.node("web", "team-a", 600, 1));
        var small =
                new Adopt("adopt/w", action(0.1), Instant.parse("2026-02-28T23:00:00Z"), ledger.now.plusSeconds(30));
        assertThat(ledger.tell(small).reply()).isEqualTo(Reply.of(Vote.ACCEPT));
        ledger.meter("w", (inMarch + 2) / 10);
        assertThat(last()).isEqualTo(metered((inMarch + 2) / 10, inMarch / 10, 0));
    }

    private Adopt adopt(Instant since) {
        return new Adopt("adopt/w", action(1), since, ledger.now.plusSeconds(30));
    }

    private static Action action(double unit) {
        return Action.of(ActionClass.SCALE_OUT, "w", "web", "eu", 0, 2, Money.dollars(unit));
    }

    @Test
    void aMillionthTooMuchIsRounding() {
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofHours(1));
        ledger.meter("w", 10.000001);
        assertThat(last()).isEqualTo(metered(10.000001, 10, 0));
        ledger.assertUsage("web", 10, 90, 0);
    }

    @Test
    void aBillerThatRoundsUpEachTimeDoesNotBreakALimitUsedToTheFull() {
        ledger.allocate(Ledger.node("web", "team-a", 3.333334, 1)); // a third of a dollar per hour, rounded up
        assertThat(ledger.hold("d1", "w", "web", 0, 1, 0.333333, Priority.P2)).isEqualTo(Reply.of(Vote.ACCEPT));
        ledger.confirm("d1");
        ledger.end("d1", 1);
        for (int i = 0; i < 1000; i++) {
            Instant before = ledger.now;
            ledger.pass(Duration.ofMillis(17_321));
            Money billed = Rates.cost(Money.dollars(0.333333), before, ledger.now);
            ledger.tell(new Meter(new Origin("meter", i), "w", billed, ledger.now));
        }
    }

    @Test
    void theCostBeforeAndAfterAChangeIsToldApart() {
        ledger.grow("d1", "w", "web", 0, 4);
        ledger.pass(Duration.ofHours(2));
        ledger.hold("d2", "w", "web", 4, 9);
        ledger.confirm("d2");
        ledger.assertUsage("web", 0, 4 * 10 + 5 * 8, 0);
        ledger.pass(Duration.ofHours(1));
        ledger.end("d2", 5);
        Instant reading = Ledger.START.plus(Duration.ofHours(1)); // late, from before the change
        ledger.tell(new Meter(new Origin("meter", 1), "w", Money.dollars(4), reading));
        ledger.assertUsage("web", 4, 4 + 9 * 8, 0);
        ledger.meter("w", 4 + 9);
        ledger.assertUsage("web", 17, 9 * 7, 0);
    }

    @Test
    void theBillingMinimumStaysCovered() {
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofSeconds(30));
        ledger.hold("d2", "w", "web", 10, 0);
        ledger.confirm("d2");
        ledger.end("d2", 10);
        ledger.pass(Duration.ofSeconds(90));
        ledger.meter("w", 10 / 60.0); // sixty seconds of ten
        ledger.assertUsage("acme", 0.166667, 0, 0);
        assertThat(last().overrun()).isEqualTo(Money.ZERO);
        assertThat(ledger.state.commitments()).isEmpty();
        assertThat(ledger.meter("w", 0)).isEqualTo(Reply.refused("unknown_resource"));
    }

    private Metered last() {
        return (Metered) ledger.journal.get(ledger.journal.size() - 1);
    }

    private Metered metered(double billed, double spent, double overrun) {
        return new Metered(
                ledger.now,
                last().origin(),
                "w",
                Money.dollars(billed),
                ledger.now,
                Money.dollars(spent),
                Money.dollars(overrun),
                Ledger.MONTH_END);
    }
}
