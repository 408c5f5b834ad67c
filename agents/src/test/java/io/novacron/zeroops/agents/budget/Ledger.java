package io.novacron.zeroops.agents.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.BudgetCommand.Tick;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A budget under test: ten hours before the month ends, so that an instance at a dollar per hour needs ten dollars.
 */
final class Ledger {
    static final Instant START = Instant.parse("2026-03-31T14:00:00Z");
    static final Instant MONTH_END = Instant.parse("2026-04-01T00:00:00Z");

    /** One clock for all, so that the figures of the examples are round. */
    static final BudgetPolicy POLICY = new BudgetPolicy(
            Duration.ofSeconds(60),
            Duration.ZERO,
            Duration.ofHours(1),
            List.of(),
            100,
            Duration.ZERO,
            Duration.ofSeconds(30),
            List.of());

    final BudgetAgent agent;
    final List<BudgetEvent> journal = new ArrayList<>();
    BudgetState state = BudgetState.INITIAL;
    Instant now = START;
    boolean mayOverrun;
    private int sequence;

    Ledger() {
        this(POLICY);
    }

    Ledger(BudgetPolicy policy) {
        this.agent = new BudgetAgent("acme", policy);
    }

    /** A root of 1000 dollars with two teams of 600; {@code web} below the first with 100, {@code db} below the second. */
    static Ledger withTree() {
        Ledger ledger = new Ledger();
        ledger.allocate(
                node("acme", "", 1000, 0),
                node("team-a", "acme", 600, 5),
                node("team-b", "acme", 600, 5),
                node("web", "team-a", 100, 1),
                node("db", "team-b", 600, 9));
        return ledger;
    }

    static Node node(String id, String parent, double dollars, int priority) {
        return new Node(id, parent, Money.dollars(dollars), priority);
    }

    Result<BudgetEvent> tell(Command command) {
        var taken = Turn.take(agent, state, command, now);
        for (BudgetEvent event : taken.result().events()) {
            state = agent.apply(state, event);
            journal.add(event);
            assertThat(state.asOf()).isEqualTo(now);
            if (!mayOverrun) {
                assertThat(state.violations()).isEmpty();
            }
        }
        assertThat(state).isEqualTo(taken.after());
        return taken.result();
    }

    Reply allocate(Node... nodes) {
        return tell(new Allocate("person-1", List.of(nodes))).reply();
    }

    Reply hold(String decision, String resource, String project, int from, int to) {
        return hold(decision, resource, project, from, to, 1, Priority.P2);
    }

    Reply hold(String decision, String resource, String project, int from, int to, double unit, Priority priority) {
        return tell(holdOf(decision, resource, project, from, to, unit, priority))
                .reply();
    }

    Hold holdOf(String decision, String resource, String project, int from, int to, double unit, Priority priority) {
        var kind = to > from ? ActionClass.SCALE_OUT : to < from ? ActionClass.SCALE_IN : ActionClass.STOP_VM;
        var action = Action.of(kind, resource, project, "eu", from, to, Money.dollars(unit));
        return new Hold(decision, action, priority, now.plusSeconds(30));
    }

    Reply confirm(String decision) {
        return tell(new Confirm(decision)).reply();
    }

    Reply end(String decision, int achieved) {
        return tell(new End(decision, achieved, now.plusSeconds(30))).reply();
    }

    Reply meter(String resource, double billed) {
        return tell(new Meter(new Origin("meter", ++sequence), resource, Money.dollars(billed), now))
                .reply();
    }

    /** Holds, confirms and ends with all achieved. */
    void grow(String decision, String resource, String project, int from, int to) {
        assertThat(hold(decision, resource, project, from, to)).isEqualTo(Reply.of(Vote.ACCEPT));
        assertThat(confirm(decision)).isEqualTo(Reply.DONE);
        assertThat(end(decision, to - from)).isEqualTo(Reply.DONE);
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    void tickAt(Instant instant) {
        now = instant;
        tell(new Tick());
    }

    void assertUsage(String node, double spent, double committed, double reserved) {
        assertThat(state.usageOf(node))
                .as(node)
                .isEqualTo(new Usage(Money.dollars(spent), Money.dollars(committed), Money.dollars(reserved)));
    }
}
