package io.novacron.zeroops.agents.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetEvent.HoldEnded;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.Vote.Counter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the end of a decision gives back, and when. */
class BudgetEndTest {
    private final Ledger ledger = Ledger.withTree();

    @Test
    void endOfATentativeHoldGivesBackAllAndForgetsInTime() {
        ledger.hold("d1", "w", "web", 0, 10);
        Instant until = ledger.now.plusSeconds(30);
        ledger.end("d1", 0);
        ledger.assertUsage("web", 0, 0, 0);
        assertThat(ledger.state.commitments()).isEmpty();
        assertThat(ledger.end("d1", 0)).isEqualTo(Reply.DONE);
        assertThat(ledger.journal).hasSize(3);
        ledger.tickAt(until);
        assertThat(ledger.state.holds()).isEqualTo(Holds.NONE);
        assertThat(ledger.tell(new End("d1", 0, until))).isEqualTo(Result.nothing());
    }

    @Test
    void endOfAGrowthKeepsWhatWasAchievedAndTheRestForTheBillingMinimum() {
        ledger.hold("d1", "w", "web", 0, 10);
        ledger.confirm("d1");
        ledger.end("d1", 6);
        ledger.end("d1", 6);
        ledger.assertUsage("acme", 0, 60 + 4 / 60.0, 0); // 4 instances for a minute
        ledger.pass(Duration.ofMinutes(2));
        ledger.meter("w", 6 / 30.0);
        ledger.assertUsage("acme", 0.2, 59.8, 0);
    }

    @Test
    void achievedIsTakenWithinTheActionsSize() {
        ledger.hold("d1", "w", "web", 0, 5);
        ledger.confirm("d1");
        ledger.end("d1", 99);
        ledger.assertUsage("web", 0, 50, 0);
        ledger.hold("d2", "w", "web", 5, 7);
        ledger.confirm("d2");
        ledger.end("d2", -1);
        assertThat(rate("w")).isEqualTo(Money.dollars(5));
    }

    @Test
    void shrinkingReleasesWhatLiesAfterTheBillingMinimum() {
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.hold("d2", "w", "web", 10, 4);
        ledger.confirm("d2");
        ledger.assertUsage("web", 0, 100, 0);
        ledger.end("d2", 6);
        ledger.end("d2", 6);
        ledger.assertUsage("web", 0, 40 + 0.1, 0); // 6 $/h for a minute
        assertThat(rate("w")).isEqualTo(Money.dollars(4));
        assertThat(((Counter) ledger.hold("d3", "v", "web", 0, 9).answer()).to())
                .isEqualTo(5);
    }

    @Test
    void aShrinkageThatWasNotExecutedReleasesNothing() {
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.hold("d2", "w", "web", 10, 4);
        ledger.end("d2", 6);
        ledger.assertUsage("web", 0, 100, 0);
        ledger.hold("d3", "w", "web", 10, 4);
        ledger.confirm("d3");
        ledger.end("d3", 0);
        ledger.assertUsage("web", 0, 100, 0);
    }

    @Test
    void theEndOfAnOlderDecisionMayComeAfterTheConfirmOfANewerOne() {
        ledger.hold("d1", "w", "web", 0, 4);
        ledger.confirm("d1");
        ledger.hold("d2", "w", "web", 3, 6);
        ledger.confirm("d2");
        ledger.end("d1", 3);
        assertThat(rate("w")).isEqualTo(Money.dollars(6));
        ledger.hold("d3", "w", "web", 6, 0);
        ledger.confirm("d3");
        ledger.end("d3", 6);
        assertThat(rate("w")).isEqualTo(Money.ZERO);
        ledger.end("d2", 3);
        assertThat(rate("w")).isEqualTo(Money.ZERO);
        ledger.assertUsage("web", 0, 7 / 60.0, 0); // what ran up to now is billed for a minute more
        ledger.pass(Duration.ofMinutes(2));
        ledger.meter("w", 0);
        assertThat(ledger.state.commitments()).isEmpty();
    }

    @Test
    void theRateNeverFallsBelowZero() {
        ledger.grow("d1", "w", "web", 0, 4);
        ledger.hold("d2", "w", "web", 10, 0);
        ledger.confirm("d2");
        ledger.end("d2", 10);
        assertThat(rate("w")).isEqualTo(Money.ZERO);
        ledger.assertUsage("web", 0, 4 / 60.0, 0);
        ledger.hold("d3", "w", "web", 1, 0);
        ledger.confirm("d3");
        ledger.end("d3", 1);
        assertThat(((HoldEnded) ledger.journal.get(ledger.journal.size() - 1)).release())
                .isEmpty();
    }

    private Money rate(String resource) {
        return ledger.state.commitment(resource).orElseThrow().finalRatePerHour();
    }
}
