package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.budget.SpendCommand.SpendAnomalyRaised;
import io.novacron.zeroops.agents.budget.Watch.Anomaly;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.OpenProposal;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.provisioning.PooledVm.Finding;
import io.novacron.zeroops.agents.provisioning.PooledVm.Stop;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.ReportVms;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.Settle;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.Tick;
import io.novacron.zeroops.agents.provisioning.ProvisionerCommand.UndoStop;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.ChangeEnded;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.ProposalDoubted;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.ProposalHanded;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.SuspicionRaised;
import io.novacron.zeroops.agents.provisioning.ProvisionerEvent.UndoRequested;
import io.novacron.zeroops.agents.provisioning.ProvisionerState.Suspicion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives back what a pool's VMs do not need. A VM that is not used is stopped, then its disks are copied, and once its grace is over it
 * is deleted; until then one command has it back. Each step is a proposal like any other; the next waits for how it ended.
 *
 * <pre>
 * runs         --reported idle, or as waste of an anomaly--> to be stopped --proposed, verified--> stopped
 * to be stopped --active again, not acted on in time--> runs
 * stopped      --proposed, verified--> snapshotted
 * snapshotted  --grace over: proposed, verified--> gone
 * stopped, snapshotted --a person undoes: proposed, verified--> runs, and is left alone for a while
 * stopped, snapshotted --runs, started by somebody else--> runs, and has taught how long it may be quiet
 * </pre>
 */
public record ProvisionerAgent(PoolPolicy policy) implements Agent<Command, ProvisionerEvent, ProvisionerState> {

    /** What was refused, or failed, and is not urgent is not proposed again for so many rests. */
    static final int RESTS = 60;

    /** Likewise what a person wants back. */
    static final int RESTS_TO_START = 5;

    /** Reasons why a stop is refused that pass by themselves, and say nothing of what the limits are; each needs a new report. */
    private static final Set<String> PASSING = Set.of("no_vote", "change_in_flight", "lifecycle", "facts_changed");

    /** Of an anomaly's dollars an hour, which VMs that came with it and do nothing must cost, for them to be its cause. */
    private static final double EXPLAINED_SHARE = 0.25;

    @Override
    public ProvisionerState initial() {
        return ProvisionerState.INITIAL;
    }

    @Override
    public ProvisionerState apply(ProvisionerState state, ProvisionerEvent event) {
        return event.applyTo(state);
    }

    @Override
    public Result<ProvisionerEvent> decide(ProvisionerState state, Command command, Instant now) {
        Result<ProvisionerEvent> result = decideOn(state, command, now);
        if (!result.reply().accepted() && result.events().isEmpty()) {
            return result;
        }
        List<ProvisionerEvent> events = new ArrayList<>(result.events());
        ProvisionerState current = state;
        for (ProvisionerEvent event : result.events()) {
            current = event.applyTo(current);
        }
        events.addAll(new ChangePlan(policy, current).due(now));
        return new Result<>(events, result.reply());
    }

    private Result<ProvisionerEvent> decideOn(ProvisionerState state, Command command, Instant now) {
        if (command instanceof ReportVms report) {
            return new PoolReport(policy, state, report, now).decide();
        } else if (command instanceof SpendAnomalyRaised raised) {
            return onAnomaly(state, raised.anomaly(), now);
        } else if (command instanceof UndoStop undo) {
            return onUndo(state, undo, now);
        } else if (command instanceof DecisionEnded ended) {
            return state.of(ended.decision())
                    .map(vm -> Result.of(ended(
                            vm, now, Optional.of(ended.verdict()), ended.constraint(), Optional.of(ended.change()))))
                    .orElseGet(Result::nothing); // a repeat
        } else if (command instanceof Settle settle) {
            return onSettle(state, settle, now);
        } else if (command instanceof Tick) {
            return onTick(state, now);
        }
        return Result.refused("unknown_command"); // ProvisionerAgentTest walks the permitted subclasses
    }

    /** Suspected is what explains a part of the rise at least: a few idle VMs are no reason for a much larger one. */
    private Result<ProvisionerEvent> onAnomaly(ProvisionerState state, Anomaly anomaly, Instant now) {
        boolean isKnown =
                state.suspicion().filter(s -> s.anomaly().equals(anomaly.id())).isPresent();
        long unit = policy.unitCostPerHour().micros();
        if (isKnown || unit == 0) {
            return Result.nothing();
        }
        double hours = Duration.between(anomaly.from(), anomaly.to()).toMillis() / 3_600_000.0;
        double excessPerHour = anomaly.billed().minus(anomaly.expected()).micros() / Math.max(hours, 1e-3);
        int least = (int) Math.min(ProvisionerState.VMS_MAX, Math.ceil(EXPLAINED_SHARE * excessPerHour / unit));
        Instant until = now.plus(policy.waste().suspicion());
        return Result.of(new SuspicionRaised(now, new Suspicion(anomaly.id(), anomaly.from(), until, least, 0)));
    }

