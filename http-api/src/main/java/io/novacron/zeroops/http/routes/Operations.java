package io.novacron.zeroops.http.routes;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import io.novacron.zeroops.agents.budget.BudgetCommand.Reallocate;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.UndoStop;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.persistence.view.DecisionView;
import io.novacron.zeroops.persistence.view.SpendHistory;
import io.novacron.zeroops.runtime.learning.SpendForecasts;
import io.novacron.zeroops.runtime.signal.SignalSummary;
import io.novacron.zeroops.runtime.signal.intake.TelemetryIntake;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What the running node tells, and what it can be asked. May be used by many threads; none of it may block, but for the
 * stages that it returns.
 */
public interface Operations {

    /** {@link #history} tells no more points than this, the newest; they are thinned or cut by whoever keeps them. */
    int HISTORY_POINTS_MAX = 5000;

    Status status();

    /** Stops automation; a refusal names its code. */
    CompletionStage<Reply> pause(String reason);

    /** Back to the mode before. */
    CompletionStage<Reply> resume(String reason);

    /** Opens a decision; fails with a {@link java.util.concurrent.TimeoutException} if nobody knows what became of it. */
    CompletionStage<Reply> propose(Proposal proposal);

    /** What the settings say of a resource; empty if they do not know it. */
    Optional<Priced> priced(String resource);

    /** Moves a part of a limit; fails with a {@link java.util.concurrent.TimeoutException} if nobody knows what became of it. */
    CompletionStage<Reply> reallocate(Reallocate move);

    /** The names of pools. */
    List<String> pools();

    /**
     * Has a pool start what it stopped; fails with a {@link java.util.concurrent.TimeoutException} if nobody knows what became of it.
     *
     * @param address the pool's
     */
    CompletionStage<Reply> undoStop(String address, UndoStop undo);

    /** What is expected to be billed at a node of the budget; empty until there is enough to tell. */
    Optional<SpendForecasts.Forecast> forecast(String node);

    /** See {@link SpendHistory#page}. */
    SpendHistory.Page bills(Instant since, Instant until, long after, int limit);

    Fleet fleet();

    /** Of one workload, after {@code since} if given, the oldest first; empty if there is no such workload. */
    Optional<List<Point>> history(String workload, Optional<Instant> since);

    /** Where telemetry goes. */
    TelemetryIntake intake();

    /** What telemetry showed, on all nodes, with at most {@code limit} signals. Never fails: who did not answer is named. */
    CompletionStage<SignalSummary> signals(int limit);

    /**
     * Decisions as they change, from now on. Each client runs a source of its own, and takes what it offers at once: what
     * a slow client loses is this server's affair.
     */
    Source<DecisionView, NotUsed> changes();

    /**
     * How the node is.
     *
     * @param problems why it is not ready, for people: {@code journal not writable: no space left}; empty if it is
     * @param startedAt by the same clock as {@code now}
     * @param now the control plane's clock, which may be a simulated fleet's
     * @param speed how many times as fast as the machine's clock that one runs
     * @param settingsSha256 of the settings in force
     */
    record Status(
            List<String> problems,
            Mode mode,
            String version,
            Instant startedAt,
            Instant now,
            double speed,
            long journalEvents,
            String settingsSha256) {
        public Status {
            problems = List.copyOf(problems);
        }

        public boolean isReady() {
            return problems.isEmpty();
        }
    }

    /** Who pays for a resource, and how much for each instance. */
    record Priced(String project, String region, Money costPerHour) {}

    /**
     * The fleet as it is now.
     *
     * @param simulated whether its machines exist only in this process
     */
    record Fleet(Instant at, boolean simulated, List<Workload> workloads) {
        public Fleet {
            workloads = List.copyOf(workloads);
        }
    }

    /**
     * One workload; a figure that is not known is NaN.
     *
     * @param expectedPeakPerS of the load, until new capacity could be ready
     * @param provisioned instances that are paid for, ready or not
     * @param safeCapacityPerS the load that the ready instances serve within the SLO
     * @param failedShare of the requests of the last step, 0 to 1
     */
    record Workload(
            String name,
            String project,
            double loadPerS,
            double expectedPeakPerS,
            int ready,
            int booting,
            int provisioned,
            double safeCapacityPerS,
            Money costPerHourUsd,
            double failedShare) {}

    /** What was at one instant; see {@link Workload}. */
    record Point(Instant at, double loadPerS, double expectedPeakPerS, double safeCapacityPerS) {}
}
