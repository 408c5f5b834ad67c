package io.novacron.zeroops.agents.fleet;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionAgent;
import io.novacron.zeroops.agents.decision.DecisionCommand.ReportChange;
import io.novacron.zeroops.agents.decision.OwnerCommand.Execute;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.fleet.Lifecycle.Goal;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Settle;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Tick;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ChangeStarted;
import io.novacron.zeroops.agents.fleet.ResourceEvent.DriftObserved;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ReportClosed;
import io.novacron.zeroops.agents.fleet.ResourceEvent.SlotEnded;
import io.novacron.zeroops.agents.fleet.ResourceEvent.SlotHeld;
import io.novacron.zeroops.agents.fleet.ResourceEvent.SlotLapsed;
import io.novacron.zeroops.agents.fleet.ResourceState.Flight;
import io.novacron.zeroops.agents.fleet.ResourceState.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The owner of one VM, workload or host: gives its one slot to one decision, executes it through the provider, verifies
 * it, and puts right what it can. What differs between the kinds is the table in {@link Lifecycle}.
 *
 * <pre>
 * free      --Hold--> held (lapses);  --Execute--> APPLYING;  --End, lapsed, preempted--> free
 * APPLYING  --taken--> VERIFYING;     --unknown, deadline--> DOUBTING;   --refused--> no effect: REPORTING
 * DOUBTING  --it took--> VERIFYING;   --it did not--> APPLYING anew;     --no answer--> escalated: REPORTING
 * VERIFYING --met--> REPORTING;       --cannot be met, deadline--> COUNTING
 * COUNTING  --met--> REPORTING;       --not met--> APPLYING anew, then keeps, undoes or escalates;  --no answer--> escalated
 * REPORTING --taken, deadline--> free
 * </pre>
 *
 * An unknown outcome is never issued anew blind: the question of DOUBTING carries a higher generation, which fences off
 * the call it asks about, so that its answer stays true.
 *
 * @param address such as {@code workload/web}
 */
