package io.novacron.zeroops.agents.budget;

import static io.novacron.zeroops.agents.budget.Ledger.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetEvent.Allocated;
import io.novacron.zeroops.agents.budget.BudgetEvent.Funding;
import io.novacron.zeroops.agents.budget.BudgetEvent.Metered;
import io.novacron.zeroops.agents.budget.BudgetEvent.Noted;
import io.novacron.zeroops.agents.budget.BudgetEvent.PeriodRenewed;
import io.novacron.zeroops.agents.budget.BudgetEvent.PeriodRenewed.Closing;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BudgetRenewalTest {
    private static final Instant APRIL_END = Instant.parse("2026-05-01T00:00:00Z");
    private static final double HOURS = 30 * 24;
    private final Ledger ledger = Ledger.withTree();

    /** Three resources; April has money for 1 dollar per hour at team-a, and for half an instance at db. */
    private void refuseTwo() {
        ledger.allocate(node("acme", "", 5000, 0), node("team-a", "acme", 800, 5), node("web", "team-a", 720, 1));
        ledger.allocate(node("team-b", "acme", 2000, 5), node("db", "team-b", 360, 9));
        ledger.grow("d1", "w-1", "web", 0, 1);
        ledger.grow("d2", "w-2", "web", 0, 1);
        ledger.grow("d3", "db-1", "db", 0, 1);
        ledger.tickAt(Ledger.MONTH_END);
    }

    @Test
    void aNewMonthStartsWithNothingSpentAndCommitsWhatRuns() {
        ledger.allocate(node("acme", "", 5000, 0), node("team-a", "acme", 5000, 5), node("web", "team-a", 5000, 1));
        ledger.grow("d1", "w", "web", 0, 3);
        ledger.pass(Duration.ofHours(1));
        ledger.meter("w", 3);
        ledger.tickAt(Ledger.MONTH_END.minusMillis(1));
        ledger.assertUsage("acme", 3, 27, 0);
        ledger.tickAt(Ledger.MONTH_END);
        ledger.assertUsage("acme", 0, 3 * HOURS, 0);
        var renewed = lastRenewal();
        assertThat(renewed.closed()).containsExactly(new Closing("acme", Money.dollars(30), Money.dollars(27)));
        assertThat(renewed.refused()).isEmpty();
        assertThat(renewed.notice()).isEmpty();
        assertThat(renewed.period()).isEqualTo(new Period(Ledger.MONTH_END, APRIL_END));
        assertThat(ledger.agent.deadline(ledger.state).orElseThrow().at()).isEqualTo(APRIL_END);
        assertThat(ledger.agent.pending(ledger.state)).isEmpty();
    }

    @Test
    void aBillForBothMonthsCountsItsPartOfTheOldOneThere() {
        ledger.allocate(node("acme", "", 5000, 0), node("team-a", "acme", 5000, 5), node("web", "team-a", 5000, 1));
        ledger.grow("d1", "w", "web", 0, 3);
        ledger.tickAt(Ledger.MONTH_END.plus(Duration.ofHours(2)));
        var late = new BudgetCommand.Meter(
                new Origin("meter", 1), "w", Money.dollars(15), Ledger.MONTH_END.minus(Duration.ofHours(5)));
        ledger.tell(late); // of the old month only
        ledger.assertUsage("acme", 0, 3 * HOURS, 0);
        ledger.meter("w", 3 * 5 + 3 * 2);
        ledger.assertUsage("acme", 6, 3 * (HOURS - 2), 0);
        assertThat(((Metered) ledger.journal.get(ledger.journal.size() - 1)).overrun())
                .isEqualTo(Money.ZERO);
    }

    @Test
    void whatNoLongerRunsStaysOneMonthForItsLastBill() {
        ledger.grow("d1", "w", "web", 0, 3);
        ledger.hold("d2", "w", "web", 3, 0);
        ledger.confirm("d2");
        ledger.end("d2", 3);
        ledger.tickAt(Ledger.MONTH_END);
        assertThat(ledger.state.commitments()).containsOnlyKeys("w");
        assertThat(lastRenewal().refused()).isEmpty();
        ledger.assertUsage("acme", 0, 0, 0);
        ledger.tickAt(APRIL_END);
        assertThat(ledger.state.commitments()).isEmpty();
    }

    @Test
    void tentativeHoldsEndWithTheirPeriodAndFirmOnesOutliveIt() {
        ledger.now = Ledger.MONTH_END.minusSeconds(10);
        var hold = ledger.holdOf("d1", "w", "web", 0, 3, 1, Priority.P2);
        ledger.tell(hold);
        ledger.hold("firm", "v", "web", 0, 30);
        ledger.confirm("firm");
        ledger.hold("less", "v", "web", 30, 27); // holds no money, and so no money of the old period
        ledger.now = Ledger.MONTH_END;
        assertThat(ledger.confirm("d1")).isEqualTo(Reply.refused("not_held")); // before any tick
        assertThat(ledger.tell(hold)).isEqualTo(Result.refused("decision_ended"));
        assertThat(ledger.confirm("less")).isEqualTo(Reply.DONE);
        assertThat(ledger.state.period().start()).isEqualTo(Ledger.MONTH_END);
        assertThat(ledger.end("firm", 0)).isEqualTo(Reply.DONE);
        assertThat(ledger.state.commitment("v").orElseThrow().finalRatePerHour())
                .isEqualTo(Money.ZERO);
        ledger.assertUsage("acme", 0, 0.5, 0); // thirty for a minute
        assertThat(ledger.state.commitment("v").orElseThrow().until()).isEqualTo(APRIL_END);
    }

    @Test
    void renewsByPriorityThenByNameAndFundsTheRefusedAsFarAsTheMoneyGoes() {
        refuseTwo();
        var renewed = lastRenewal();
        // db has the higher priority, and so is drained last; its money lasts for half of the month.
        assertThat(renewed.refused())
                .containsExactly(
                        new Funding("w-2", Ledger.MONTH_END),
                        new Funding("db-1", Ledger.MONTH_END.plus(Duration.ofDays(15))));
        ledger.assertUsage("web", 0, 720, 0);
        ledger.assertUsage("db", 0, 360, 0);
        var notify = (Effect.Notify) ledger.agent.pending(ledger.state).get(0);
        assertThat(notify)
                .isEqualTo(new Effect.Notify(
                        "acme/renewal/2026-04-01T00:00:00Z",
                        "budget-owners",
                        "acme: no money to renew, to be drained in this order: w-2 (money until 2026-04-01T00:00:00Z), "
                                + "db-1 (money until 2026-04-16T00:00:00Z)"));
    }

    @Test
    void theNoticeEndsByItsAcknowledgementOrItsDeadline() {
        refuseTwo();
        String id = ledger.agent.pending(ledger.state).get(0).id();
        assertThat(settle("other", Outcome.DONE)).isEqualTo(Result.refused("not_pending"));
        assertThat(settle(id, new Outcome.Failed("busy", true))).isEqualTo(Result.nothing());
        BudgetState pending = ledger.state;
        assertThat(settle(id, Outcome.DONE).events()).containsExactly(Noted.closed(ledger.now, id, true));
        assertThat(settle(id, Outcome.DONE)).isEqualTo(Result.refused("not_pending"));
        ledger.state = pending;
        assertThat(settle(id, new Outcome.Failed("gone", false)).events())
                .containsExactly(Noted.closed(ledger.now, id, false));
        ledger.state = pending;
        Instant deadline = Ledger.MONTH_END.plus(BudgetPolicy.DEFAULT.noticePatience());
        assertThat(ledger.agent.deadline(pending).orElseThrow().at()).isEqualTo(deadline);
        ledger.tickAt(deadline.minusMillis(1));
        assertThat(ledger.agent.pending(ledger.state)).hasSize(1);
        ledger.tickAt(deadline);
        assertThat(ledger.agent.pending(ledger.state)).isEmpty();
        assertThat(ledger.agent.deadline(ledger.state).orElseThrow().at()).isEqualTo(APRIL_END);
    }

    @Test
    void aLongNoticeNamesTheFirstAndCountsTheRest() {
        for (int i = 0; i < 60; i++) {
            ledger.grow("d" + i, "db-%02d".formatted(i), "db", 0, 1);
        }
        ledger.tickAt(Ledger.MONTH_END);
        assertThat(lastRenewal().refused()).hasSize(60);
        String text = lastRenewal().notice().orElseThrow().text();
        assertThat(text)
                .contains("order: db-59 (")
                .contains("db-10 (")
                .doesNotContain("db-09")
                .endsWith(", and 10 more");
    }

    @Test
    void aRaisedLimitFundsWhatWasRefused() {
        refuseTwo();
        ledger.pass(Duration.ofDays(1));
        ledger.allocate(node("db", "team-b", 500, 9), node("web", "team-a", 800, 1));
        var allocated = (Allocated) ledger.journal.get(ledger.journal.size() - 1);
        assertThat(allocated.funded())
                .containsExactly(
                        new Funding("db-1", Ledger.MONTH_END.plus(Duration.ofHours(500))),
                        new Funding("w-2", Ledger.MONTH_END.plus(Duration.ofHours(80))));
        ledger.allocate(node("db", "team-b", 720, 9));
        assertThat(ledger.state.commitment("db-1").orElseThrow().until()).isEqualTo(APRIL_END);
        ledger.assertUsage("team-b", 0, 720, 0);
    }

    @Test
    void aRefusedCommitmentGetsMoreWhenItIsBilledLessOrShrinks() {
        refuseTwo();
        ledger.pass(Duration.ofHours(10));
        ledger.meter("db-1", 10 + 4); // ten of them were of March
        assertThat(ledger.state.commitment("db-1").orElseThrow().until())
                .isEqualTo(Ledger.MONTH_END.plus(Duration.ofHours(366)));
        ledger.assertUsage("db", 4, 356, 0);
        ledger.hold("d4", "w-1", "web", 1, 0);
        ledger.confirm("d4");
        ledger.end("d4", 1);
        ledger.assertUsage("web", 0, 10 + 1 / 60.0, 0);
        ledger.meter("w-2", 0); // runs without money, but nothing was billed yet
        assertThat(ledger.state.commitment("w-2").orElseThrow().until())
                .isBetween(APRIL_END.minusSeconds(61), APRIL_END.minusSeconds(60)); // w-1 has a minute's money
    }

    @Test
    void whatRunsOnWithoutMoneyIsAnOverrun() {
        refuseTwo();
        ledger.mayOverrun = true;
        ledger.pass(Duration.ofHours(1));
        ledger.meter("w-2", 10 + 1); // ten of them were of March
        assertThat(((Metered) ledger.journal.get(ledger.journal.size() - 1)).overrun())
                .isEqualTo(Money.dollars(1));
        assertThat(ledger.state.violations())
                .containsExactly("web: $1 spent + $720 committed + $0 reserved exceed $720");
        assertThat(ledger.state.commitment("w-2").orElseThrow().until()).isEqualTo(ledger.now);
    }

    @Test
    void growthOfARefusedCommitmentIsPaidByItsOwnReservation() {
        refuseTwo();
        ledger.allocate(node("db", "team-b", 1000, 9));
        ledger.state.commitment("db-1").ifPresent(c -> assertThat(c.until()).isEqualTo(APRIL_END));
        BudgetState s = ledger.state;
        Commitment cut = s.commitment("db-1").orElseThrow().fundedTo(Ledger.MONTH_END.plus(Duration.ofHours(100)));
        ledger.state = s.with(cut); // as if the rest had gone elsewhere
        assertThat(ledger.hold("d4", "db-1", "db", 1, 2)).isEqualTo(Reply.of(Vote.ACCEPT));
        ledger.confirm("d4");
        // 1000 dollars at 2 per hour
        assertThat(ledger.state.commitment("db-1").orElseThrow().until())
                .isEqualTo(Ledger.MONTH_END.plus(Duration.ofHours(500)));
        ledger.assertUsage("db", 0, 1000, 0);
    }

    @Test
    void afterALongSilenceTheCurrentMonthOpens() {
        ledger.grow("d1", "w", "web", 0, 3);
        ledger.tickAt(Instant.parse("2026-07-20T00:00:00Z"));
        assertThat(ledger.state.period())
                .isEqualTo(new Period(Instant.parse("2026-07-01T00:00:00Z"), Instant.parse("2026-08-01T00:00:00Z")));
        assertThat(ledger.journal.stream().filter(PeriodRenewed.class::isInstance))
                .hasSize(1);
    }

    @Test
    void eventsOnAStateThatDoesNotKnowWhatTheyNameChangeNoMoney() {
        var origin = new Origin("meter", 1);
        var metered = new Metered(
                ledger.now, origin, "x", Money.dollars(1), ledger.now, Money.dollars(1), Money.ZERO, ledger.now);
        assertThat(metered.applyTo(ledger.state)).isEqualTo(ledger.state);
        assertThat(new BudgetEvent.Committed(ledger.now, "x", Optional.empty()).applyTo(ledger.state))
                .isEqualTo(ledger.state);
        assertThat(new BudgetEvent.HoldsLapsed(ledger.now, List.of("x")).applyTo(ledger.state))
                .isEqualTo(ledger.state);
        assertThat(Noted.closed(ledger.now, "x", true).applyTo(ledger.state)).isEqualTo(ledger.state);
        assertThat(Renewal.funded(ledger.state, List.of(new Funding("x", ledger.now))))
                .isEqualTo(ledger.state);
    }

    @Test
    void policyIsChecked() {
        assertRefused(() -> BudgetPolicy.of(Duration.ofSeconds(-1), Duration.ZERO, Duration.ofHours(1)));
        assertRefused(() -> BudgetPolicy.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofHours(1)));
        assertRefused(() -> BudgetPolicy.of(Duration.ZERO, Duration.ZERO, Duration.ZERO));
        assertRefused(() -> BudgetPolicy.of(Duration.ZERO, Duration.ZERO, Duration.ofHours(-1)));
        assertThat(BudgetPolicy.DEFAULT.billingMinimum()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void moneyIsHeldFromWhenAProviderWithASlowerClockMayBill() {
        var policy = BudgetPolicy.of(Duration.ofSeconds(60), Duration.ofSeconds(2), Duration.ofHours(1));
        Instant now = Instant.parse("2026-01-31T23:00:00Z");
        var agent = new BudgetAgent("acme", policy);
        BudgetState state = agent.initial();
        var node = new Node("web", "", Money.dollars(1000), 0);
        var action = Action.of(ActionClass.SCALE_OUT, "workload/w", "web", "eu-1", 0, 1, Money.dollars(3600));
        for (Command command : List.of(
                new Allocate("ann", List.of(node)),
                new ReviewCommand.Hold("d1", action, Priority.P2, now.plusSeconds(30)))) {
            state = Turn.take(agent, state, command, now).after();
        }
        assertThat(state.usageOf("web").reserved()).isEqualTo(Money.ZERO); // $3,602 would be needed
        state = Turn.take(agent, state, new Allocate("ann", List.of(new Node("web", "", Money.dollars(3602), 0))), now)
                .after();
        state = Turn.take(agent, state, new ReviewCommand.Hold("d2", action, Priority.P2, now.plusSeconds(30)), now)
                .after();
        assertThat(state.usageOf("web").reserved()).isEqualTo(Money.dollars(3602));
    }

    private static void assertRefused(ThrowingCallable creation) {
        assertThatIllegalArgumentException().isThrownBy(creation).withMessageContaining("out of range");
    }

    private PeriodRenewed lastRenewal() {
        return ledger.journal.stream()
                .filter(PeriodRenewed.class::isInstance)
                .map(PeriodRenewed.class::cast)
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private Result<BudgetEvent> settle(String id, Outcome outcome) {
        return ledger.tell(ledger.agent.settle(id, outcome));
    }
}
