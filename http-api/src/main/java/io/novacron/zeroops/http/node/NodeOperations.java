package io.novacron.zeroops.http.node;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.japi.Pair;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.BroadcastHub;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.SourceQueueWithComplete;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.http.routes.Operations;
import io.novacron.zeroops.persistence.journal.WritePath;
import io.novacron.zeroops.persistence.view.DecisionView;
import io.novacron.zeroops.persistence.view.JournalViews;
import io.novacron.zeroops.runtime.host.HostClock;
import io.novacron.zeroops.runtime.settings.Settings;
import io.novacron.zeroops.simulations.live.LiveFleet;
import io.novacron.zeroops.simulations.live.Sample;
import io.novacron.zeroops.simulations.live.WorkloadStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a running node tells of itself, and takes from people. */
final class NodeOperations implements Operations {
    /** Changes that wait for the streams of clients; beyond it the oldest are dropped. */
    private static final int CHANGES_MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(NodeOperations.class);

    private final NodeOptions options;
    private final String settings;
    private final HostClock clock;
    private final WritePath journal;
    private final JournalViews views;
    private final LiveFleet fleet;
    private final ControlFile file;
    private final ModeKeeper keeper;
    private final Instant startedAt;
    private final Source<DecisionView, NotUsed> changes;
    private volatile boolean ready;

    NodeOperations(
            NodeOptions options,
            Settings settings,
            HostClock clock,
            WritePath journal,
            JournalViews views,
            LiveFleet fleet,
            ControlFile file,
            ModeKeeper keeper,
            ActorSystem<?> system) {
        this.options = options;
        this.settings = settings.sha256();
        this.clock = clock;
        this.journal = journal;
        this.views = views;
        this.fleet = fleet;
        this.file = file;
        this.keeper = keeper;
        this.startedAt = clock.instant();
        Pair<SourceQueueWithComplete<DecisionView>, Source<DecisionView, NotUsed>> hub = Source.<DecisionView>queue(
                        CHANGES_MAX, OverflowStrategy.dropHead())
                .toMat(BroadcastHub.of(DecisionView.class, CHANGES_MAX), Keep.both())
                .run(system);
        this.changes = hub.second();
        changes.runWith(Sink.ignore(), system); // who comes later does not hear of what was
        views.onDecision(decision -> hub.first().offer(decision));
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
        journal.problem().ifPresent(problem -> problems.add("journal not writable: " + problem));
        views.problem().ifPresent(problem -> problems.add("views not up to date: " + problem));
        fleet.problem().ifPresent(problem -> problems.add("simulated fleet stands still: " + problem));
        return new Status(
                problems,
                keeper.mode(),
                options.version(),
                startedAt,
                clock.instant(),
                options.speed(),
                journal.committed().ordering(),
                settings);
    }

    @Override
    public CompletionStage<Reply> pause(String reason) {
        LOG.warn("automation is paused by the API: {}", reason);
        return changed(() -> file.pause(reason));
    }

    @Override
    public CompletionStage<Reply> resume(String reason) {
        LOG.warn("automation is resumed by the API: {}", reason);
        return changed(file::resume);
    }

    private interface Change {
        void make() throws IOException;
    }

    private static CompletionStage<Reply> changed(Change change) {
        try {
            change.make();
            return CompletableFuture.completedFuture(Reply.DONE);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Fleet fleet() {
        List<WorkloadStatus> all = fleet.status();
        return new Fleet(
                clock.instant(),
                true,
                all.stream().map(NodeOperations::workload).toList());
    }

    private static Workload workload(WorkloadStatus status) {
        return new Workload(
                status.workload(),
                status.project(),
                status.loadPerS(),
                status.expectedPeakPerS(),
                status.ready(),
                status.booting(),
                status.provisioned(),
                status.safeCapacityPerS(),
                status.costPerHour(),
                status.failedShare());
    }

    @Override
    public Optional<List<Point>> history(String workload, Optional<Instant> since) {
        if (fleet.status().stream().noneMatch(status -> status.workload().equals(workload))) {
            return Optional.empty();
        }
        List<Sample> samples = fleet.history(workload, since.orElse(Instant.EPOCH));
        int first = Math.max(0, samples.size() - HISTORY_POINTS_MAX);
        return Optional.of(samples.subList(first, samples.size()).stream()
                .map(sample -> new Point(sample.at(), sample.load(), sample.expectedPeak(), sample.capacity()))
                .toList());
    }

    @Override
    public Source<DecisionView, NotUsed> changes() {
        return changes;
    }
}