public record ResourceAgent(String address, Lifecycle lifecycle, ResourcePolicy policy)
        implements Agent<Command, ResourceEvent, ResourceState> {

    @Override
    public ResourceState initial() {
        return ResourceState.INITIAL;
    }

    @Override
    public ResourceState apply(ResourceState state, ResourceEvent event) {
        return event.applyTo(state);
    }

    @Override
    public Result<ResourceEvent> decide(ResourceState state, Command command, Instant now) {
        if (command instanceof Hold hold) {
            return onHold(state, hold, now);
        } else if (command instanceof Confirm) {
            return Result.refused("owner_is_told_to_execute");
        } else if (command instanceof End end) {
            return onEnd(state, end, now);
        } else if (command instanceof Execute execute) {
            return onExecute(state, execute, now);
        } else if (command instanceof Reconcile reconcile) {
            return onReconcile(state, reconcile.observed(), now);
        } else if (command instanceof Settle settle) {
            return onSettle(state, settle, now);
        } else if (command instanceof Tick) {
            return onTick(state, now);
        }
        return Result.refused("unknown_command"); // ResourceAgentTest walks the permitted subclasses
    }

    private Result<ResourceEvent> onHold(ResourceState state, Hold hold, Instant now) {
        if (state.slot().get(hold.decision()).isPresent()) {
            return Result.answered(Vote.ACCEPT);
        } else if (state.slot().isEnded(hold.decision())) {
            return Result.refused("decision_ended");
        } else if (!hold.until().isAfter(now)) {
            return Result.refused("too_late");
        }
        Optional<Vote.Reject> rejection = rejection(state, hold.action());
        if (rejection.isPresent()) {
            return Result.answered(rejection.get());
        }
        List<String> held = List.copyOf(state.slot().open().keySet());
        boolean preempts = hold.priority() == Priority.P0
                && state.slot().open().values().stream()
                        .allMatch(other -> hold.priority().isAbove(other.priority()));
        if (!held.isEmpty() && !preempts) {
            return Result.answered(new Vote.Reject("change_in_flight", "held by " + held.get(0)));
        }
        return Result.<ResourceEvent>of(
                        new SlotHeld(now, hold.decision(), hold.action(), hold.priority(), hold.until(), held))
                .answering(Vote.ACCEPT);
    }

    /** The facts are checked here again: people may have taken days over them. */
    private Optional<Vote.Reject> rejection(ResourceState state, Action action) {
        if (state.flight().isPresent()) {
            return Optional.of(new Vote.Reject(
                    "change_in_flight", "executing " + state.flight().get().decision()));
        } else if (lifecycle.step(action).isEmpty()) {
            return Optional.of(new Vote.Reject("unknown_action", action.kind() + " of a " + lifecycle));
        } else if (!lifecycle.allows(action.kind(), state.condition())) {
            return Optional.of(new Vote.Reject("lifecycle", action.kind() + " while " + state.condition()));
        } else if (lifecycle == Lifecycle.WORKLOAD && action.from() != state.instances()) {
            return Optional.of(new Vote.Reject(
                    "facts_changed", "proposed from " + action.from() + ", there are " + state.instances()));
        }
        return Optional.empty();
    }

    private static Result<ResourceEvent> onEnd(ResourceState state, End end, Instant now) {
        boolean held = state.slot().get(end.decision()).isPresent();
        boolean mayStillCome = end.until().isAfter(now) && !state.slot().isEnded(end.decision());
        return held || mayStillCome ? Result.of(new SlotEnded(now, end.decision(), end.until())) : Result.nothing();
    }

    private Result<ResourceEvent> onExecute(ResourceState state, Execute execute, Instant now) {
        String decision = execute.decision();
        Optional<Flight> mine = state.flight().filter(f -> f.decision().equals(decision));
        if (mine.isPresent()) {
            return Result.answered(mine.get()
                    .result()
                    .<Change>map(ended -> ended)
                    .orElseGet(() -> new Change.Running(mine.get().until())));
        }
        var landed = state.last().filter(last -> last.decision().equals(decision));
        if (landed.isPresent()) {
            return Result.answered(landed.get().result());
        }
        var hold = state.slot().get(decision);
        if (hold.isEmpty() || !execute.notAfter().isAfter(now)) {
            return Result.refused("not_held");
        }
        Instant until = now.plus(policy.longest());
        return Result.<ResourceEvent>of(new ChangeStarted(
                        now,
                        decision,
                        execute.action(),
                        state.generation() + 1,
                        now.plus(policy.callPatience()),
                        until,
                        hold.get().until()))
                .answering(new Change.Running(until));
    }

    /** A list from before or during a change is older than what is known: the next one will do. */
    private static Result<ResourceEvent> onReconcile(ResourceState state, Observed observed, Instant now) {
        boolean quiet = state.flight().isEmpty() && state.slot().open().isEmpty();
        boolean settled = observed.booting() == 0
                && observed.condition() != Condition.CHANGING
                && observed.applied()
                        >= state.last().map(ResourceState.Landed::applied).orElse(0L);
        boolean same = observed.condition() == state.condition() && observed.instances() == state.instances();
        return quiet && settled && !same
                ? Result.of(new DriftObserved(now, observed.condition(), observed.instances()))
                : Result.nothing();
    }

    private Result<ResourceEvent> onSettle(ResourceState state, Settle settle, Instant now) {
        boolean isPending =
                pending(state).stream().anyMatch(effect -> effect.id().equals(settle.effectId()));
        if (!isPending || state.flight().isEmpty()) {
            return Result.refused("not_pending");
        }
        Flight flight = state.flight().get();
        Outcome outcome = settle.outcome();
        if (flight.phase() == Phase.APPLYING && outcome instanceof Outcome.Unknown) {
            return Result.of(course(state, flight).doubted(now));
        } else if (!outcome.isFinal()) {
            return Result.nothing(); // still pending: the host tries again until the deadline
        } else if (flight.phase() == Phase.REPORTING) {
            return Result.of(new ReportClosed(now, outcome instanceof Outcome.Succeeded));
        }
        return Result.of(course(state, flight).ended(outcome, now));
    }

    private Result<ResourceEvent> onTick(ResourceState state, Instant now) {
        Stream<ResourceEvent> overdue = state.flight().filter(f -> !f.deadline().isAfter(now)).stream()
                .map(f -> f.phase() == Phase.REPORTING
                        ? new ReportClosed(now, false)
                        : course(state, f).overdue(now));
        List<String> lapsed = state.slot().lapsed(now);
        Stream<ResourceEvent> lapses = lapsed.isEmpty() ? Stream.of() : Stream.of(new SlotLapsed(now, lapsed));
        return new Result<>(Stream.concat(overdue, lapses).toList(), Reply.DONE);
    }

    private ChangeCourse course(ResourceState state, Flight flight) {
        return new ChangeCourse(this, state, flight);
    }

    /** The operation and the goal that a flight is at: there, or back. */
    Optional<Lifecycle.Undo> target(Flight flight) {
        return lifecycle
                .step(flight.action())
                .flatMap(step -> flight.undoing()
                        ? step.back()
                        : Optional.of(new Lifecycle.Undo(step.operation(), step.goal())));
    }

    @Override
    public List<Effect> pending(ResourceState state) {
        return state.flight()
                .flatMap(flight -> effect(state, flight))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<Effect> effect(ResourceState state, Flight flight) {
        long generation = state.generation();
        String id = address + "/" + flight.phase() + "/" + generation;
        if (flight.phase() == Phase.REPORTING) {
            return flight.result()
                    .map(result -> new Effect.Send(
                            id, DecisionAgent.address(flight.decision()), new ReportChange(flight.decision(), result)));
        }
        return target(flight)
                .map(target -> new Effect.Call(id, address, generation, operation(flight.phase(), target)));
    }

    private static FleetOperation operation(Phase phase, Lifecycle.Undo target) {
        Goal goal = target.goal();
        return switch (phase) {
            case APPLYING -> target.operation();
            case VERIFYING -> goal.await();
            case DOUBTING, COUNTING, REPORTING -> new FleetOperation.Describe();
        };
    }

    @Override
    public Optional<Deadline<Command>> deadline(ResourceState state) {
        Optional<Instant> lapse = state.slot().nextLapse();
        Optional<Instant> flight = state.flight().map(Flight::deadline);
        boolean isFlightFirst =
                flight.isPresent() && (lapse.isEmpty() || flight.get().isBefore(lapse.get()));
        return (isFlightFirst ? flight : lapse).map(at -> new Deadline<>(at, new Tick()));
    }

    @Override
    public Command settle(String effectId, Outcome outcome) {
        return new Settle(effectId, outcome);
    }
}
