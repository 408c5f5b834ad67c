package io.novacron.zeroops.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the budget's own agent makes of the bills, however often the feed dies. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BillFeedTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");
    private static final Instant LATER = T0.plus(Duration.ofHours(2)); // when what was opened at T0 is billed
    private static final Money PRICE = Money.dollars(0.1);

    /** In memory, but by its own rules. */
    private static final class Budget implements BillFeed.Asking {
        private final BudgetAgent agent = new BudgetAgent("main", BudgetPolicy.DEFAULT);
        private BudgetState state = agent.initial();

        Budget() {
            var unused =
                    ask("budget/main", new Allocate("test", List.of(new Node("shop", "", Money.dollars(10_000), 1))));
        }

        @Override
        public synchronized CompletionStage<Reply> ask(String address, Command command) {
            Result<BudgetEvent> result = agent.decide(state, command, command instanceof Meter ? LATER : T0);
            for (BudgetEvent event : result.events()) {
                state = agent.apply(state, event);
            }
            return CompletableFuture.completedFuture(result.reply());
        }

        synchronized Money spent() {
            return state.usageOf("shop").spent();
        }

        synchronized Money rate() {
            return state.commitment("workload/web").orElseThrow().finalRatePerHour();
        }
    }

    /** Forgets what it was told last when its process dies. */
    private static final class Page implements BillFeed.Bookmark {
        private String text = "";
        private int writesLeft;

        @Override
        public synchronized Optional<String> read() {
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }

        @Override
        public synchronized void write(String written) {
            if (writesLeft-- <= 0) {
                throw new IllegalStateException("the process died before it wrote");
            }
            text = written;
        }

        synchronized void live(int writes) {
            writesLeft = writes;
        }

        synchronized boolean says(String part) {
            return text.contains(part);
        }
    }

    private static List<Bill> bills() {
        List<Bill> bills = new ArrayList<>();
        bills.add(new Bill.Opening(1, "workload/web", T0, 3, "shop", "region-1", PRICE));
        for (int i = 1; i <= 9; i++) {
            bills.add(new Bill.Usage(
                    1 + 2 * i, "workload/web", Money.dollars(0.01), T0.plus(Duration.ofMinutes(100 + i))));
        }
        return bills;
    }

    @Test
    void noBillIsLostOrCountsTwiceHoweverOftenItDies() throws Exception {
        var budget = new Budget();
        var page = new Page();
        List<Bill> all = bills();
        for (int life = 0; life < 12 && !page.says("\"after\":19,\"open\":[]"); life++) {
            page.live(life); // the first lives end within the opening
            try (var feed = new BillFeed(
                    after -> CompletableFuture.completedFuture(all.stream()
                            .filter(bill -> bill.sequence() > after)
                            .limit(2)
                            .toList()),
                    "budget/main",
                    budget,
                    page,
                    () -> T0)) {
                feed.start();
                Thread.sleep(300); // however far it comes
            }
        }
        assertThat(page.says("\"after\":19,\"open\":[]")).isTrue();
        assertThat(budget.spent()).isEqualTo(Money.dollars(0.09));
        assertThat(budget.rate()).isEqualTo(PRICE.times(3));
    }
}
