package io.novacron.zeroops.http.routes;

import akka.NotUsed;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.SourceQueueWithComplete;
import io.novacron.zeroops.agents.budget.BudgetCommand.Reallocate;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.UndoStop;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.persistence.view.DecisionView;
import io.novacron.zeroops.persistence.view.SpendHistory;
import io.novacron.zeroops.runtime.learning.SpendForecasts;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.signal.Demand;
import io.novacron.zeroops.runtime.signal.LocalShards;
import io.novacron.zeroops.runtime.signal.Measure;
import io.novacron.zeroops.runtime.signal.RecentSignals;
import io.novacron.zeroops.runtime.signal.Signal;
import io.novacron.zeroops.runtime.signal.SignalListener;
import io.novacron.zeroops.runtime.signal.SignalRouter;
import io.novacron.zeroops.runtime.signal.SignalSummary;
import io.novacron.zeroops.runtime.signal.intake.TelemetryIntake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A node with two workloads, whose state a test sets. */
final class ShopOperations implements Operations {
    final List<String> problems = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final RecentSignals signals = new RecentSignals();
    final LocalShards shards = new LocalShards(
            Settings.DEFAULTS.telemetryPolicy(),
            List.of("web"),
            () -> now(),
            new SignalListener() {
                @Override
                public void signal(Signal signal) {
                    signals.add(signal);
                }

                @Override
                public void demand(String workload, Demand demand) {
                    asked.add("demand: " + workload);
                }

                @Override
                public void gauge(String workload, Measure measure, double value, Instant at) {
                    asked.add(measure + ": " + workload);
                }
            },
            1);
    volatile SignalRouter router = shards;
    final TelemetryIntake intake =
            new TelemetryIntake(Settings.DEFAULTS.telemetryPolicy(), (shard, batch) -> router.accept(shard, batch), 2);
    private final List<SourceQueueWithComplete<DecisionView>> listeners = new CopyOnWriteArrayList<>();
    final List<Proposal> proposals = new CopyOnWriteArrayList<>();
    volatile Function<Proposal, CompletionStage<Reply>> opened =
            proposal -> CompletableFuture.completedFuture(Reply.of(new Progress.Pending()));
    final SpendHistory history = new SpendHistory();
    final SpendForecasts forecasts = new SpendForecasts(30);
    volatile Function<Reallocate, CompletionStage<Reply>> moved =
            move -> CompletableFuture.completedFuture(Reply.refused("unknown_node"));
    volatile Mode mode = Mode.FULL;
    volatile Reply reply = Reply.DONE;
    volatile Instant now = FoldedDecision.T0.plusSeconds(1200);

    private Instant now() {
        return now;
    }

    void changed(DecisionView view) {
        listeners.forEach(listener -> {
            var unused = listener.offer(view);
        });
    }

    int listening() {
        return listeners.size();
    }

    @Override
    public Status status() {
        return new Status(
                problems,
                mode,
                "0.1.0-SNAPSHOT",
                FoldedDecision.T0.minusSeconds(5400),
                now,
                10,
                48_211,
                "9f86d081".repeat(8));
    }

    @Override
    public CompletionStage<Reply> pause(String reason) {
        asked.add("pause: " + reason);
        return CompletableFuture.completedFuture(reply);
    }

    @Override
    public CompletionStage<Reply> resume(String reason) {
        asked.add("resume: " + reason);
        return CompletableFuture.completedFuture(reply);
    }

    @Override
    public CompletionStage<Reply> propose(Proposal proposal) {
        proposals.add(proposal);
        return opened.apply(proposal);
    }

    @Override
    public Optional<Priced> priced(String resource) {
        return resource.equals("workload/web")
                ? Optional.of(new Priced("shop", "region-1", Money.dollars(0.1)))
                : Optional.empty();
    }

    @Override
    public CompletionStage<Reply> reallocate(Reallocate move) {
        return moved.apply(move);
    }

    @Override
    public List<String> pools() {
        return List.of("dev", "test");
    }

    @Override
    public CompletionStage<Reply> undoStop(String address, UndoStop undo) {
        asked.add("undo: " + address + " " + undo.person() + " " + undo.token());
        return CompletableFuture.completedFuture(reply);
    }

    @Override
    public Optional<SpendForecasts.Forecast> forecast(String node) {
        return forecasts.of(node);
    }

    @Override
    public SpendHistory.Page bills(Instant since, Instant until, long after, int limit) {
        return history.page(since, until, after, limit);
    }

    @Override
    public Fleet fleet() {
        return new Fleet(
                now,
                true,
                List.of(
                        new Workload("web", "shop", 612.4, 655.1, 7, 2, 9, 700, Money.dollars(0.7488), 0.0004),
                        new Workload("search", "shop", 88.2, Double.NaN, 3, 0, 3, 150, Money.dollars(0.2496), 0)));
    }

    @Override
    public Optional<List<Point>> history(String workload, Optional<Instant> since) {
        if (!workload.equals("web") && !workload.equals("search")) {
            return Optional.empty();
        }
        double scale = workload.equals("web") ? 1 : 0.14;
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= 240; i++) {
            Instant at = FoldedDecision.T0.plusSeconds(5L * i);
            double load = scale * (380 + 230 / (1 + Math.exp((110 - i) / 9.0)) + 18 * Math.sin(i / 3.0));
            double capacity = scale * (i < 100 ? 500 : i < 130 ? 600 : 700);
            points.add(new Point(at, load, load * 1.07 + 12 * scale, capacity));
        }
        return Optional.of(points.stream()
                .filter(point -> since.map(point.at()::isAfter).orElse(true))
                .toList());
    }

    @Override
    public TelemetryIntake intake() {
        return intake;
    }

    @Override
    public CompletionStage<SignalSummary> signals(int limit) {
        return CompletableFuture.completedFuture(new SignalSummary(
                shards.vms(),
                shards.taken(),
                Map.of(),
                Map.of("down", 1L),
                signals.newest(limit),
                List.of("node-2:25520")));
    }

    @Override
    public Source<DecisionView, NotUsed> changes() {
        return Source.<DecisionView>queue(1000, OverflowStrategy.dropHead()).mapMaterializedValue(queue -> {
            listeners.add(queue);
            var unused = queue.watchCompletion().whenComplete((done, failed) -> listeners.remove(queue));
            return NotUsed.getInstance();
        });
    }
}