    private static Result<ProvisionerEvent> onUndo(ProvisionerState state, UndoStop undo, Instant now) {
        if (undo.person().isBlank()) {
            return Result.refused("person_missing");
        }
        Optional<PooledVm> found = state.vms().values().stream()
                .filter(vm ->
                        vm.stop().filter(s -> s.token().equals(undo.token())).isPresent())
                .findFirst();
        if (found.isEmpty()) {
            return Result.refused("unknown_token");
        }
        PooledVm vm = found.get();
        boolean isGoing = vm.open()
                .filter(o -> o.proposal().action().kind() == ActionClass.DELETE_VM)
                .isPresent();
        if (isGoing) {
            return Result.refused("grace_over");
        } else if (vm.stop().filter(Stop::isWanted).isPresent()) {
            return Result.nothing();
        }
        return Result.of(new UndoRequested(now, vm.vm(), undo.person()));
    }

    private Result<ProvisionerEvent> onSettle(ProvisionerState state, Settle settle, Instant now) {
        Optional<PooledVm> pending = state.vms().values().stream()
                .filter(vm -> vm.open()
                        .filter(o -> !o.handed() && o.effectId().equals(settle.effectId()))
                        .isPresent())
                .findFirst();
        if (pending.isEmpty()) {
            return Result.refused("not_pending");
        }
        PooledVm vm = pending.get();
        if (settle.outcome() instanceof Outcome.Succeeded succeeded) {
            return Result.of(
                    succeeded.answer() instanceof Progress.Ended ended
                            ? ended(
                                    vm,
                                    now,
                                    Optional.of(ended.verdict()),
                                    ended.constraint(),
                                    Optional.of(ended.change()))
                            : new ProposalHanded(now, vm.vm(), now.plus(policy.patience())));
        } else if (settle.outcome() instanceof Outcome.Failed failed && !failed.retryable()) {
            return Result.of(ended(vm, now, Optional.empty(), failed.code(), Optional.empty()));
        }
        return Result.nothing(); // still pending: the host tries again until the deadline
    }

    private Result<ProvisionerEvent> onTick(ProvisionerState state, Instant now) {
        List<ProvisionerEvent> events = new ArrayList<>();
        for (PooledVm vm : state.vms().values()) {
            vm.open()
                    .filter(open -> open.isOverdue(now))
                    .map(open -> open.isGivenUp()
                            ? ended(vm, now, Optional.empty(), "decision_silent", Optional.empty())
                            : new ProposalDoubted(now, vm.vm(), now.plus(policy.patience())))
                    .ifPresent(events::add);
        }
        return new Result<>(events, Result.nothing().reply());
    }

    private ProvisionerEvent ended(
            PooledVm vm, Instant now, Optional<Verdict> verdict, String constraint, Optional<Change.Ended> change) {
        OpenProposal open = vm.open().orElseThrow();
        boolean verified = change.filter(c -> c.end() == Change.End.VERIFIED).isPresent();
        ActionClass kind = open.proposal().action().kind();
        Optional<Stop> stop = verified ? stopAfter(vm, open, now) : vm.stop();
        boolean isBack = verified && kind == ActionClass.START_VM;
        Duration quiet = vm.stop()
                .filter(s -> isBack)
                .map(s -> Duration.between(s.quietSince(), now))
                .orElse(Duration.ZERO);
        return new ChangeEnded(
                now,
                vm.vm(),
                open.decision(),
                verdict,
                constraint,
                change,
                stop,
                verified && kind == ActionClass.DELETE_VM,
                PoolReport.longer(quiet, vm.longestQuiet()),
                isBack ? now.plus(policy.keptAfterUndo()) : verified ? now : now.plus(rest(vm, kind, constraint)));
    }

    private Optional<Stop> stopAfter(PooledVm vm, OpenProposal open, Instant now) {
        return switch (open.proposal().action().kind()) {
            case STOP_VM ->
                Optional.of(new Stop(
                        open.decision(),
                        vm.finding().map(Finding::quietSince).orElse(now),
                        now,
                        now.plus(policy.idle().grace()),
                        false,
                        false));
            case SNAPSHOT_VM -> vm.stop().map(Stop::snapshotted);
            default -> Optional.empty();
        };
    }

    /** What people want, or an anomaly calls for, is asked for again soon; but not so often that refusals are all that is decided. */
    private Duration rest(PooledVm vm, ActionClass kind, String constraint) {
        boolean isOfAnomaly = vm.finding()
                .filter(f -> f.cause().startsWith(ProvisionerState.CAUSE))
                .isPresent();
        if (isOfAnomaly || (kind == ActionClass.STOP_VM && PASSING.contains(constraint))) {
            return policy.rest();
        }
        return policy.rest().multipliedBy(kind == ActionClass.START_VM ? RESTS_TO_START : RESTS);
    }

    @Override
    public List<Effect> pending(ProvisionerState state) {
        return state.vms().values().stream()
                .flatMap(vm -> vm.open().stream())
                .filter(open -> !open.handed())
                .<Effect>map(OpenProposal::effect)
                .toList();
    }

    @Override
    public Optional<Deadline<Command>> deadline(ProvisionerState state) {
        Stream<Instant> open =
                state.vms().values().stream().flatMap(vm -> vm.open().stream()).map(OpenProposal::deadline);
        return Stream.concat(open, new ChangePlan(policy, state).next().stream())
                .min(Instant::compareTo)
                .map(at -> new Deadline<>(at, new Tick()));
    }

    @Override
    public Command settle(String effectId, Outcome outcome) {
        return new Settle(effectId, outcome);
    }
}
