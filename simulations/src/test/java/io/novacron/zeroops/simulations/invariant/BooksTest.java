package io.novacron.zeroops.simulations.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetEvent.Committed;
import io.novacron.zeroops.agents.budget.BudgetEvent.HoldsLapsed;
import io.novacron.zeroops.agents.budget.BudgetEvent.Reserved;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Observed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The second set of books agrees with a budget that counts right, and with no other. */
class BooksTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = AT.plusSeconds(30);
    private static final String WEB = "workload/web";
    private static final Action GROW = Action.of(ActionClass.SCALE_OUT, WEB, "org", "eu-1", 0, 3, Money.dollars(1));

    private final BudgetAgent budget = new BudgetAgent("main", BudgetPolicy.DEFAULT);
    private final Verdicts verdicts = new Verdicts();
    private final Books books = new Books(verdicts, new Decisions(verdicts));
    private BudgetState state = budget.initial();
    private boolean whole; // whether all resources are compared

    @BeforeEach
    void funded() {
        tell(new Allocate("ann", List.of(new Node("org", "", Money.dollars(100_000), 0))));
    }

    private void tell(Command command) {
        saw(budget.decide(state, command, AT).events());
    }

    private void saw(List<BudgetEvent> events) {
        for (BudgetEvent event : events) {
            state = budget.apply(state, event);
        }
        books.saw(events, state, whole, AT);
    }

    private void grown() {
        tell(new Hold("d/1", GROW, Priority.P2, UNTIL));
        tell(new Confirm("d/1"));
        assertThat(verdicts.problems()).isEmpty();
    }

    private void assertFound(String problem) {
        assertThat(String.join("\n", verdicts.problems())).contains(problem);
    }

    @Test
    void aSoundBudgetAgreesToTheEnd() {
        grown();
        tell(new Confirm("d/1"));
        tell(new End("d/1", 3, UNTIL));
        tell(new End("d/1", 3, UNTIL));
        books.settled(new Observed(WEB, 1, Condition.RUNNING, 3, 0), 0, AT);
        assertThat(verdicts.problems()).isEmpty();
    }

    @Test
    void moneyThatWasCommittedTwice() {
        grown();
        saw(List.of(new Committed(
                AT,
                "d/1",
                Optional.of(new BudgetEvent.Repricing(WEB, "org", AT, Money.dollars(3), AT.plusSeconds(3600))))));
        assertFound("d/1 got its money twice");
    }

    @Test
    void moneyThatWasGivenBackWithoutCause() {
        grown();
        tell(new End("d/1", 1, UNTIL)); // nothing says that only one was achieved
        assertFound("has $1 per hour, by what was decided and done $3");
    }

    @Test
    void moneyThatWasNotPromisedOrPromisedTwice() {
        saw(List.of(new Committed(AT, "d/9", Optional.empty())));
        assertFound("d/9 got money that was not promised");
        tell(new Hold("d/1", GROW, Priority.P2, UNTIL));
        saw(List.of(
                new Reserved(AT, "d/1", GROW, Priority.P2, Vote.ACCEPT, UNTIL, UNTIL, Money.dollars(1), List.of())));
        assertFound("d/1 was promised money twice");
    }

    @Test
    void moneyOfAResourceThatTheEventsDoNotName() {
        var elsewhere = new BudgetEvent.Repricing("workload/api", "org", AT, Money.dollars(1), UNTIL);
        state = budget.apply(state, new Committed(AT, "d/1", Optional.of(elsewhere)));
        saw(List.of(new HoldsLapsed(AT, List.of())));
        assertThat(verdicts.problems()).isEmpty();
        whole = true;
        saw(List.of(new HoldsLapsed(AT, List.of())));
        assertFound("workload/api has money that nobody decided on");
    }

    @Test
    void firmMoneyThatLapses() {
        grown();
        saw(List.of(new HoldsLapsed(AT, List.of("d/1"))));
        assertFound("d/1 lost money that was firmly its own");
    }

    @Test
    void moneyThatIsNotWhatRuns() {
        grown();
        tell(new End("d/1", 3, UNTIL));
        books.settled(new Observed(WEB, 1, Condition.RUNNING, 4, 0), 0, AT);
        assertFound("runs at $4 per hour, and only $3 is committed");
        books.settled(new Observed(WEB, 1, Condition.RUNNING, 2, 0), 0, AT);
        assertFound("runs at $2 per hour, but $3 is committed");
    }
}
