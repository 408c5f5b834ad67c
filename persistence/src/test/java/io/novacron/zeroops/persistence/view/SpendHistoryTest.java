package io.novacron.zeroops.persistence.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Adopt;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpendHistoryTest {
    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final BudgetAgent agent = new BudgetAgent("main", BudgetPolicy.DEFAULT);
    private final SpendHistory history = new SpendHistory(10);
    private BudgetState state = agent.initial();
    private int number;

    @BeforeEach
    void twoProjects() {
        tell(
                new Allocate(
                        "p",
                        List.of(
                                new Node("org", "", Money.dollars(1e6), 0),
                                new Node("a", "org", Money.dollars(1e6), 0),
                                new Node("b", "org", Money.dollars(1e6), 0))),
                T0);
        for (String project : List.of("a", "b")) {
            var action = Action.of(ActionClass.SCALE_OUT, "workload/" + project, project, "eu", 0, 1, Money.dollars(1));
            tell(new Adopt("adopt/" + project, action, T0, T0.plusSeconds(30)), T0);
        }
    }

    private void tell(Command command, Instant now) {
        var taken = Turn.take(agent, state, command, now);
        assertThat(taken.result().reply().accepted()).isTrue();
        for (BudgetEvent event : taken.result().events()) {
            history.event(state, event);
            state = agent.apply(state, event);
        }
    }

    private void bill(String project, double dollars, Instant upTo) {
        tell(new Meter(new Origin("m", ++number), "workload/" + project, Money.dollars(dollars), upTo), upTo);
    }

    private static long day(int number) {
        return T0.plus(DAY.multipliedBy(number)).getEpochSecond() / DAY.toSeconds();
    }

    @Test
    void aNodesDaysAreThoseOfAllBelowIt() {
        bill("a", 24, T0.plus(DAY));
        bill("b", 96, T0.plus(DAY.multipliedBy(2))); // for two days
        bill("a", 72, T0.plus(DAY.multipliedBy(4))); // for three
        assertThat(history.days(state, "a", day(3))).containsExactly(24, 24, 24, 24);
        assertThat(history.days(state, "org", day(3))).containsExactly(72, 72, 24, 24);
        assertThat(history.days(state, "org", day(1))).containsExactly(72, 72);
        assertThat(history.days(state, "b", day(2))).containsExactly(48, 48, Double.NaN);
        assertThat(history.days(state, "org", day(-1))).isEmpty();
    }

    @Test
    void theOldestRecordsGoAndItSaysSo() {
        for (int hour = 1; hour <= 10; hour++) {
            bill("a", hour, T0.plusSeconds(3600L * hour));
        }
        assertThat(history.page(Instant.MIN, Instant.MAX, 0, 3).isWhole()).isTrue();
        for (int hour = 11; hour <= 15; hour++) {
            bill("a", hour, T0.plusSeconds(3600L * hour));
        }
        var page = history.page(Instant.MIN, Instant.MAX, 0, 3);
        assertThat(page.isWhole()).isFalse();
        assertThat(page.records())
                .extracting(record -> record.billed().toDollars())
                .containsExactly(6.0, 7.0, 8.0);
        var next = history.page(Instant.MIN, Instant.MAX, page.next(), 100);
        assertThat(next.records()).hasSize(7);
        assertThat(history.page(Instant.MIN, Instant.MAX, next.next(), 100).records())
                .isEmpty();
        bill("b", 1, T0.plusSeconds(3600L * 16));
        assertThat(history.page(Instant.MIN, Instant.MAX, next.next(), 100).records())
                .hasSize(1);
        assertThat(history.page(T0.plusSeconds(13 * 3600), T0.plusSeconds(14 * 3600), 0, 100)
                        .records())
                .singleElement()
                .satisfies(record -> assertThat(record.billed()).isEqualTo(Money.dollars(14)));
    }

    @Test
    void aBillIsSharedOutByTimeAndNothingIsLost() {
        var record = new CostRecord(
                "workload/a",
                "a",
                "org",
                "eu",
                T0.plusSeconds(1800),
                T0.plusSeconds(2 * 3600 + 900),
                Money.dollars(7),
                Money.ZERO);
        Map<Long, Double> hours = new TreeMap<>();
        record.spread(3_600_000, (hour, dollars) -> hours.merge(hour, dollars, Double::sum));
        assertThat(hours.values()).containsExactly(2.0, 4.0, 1.0);
        var old = new CostRecord("workload/a", "a", "org", "eu", Instant.EPOCH, T0, Money.dollars(500), Money.ZERO);
        hours.clear();
        old.spread(3_600_000, (hour, dollars) -> hours.merge(hour, dollars, Double::sum));
        assertThat(hours).hasSizeLessThan(1_010);
        assertThat(hours.values().stream().mapToDouble(d -> d).sum()).isBetween(499.999, 500.001);
    }
}
