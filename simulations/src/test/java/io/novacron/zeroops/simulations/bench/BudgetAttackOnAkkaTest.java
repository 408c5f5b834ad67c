package io.novacron.zeroops.simulations.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.runtime.host.Outside;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The attack on the budget in the host of production: ten thousand at once, and the end of a node in between. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BudgetAttackOnAkkaTest {
    /** Ten hours before the month ends: ten dollars for each instance. */
    private static final Instant NOW = Instant.parse("2026-03-31T14:00:00Z");

    private static final int PROPOSALS = 10_000;
    private static final Money LIMIT = Money.dollars(1_000);
    private static final String BUDGET = "budget/main";

    /** One in two thousand is for the important project. */
    private static final int IMPORTANT_ONE_IN = 2_000;

    @TempDir
    Path folder = Path.of(".");

    private static final class NoFleet implements FleetProvider {
        @Override
        public void submit(Effect.Call call, Consumer<Outcome> ended) {
            ended.accept(Outcome.DONE);
        }

        @Override
        public void list(Consumer<List<Observed>> listed) {
            listed.accept(List.of());
        }
    }

    private static Command hold(int i) {
        boolean isImportant = i % IMPORTANT_ONE_IN == IMPORTANT_ONE_IN - 1;
        Action action = Action.of(
                ActionClass.SCALE_OUT,
                "workload/w" + i,
                isImportant ? "web" : "batch",
                "eu-1",
                0,
                isImportant ? 1 : 1 + i % 3,
                Money.dollars(1));
        return new Hold("d/" + i, action, isImportant ? Priority.P0 : Priority.P2, NOW.plusSeconds(600));
    }

    private BenchNode node(BenchDatabase database) throws Exception {
        return new BenchNode(database, folder, new NoFleet(), Outside.NOBODY, InstantSource.fixed(NOW), false);
    }

    @Test
    void noLimitIsExceededAndAFirmPromiseOutlivesItsNode() throws Exception {
        try (BenchDatabase database = BenchDatabase.h2()) {
            List<Reply> votes;
            try (BenchNode node = node(database)) {
                allocate(node);
                long begun = System.nanoTime();
                votes = all(node, IntStream.range(0, PROPOSALS).boxed().toList(), BudgetAttackOnAkkaTest::hold);
                double seconds = (System.nanoTime() - begun) / 1e9;
                System.out.printf(
                        "%,d proposals answered in %.2f s by one budget: %,.0f/s%n",
                        PROPOSALS, seconds, PROPOSALS / seconds);
            }
            try (BenchNode node = node(database)) {
                List<Integer> promised = IntStream.range(0, PROPOSALS)
                        .filter(i -> votes.get(i).answer() instanceof Vote vote && !(vote instanceof Vote.Reject))
                        .boxed()
                        .toList();
                all(node, promised, i -> new Confirm("d/" + i));
                List<Reply> again = all(node, promised, i -> new Confirm("d/" + i)); // counts once
                assertThat(again)
                        .allMatch(reply -> reply.accepted() || reply.code().equals("not_held"));
                check(new JournalReader(node.database()).of(BUDGET));
            }
        }
    }

    private static void allocate(BenchNode node) throws Exception {
        List<Node> tree = List.of(
                new Node("org", "", LIMIT, 0), new Node("web", "org", LIMIT, 9), new Node("batch", "org", LIMIT, 1));
        assertThat(BenchNode.get(node.ask(BUDGET, new Allocate("test", tree))).accepted())
                .isTrue();
    }

    /** Asks all before it waits for the first. */
    private static List<Reply> all(BenchNode node, List<Integer> which, IntFunction<Command> command) throws Exception {
        List<CompletionStage<Reply>> asked = new ArrayList<>();
        for (int i : which) {
            asked.add(node.ask(BUDGET, command.apply(i)));
        }
        List<Reply> replies = new ArrayList<>();
        for (CompletionStage<Reply> stage : asked) {
            replies.add(BenchNode.get(stage));
        }
        return replies;
    }

    private static void check(List<JournalEntry> rows) {
        BudgetState state = new BudgetAgent("main", BudgetPolicy.DEFAULT).initial();
        for (JournalEntry row : rows) {
            for (Event event : row.events()) {
                state = ((BudgetEvent) event).applyTo(state);
                for (Node node : state.tree().nodes().values()) {
                    assertThat(state.usageOf(node.id()).total()).isLessThanOrEqualTo(node.limit());
                }
            }
        }
        assertThat(state.violations()).isEmpty();
        assertThat(state.usageOf("org").reserved()).isEqualTo(Money.ZERO);
        assertThat(state.usageOf("org").total()).isGreaterThan(Money.dollars(900));
        // all five of the important project, who came among the last and preempted others
        assertThat(state.usageOf("web").committed()).isGreaterThanOrEqualTo(Money.dollars(50));
    }
}
