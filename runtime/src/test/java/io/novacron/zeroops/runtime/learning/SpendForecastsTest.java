package io.novacron.zeroops.runtime.learning;

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
import io.novacron.zeroops.persistence.view.SpendHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpendForecastsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private final BudgetAgent agent = new BudgetAgent("main", BudgetPolicy.DEFAULT);
    private final SpendHistory history = new SpendHistory();
    private final SpendForecasts forecasts = new SpendForecasts(30);
    private BudgetState state = agent.initial();
    private Instant now = START;
    private int day;

    private void tell(Command command) {
        var taken = Turn.take(agent, state, command, now);
        assertThat(taken.result().reply().accepted()).isTrue();
        for (BudgetEvent event : taken.result().events()) {
            history.event(state, event);
            state = agent.apply(state, event);
        }
    }

    private void billedUntil(int days) {
        for (; day < days; now = START.plus(DAY.multipliedBy(day))) {
            now = START.plus(DAY.multipliedBy(++day));
            double dollars = day % 7 < 2 ? 60 : 100;
            tell(new Meter(new Origin("m", day), "workload/web", Money.dollars(dollars), now));
        }
    }

    @Test
    void itIsReckonedOnceADayAsSoonAsThereIsEnoughToTell() {
        tell(new Allocate(
                "p",
                List.of(
                        new Node("org", "", Money.dollars(1e7), 0),
                        new Node("web", "org", Money.dollars(1e6), 0),
                        new Node("lab", "org", Money.dollars(1e6), 0))));
        var action = Action.of(ActionClass.SCALE_OUT, "workload/web", "web", "eu", 0, 1, Money.dollars(4));
        tell(new Adopt("adopt/web", action, START, START.plusSeconds(30)));
        billedUntil(13);
        forecasts.update(history, state, now.plusSeconds(7200));
        assertThat(forecasts.of("web")).isEmpty();
        billedUntil(14);
        forecasts.update(history, state, now.plusSeconds(60)); // its last bills may be missing
        assertThat(forecasts.of("web")).isEmpty();
        forecasts.update(history, state, now.plusSeconds(7200));
        assertThat(forecasts.of("web")).hasValueSatisfying(made -> {
            assertThat(made.from()).isEqualTo(START.plus(DAY.multipliedBy(14)));
            assertThat(made.low()).isEmpty();
        });
        billedUntil(100);
        forecasts.update(history, state, now.plusSeconds(7200));
        var made = forecasts.of("org").orElseThrow();
        assertThat(made.days()).isEqualTo(30);
        assertThat(made.expected().toDollars()).isBetween(2500.0, 2750.0); // of 30 days of 88.6
        assertThat(made.low().orElseThrow()).isLessThanOrEqualTo(made.expected());
        assertThat(made.high().orElseThrow()).isGreaterThanOrEqualTo(made.expected());
        assertThat(forecasts.of("lab")).isEmpty();
        billedUntil(101);
        forecasts.update(history, state, now.minusSeconds(1));
        assertThat(forecasts.of("org")).hasValue(made);
    }
}
