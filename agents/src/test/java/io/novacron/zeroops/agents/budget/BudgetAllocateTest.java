package io.novacron.zeroops.agents.budget;

import static io.novacron.zeroops.agents.budget.Ledger.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetEvent.Allocated;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Expiries;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetAllocateTest {
    private final Ledger ledger = Ledger.withTree();

    @Test
    void theFirstOpensTheCurrentMonth() {
        var allocated = (Allocated) ledger.journal.get(0);
        assertThat(allocated.person()).isEqualTo("person-1");
        assertThat(allocated.period()).isEqualTo(new Period(Instant.parse("2026-03-01T00:00:00Z"), Ledger.MONTH_END));
        assertThat(ledger.state.period()).isEqualTo(allocated.period());
        assertThat(new Ledger().agent.deadline(BudgetState.INITIAL)).isEmpty();
    }

    @Test
    void repeatsChangeNothing() {
        Allocate same = new Allocate("person-2", List.of(node("web", "team-a", 100, 1)));
        assertThat(ledger.tell(same)).isEqualTo(Result.nothing());
    }

    @Test
    void refusesWhatIsNoTree() {
        BudgetState before = ledger.state;
        assertThat(ledger.tell(new Allocate(" ", List.of(node("x", "acme", 1, 0)))))
                .isEqualTo(Result.refused("person_missing"));
        assertRefused("nodes_missing");
        assertRefused("node_id_missing", node("", "acme", 1, 0));
        assertRefused("duplicate_node", node("x", "acme", 1, 0), node("x", "acme", 2, 0));
        assertRefused("limit_out_of_range", node("x", "acme", 0, 0));
        assertRefused("limit_out_of_range", node("x", "acme", 1_000_000_000.000001, 0));
        assertRefused("unknown_parent", node("x", "nobody", 1, 0));
        assertRefused("cycle", node("x", "x", 1, 0));
        assertRefused("cycle", node("acme", "web", 1000, 0));
        assertRefused("cycle", node("x", "y", 1, 0), node("y", "x", 1, 0));
        assertThat(ledger.state).isEqualTo(before);
        assertThat(ledger.allocate(node("x", "acme", 1_000_000_000, 0))).isEqualTo(Reply.DONE);
    }

    @Test
    void boundsNumberAndDepth() {
        Node[] many = IntStream.range(0, Tree.NODES_MAX - 5)
                .mapToObj(i -> node("n" + i, "acme", 1, 0))
                .toArray(Node[]::new);
        assertThat(ledger.allocate(many)).isEqualTo(Reply.DONE);
        assertRefused("too_many_nodes", node("one-more", "acme", 1, 0));

        var deep = new Ledger();
        Node[] chain = IntStream.range(0, Tree.DEPTH_MAX)
                .mapToObj(i -> node("n" + i, i == 0 ? "" : "n" + (i - 1), 1, 0))
                .toArray(Node[]::new);
        assertThat(deep.allocate(chain)).isEqualTo(Reply.DONE);
        assertThat(deep.allocate(node("deeper", "n" + (Tree.DEPTH_MAX - 1), 1, 0)))
                .isEqualTo(Reply.refused("too_deep"));
        assertThat(deep.allocate(node("top", "", 1, 0), node("n0", "top", 1, 0)))
                .isEqualTo(Reply.refused("too_deep")); // pushes the lowest down
    }

    @Test
    void aLimitMayFallToWhatIsUsedAndNotBelow() {
        ledger.hold("d1", "w", "web", 0, 3);
        ledger.grow("d2", "v", "web", 0, 3);
        assertRefused("limit_below_use", node("web", "team-a", 59.999999, 1));
        assertRefused("limit_below_use", node("team-a", "acme", 59.999999, 1));
        assertThat(ledger.allocate(node("web", "team-a", 60, 1))).isEqualTo(Reply.DONE);
    }

    @Test
    void aNodeThatMovesTakesItsUseAlong() {
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofHours(1));
        ledger.meter("w", 10);
        ledger.hold("d2", "v", "team-a", 0, 1);
        assertThat(ledger.allocate(node("web", "team-b", 100, 1))).isEqualTo(Reply.DONE);
        ledger.assertUsage("team-a", 0, 0, 9);
        ledger.assertUsage("team-b", 10, 90, 0);
        ledger.assertUsage("acme", 10, 90, 9);
        ledger.grow("d3", "u", "team-a", 0, 50);
        assertRefused("limit_below_use", node("team-b", "team-a", 600, 1), node("team-a", "acme", 549, 1));
    }

    @Test
    void aNodeThatIsOverItsLimitDoesNotStandInTheWayOfOthers() {
        ledger.mayOverrun = true;
        ledger.grow("d1", "w", "web", 0, 10);
        ledger.pass(Duration.ofHours(1));
        ledger.meter("w", 20);
        assertThat(ledger.state.violations()).hasSize(1);
        assertThat(ledger.allocate(node("db", "team-b", 500, 9))).isEqualTo(Reply.DONE);
        assertRefused("limit_below_use", node("web", "team-a", 101, 1));
        assertThat(ledger.allocate(node("web", "team-a", 110, 1))).isEqualTo(Reply.DONE);
        assertThat(ledger.state.violations()).isEmpty();
    }

    @Test
    void theBooksAreCheckedAgainstEachOther() {
        ledger.hold("d1", "w", "web", 0, 3);
        ledger.grow("d2", "v", "web", 0, 3);
        BudgetState s = ledger.state;
        assertThat(s.with(s.tree().using("web", Usage.ofSpent(Money.dollars(1))))
                        .violations())
                .hasSize(3)
                .allMatch(v -> v.contains("running total"));
        assertThat(s.spending("web", Money.dollars(-1)).violations())
                .contains("web: negative: $-1 spent + $30 committed + $30 reserved");
        assertThat(s.spending("nobody", Money.dollars(1)).violations()).contains("nobody: is used, but no node");
        var r = s.reservations();
        var noOrder = new Reservations(
                new Holds(r.holds().open(), Expiries.NONE, r.holds().ended()), r.amounts());
        var noMoney = new Reservations(r.holds(), Reservations.NONE.amounts());
        assertThat(withReservations(s, noOrder).violations()).hasSize(1).allMatch(v -> v.contains("order of lapses"));
        assertThat(withReservations(s, noMoney).violations()).hasSize(4).anyMatch(v -> v.contains("no tentative hold"));
    }

    @Test
    void everyCommandIsHandled() {
        var hold = ledger.holdOf("d1", "w", "web", 0, 3, 1, Priority.P2);
        Set<Class<?>> seen = new HashSet<>();
        for (Command command : List.of(
                new Allocate("p", List.of()),
                new BudgetCommand.Meter(new Origin("meter", 1), "w", Money.ZERO, ledger.now),
                ledger.agent.settle("x", Outcome.DONE),
                new BudgetCommand.Tick(),
                new BudgetCommand.Reallocate("p", "a", "b", Money.ZERO, Money.ZERO),
                new BudgetCommand.ReportAnomaly(
                        new Watch.Anomaly("", "w", ledger.now, ledger.now, Money.ZERO, Money.ZERO)),
                new BudgetCommand.Adopt("d0", hold.action(), ledger.now, hold.until()),
                hold,
                new Confirm("d1"),
                new End("d1", 0, ledger.now))) {
            seen.add(command.getClass());
            assertThat(ledger.tell(command).reply().code()).isNotEqualTo("unknown_command");
        }
        List<Class<?>> permitted = new ArrayList<>(List.of(BudgetCommand.class.getPermittedSubclasses()));
        permitted.addAll(List.of(ReviewCommand.class.getPermittedSubclasses()));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(permitted);
        assertThat(ledger.tell(new Command() {})).isEqualTo(Result.refused("unknown_command"));
    }

    private static BudgetState withReservations(BudgetState s, Reservations other) {
        return new BudgetState(
                s.asOf(), s.period(), s.tree(), other, s.spent(), s.commitments(), s.notices(), s.watch());
    }

    private void assertRefused(String code, Node... nodes) {
        assertThat(ledger.allocate(nodes)).isEqualTo(Reply.refused(code));
    }
}
