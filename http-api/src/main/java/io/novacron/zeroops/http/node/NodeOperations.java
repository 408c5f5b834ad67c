package io.novacron.zeroops.http.node;

import akka.NotUsed;
import akka.japi.Pair;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.BroadcastHub;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.SourceQueueWithComplete;
import io.novacron.zeroops.agents.budget.BudgetCommand.Reallocate;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.provisioning.PoolPolicy;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.UndoStop;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import io.novacron.zeroops.http.routes.Operations;
import io.novacron.zeroops.persistence.view.DecisionView;
import io.novacron.zeroops.persistence.view.SpendHistory;
import io.novacron.zeroops.runtime.cluster.ClockCheck;
import io.novacron.zeroops.runtime.cluster.Membership;
import io.novacron.zeroops.runtime.host.AgentHost;
import io.novacron.zeroops.runtime.host.HostClock;
import io.novacron.zeroops.runtime.host.SpendMonitor;
import io.novacron.zeroops.runtime.learning.SpendForecasts;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.runtime.signal.SignalSummary;
import io.novacron.zeroops.runtime.signal.intake.TelemetryIntake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a running node tells of itself, and takes from people. */
final class NodeOperations implements Operations {
    /** Changes that wait for the streams of clients; beyond it the oldest are dropped. */
    private static final int CHANGES_MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(NodeOperations.class);

    private final NodeOptions options;
    private final String settings;
    private final Map<String, Priced> priced; // by resource
    private final List<String> pools;
    private final AgentHost host;
    private final HostClock clock;
    private final NodeJournal journal;
    private final FleetAccess fleet;
    private final NodeTelemetry telemetry;
    private final SpendMonitor spend;
    private final ModeKeeper keeper;
    private final Instant startedAt;
    private final Source<DecisionView, NotUsed> changes;
    private volatile boolean ready;

    NodeOperations(
            NodeOptions options,
            Settings settings,
            NodeJournal journal,
            FleetAccess fleet,
            NodeTelemetry telemetry,
            SpendMonitor spend,
            ModeKeeper keeper,
            AgentHost host) {
        this.options = options;
        this.host = host;
        this.settings = settings.sha256();
        this.priced = settings.scalerPolicies().stream()
                .collect(Collectors.toUnmodifiableMap(
                        ScalerPolicy::resource,
                        policy -> new Priced(policy.project(), policy.region(), policy.unitCostPerHour())));
        this.pools = settings.poolPolicies().stream().map(PoolPolicy::pool).toList();
        this.clock = fleet.clock();
        this.journal = journal;
        this.fleet = fleet;
        this.telemetry = telemetry;
        this.spend = spend;
        this.keeper = keeper;
        this.startedAt = clock.instant();
        Pair<SourceQueueWithComplete<DecisionView>, Source<DecisionView, NotUsed>> hub = Source.<DecisionView>queue(
                        CHANGES_MAX, OverflowStrategy.dropHead())
                .toMat(BroadcastHub.of(DecisionView.class, CHANGES_MAX), Keep.both())
                .run(host.system());
        this.changes = hub.second();
        changes.runWith(Sink.ignore(), host.system()); // who comes later does not hear of what was
        journal.views().onDecision(decision -> hub.first().offer(decision));
    }

    void ready() {
        ready = true;
    }

    @Override
    public Status status() {
        List<String> problems = new ArrayList<>();
        if (!ready) {
            problems.add("starting: agents recover");
        }
        if (journal.membership().isShared()) {
            problems.addAll(Membership.problems(host.system()));
        }
        journal.format().problem().ifPresent(problems::add);
        journal.clockCheck().flatMap(ClockCheck::problem).ifPresent(problems::add);
        journal.path().problem().ifPresent(problem -> problems.add("journal not writable: " + problem));
        journal.views().problem().ifPresent(problem -> problems.add("views not up to date: " + problem));
        fleet.problem().ifPresent(problems::add);
        return new Status(
                problems,
                keeper.mode(),
                options.version(),
                startedAt,
                clock.instant(),
                options.speed(),
                journal.path().committed().ordering(),
                settings);
    }

    @Override
    public CompletionStage<Reply> pause(String reason) {
        LOG.warn("automation is paused by the API: {}", reason);
        return keeper.pause(reason);
    }

    @Override
    public CompletionStage<Reply> resume(String reason) {
        LOG.warn("automation is resumed by the API: {}", reason);
        return keeper.resume();
    }

    @Override
    public CompletionStage<Reply> propose(Proposal proposal) {
        return host.ask(DecisionAgent.address(proposal.decision()), new Open(proposal));
    }

    @Override
    public Optional<Priced> priced(String resource) {
        return Optional.ofNullable(priced.get(resource));
    }

    @Override
    public CompletionStage<Reply> reallocate(Reallocate move) {
        LOG.info("{} moves {} from {} to {} by the API", move.person(), move.amount(), move.from(), move.to());
        return host.ask(Node.BUDGET, move);
    }

    @Override
    public List<String> pools() {
        return pools;
    }

    @Override
    public CompletionStage<Reply> undoStop(String address, UndoStop undo) {
        LOG.info("{} wants back by the API what {} stopped", undo.person(), undo.token());
        return host.ask(address, undo);
    }

    @Override
    public Optional<SpendForecasts.Forecast> forecast(String node) {
        return spend.forecasts().of(node);
    }

    @Override
    public SpendHistory.Page bills(Instant since, Instant until, long after, int limit) {
        return spend.history().page(since, until, after, limit);
    }

    @Override
    public Fleet fleet() {
        List<Workload> workloads = fleet.workloads(); // before the clock, which may be fast
        return new Fleet(clock.instant(), fleet.simulated(), workloads);
    }

    @Override
    public Optional<List<Point>> history(String workload, Optional<Instant> since) {
        return fleet.history(workload, since.orElse(Instant.EPOCH))
                .map(points -> points.subList(Math.max(0, points.size() - HISTORY_POINTS_MAX), points.size()));
    }

    @Override
    public TelemetryIntake intake() {
        return telemetry.intake();
    }

    @Override
    public CompletionStage<SignalSummary> signals(int limit) {
        return telemetry.signals(limit);
    }

    @Override
    public Source<DecisionView, NotUsed> changes() {
        return changes;
    }
}
