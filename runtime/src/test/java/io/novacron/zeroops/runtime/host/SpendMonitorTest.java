package io.novacron.zeroops.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Adopt;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.BudgetCommand.ReportAnomaly;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.budget.Watch.Anomaly;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.persistence.journal.EventCodec;
import io.novacron.zeroops.persistence.journal.FolderDatabase;
import io.novacron.zeroops.persistence.journal.JournalRow;
import io.novacron.zeroops.persistence.journal.Owing;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.journal.WrittenSerializer;
import io.novacron.zeroops.persistence.view.JournalViews;
import io.novacron.zeroops.runtime.learning.SpendWatchSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real journal, whose budget this test is the host of. */
class SpendMonitorTest {
    private static final Instant T0 = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path folder = Path.of(".");

    private final BudgetAgent agent = new BudgetAgent("main", BudgetPolicy.DEFAULT);
    private final EventCodec codec = new EventCodec();
    private final AtomicInteger reports = new AtomicInteger();
    private BudgetState state = agent.initial();
    private long sequence;
    private volatile Instant now = T0;
    private volatile boolean isAway;
    private FolderDatabase database;
    private WritePath path;
    private JournalViews views;

    @BeforeEach
    void journal() {
        database = FolderDatabase.own(folder);
        path = WritePath.start(database);
        views = JournalViews.start(database, path);
        tell(new Allocate(
                "p",
                List.of(new Node("org", "", Money.dollars(1e6), 0), new Node("web", "org", Money.dollars(1e6), 0))));
        adopt("a", 10);
    }

    @AfterEach
    void close() {
        views.close();
        path.close();
        database.close();
    }

    private void adopt(String name, int instances) {
        var action = Action.of(ActionClass.SCALE_OUT, "workload/" + name, "web", "eu", 0, instances, Money.dollars(1));
        tell(new Adopt("adopt/" + name, action, now, now.plusSeconds(30)));
    }

    private CompletionStage<Reply> report(Command command) {
        assertThat(command).isInstanceOf(ReportAnomaly.class);
        reports.incrementAndGet();
        return isAway ? new CompletableFuture<>() : CompletableFuture.completedFuture(tell(command));
    }

    private synchronized Reply tell(Command command) {
        var taken = Turn.take(agent, state, command, now);
        assertThat(taken.result().reply().accepted()).isTrue();
        state = taken.after();
        if (!taken.result().events().isEmpty()) {
            path.write(List.of(new JournalRow(
                            "budget/main",
                            ++sequence,
                            "life-1",
                            now.toEpochMilli(),
                            WrittenSerializer.IDENTIFIER,
                            "test",
                            codec.eventsToCbor(taken.result().events()),
                            taken.result().events(),
                            Owing.UNCHANGED)))
                    .toCompletableFuture()
                    .join();
        }
        return taken.result().reply();
    }

    private SpendMonitor monitor() {
        var monitor =
                new SpendMonitor(views, new SpendWatchSettings(0.5, 1, Duration.ZERO), 30, () -> now, this::report);
        monitor.start();
        return monitor;
    }

    private static void await(BooleanSupplier wanted) throws InterruptedException {
        for (int i = 0; i < 3_000 && !wanted.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(wanted.getAsBoolean()).isTrue();
    }

    @Test
    void whoHasTheDutyReportsUntilTheJournalHasIt() throws Exception {
        isAway = true;
        try (var monitor = monitor();
                var idle = monitor()) {
            assertThat(idle.forecasts().of("web")).isEmpty();
            var unused = monitor.takeUp(); // ends with it
            now = T0.plus(Duration.ofHours(1)); // what the journal has of before, it knows all the same
            now = T0.plus(Duration.ofHours(2));
            adopt("b", 20);
            await(() -> reports.get() >= 2); // the first was not answered
            assertThat(views.anomalies()).isEmpty();
            isAway = false;
            await(() -> !views.anomalies().isEmpty());
            int told = reports.get();
            Thread.sleep(2_500); // the monitors look twice
            assertThat(reports.get()).isEqualTo(told);
            assertThat(views.anomalies())
                    .singleElement()
                    .extracting(Anomaly::node, Anomaly::billed)
                    .containsExactly("web", Money.dollars(30));
        }
    }

    @Test
    void billsAreRememberedAcrossAStart() throws Exception {
        now = T0.plus(Duration.ofHours(1));
        tell(new Meter(new Origin("m", 1), "workload/a", Money.dollars(10), now));
        for (int start = 0; start < 2; start++) {
            try (var monitor = monitor()) {
                await(() -> monitor.history()
                                .page(Instant.MIN, Instant.MAX, 0, 10)
                                .records()
                                .size()
                        == 1);
            }
        }
    }
}
