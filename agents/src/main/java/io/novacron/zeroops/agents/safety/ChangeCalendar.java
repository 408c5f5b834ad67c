package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.safety.CalendarCommand.Freeze;
import io.novacron.zeroops.agents.safety.CalendarCommand.Thaw;
import io.novacron.zeroops.agents.safety.CalendarCommand.Tick;
import io.novacron.zeroops.agents.safety.CalendarEvent.Confirmed;
import io.novacron.zeroops.agents.safety.CalendarEvent.Ended;
import io.novacron.zeroops.agents.safety.CalendarEvent.Frozen;
import io.novacron.zeroops.agents.safety.CalendarEvent.Lapsed;
import io.novacron.zeroops.agents.safety.CalendarEvent.Promised;
import io.novacron.zeroops.agents.safety.CalendarEvent.Thawed;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says when nothing may be disrupted, and how much may be at once: incidents, chaos and rollouts draw on one budget, so
 * that no two of them take away together what each alone may.
 *
 * <p>Refuses a Hold as {@code decision_ended}, {@code too_late}, {@code too_many_holds} or with the defect of its action;
 * a Confirm as {@code not_held}. It has no effects: whoever asks, asks again.
 */
public record ChangeCalendar(CalendarPolicy policy) implements Agent<Command, CalendarEvent, CalendarState> {
    /** There is one. */
    public static final String ADDRESS = "calendar/main";

    @Override
    public CalendarState initial() {
        return CalendarState.INITIAL;
    }

    @Override
    public CalendarState apply(CalendarState state, CalendarEvent event) {
        return event.applyTo(state);
    }

    @Override
    public Result<CalendarEvent> decide(CalendarState state, Command command, Instant now) {
        List<String> decisions = state.holds().lapsed(now);
        List<String> owners = state.lapsedOwners(now);
        if (decisions.isEmpty() && owners.isEmpty()) {
            return decideFresh(state, command, now);
        }
        CalendarEvent first = new Lapsed(now, decisions, owners); // first, so that nobody is refused for what is over
        var then = decideFresh(first.applyTo(state), command, now);
        return new Result<>(
                Stream.concat(Stream.of(first), then.events().stream()).toList(), then.reply());
    }

    private Result<CalendarEvent> decideFresh(CalendarState state, Command command, Instant now) {
        if (command instanceof Hold hold) {
            return HoldRules.<CalendarEvent>known(state.holds(), hold, now).orElseGet(() -> onHold(state, hold, now));
        } else if (command instanceof Confirm confirm) {
            String decision = confirm.decision();
            return HoldRules.confirm(state.holds(), decision, now, () -> new Confirmed(now, decision));
        } else if (command instanceof End end) {
            return HoldRules.isOver(state.holds(), end, now)
                    ? Result.nothing()
                    : Result.of(new Ended(now, end.decision(), end.until()));
        } else if (command instanceof Freeze freeze) {
            return onFreeze(state, freeze, now);
        } else if (command instanceof Thaw thaw) {
            return Optional.ofNullable(state.freezes().get(thaw.owner()))
                    .map(freeze -> Result.<CalendarEvent>of(new Thawed(now, thaw.owner(), freeze.until())))
                    .orElseGet(Result::nothing);
        } else if (command instanceof Tick) {
            return Result.nothing(); // what was due has been done
        }
        return Result.refused("unknown_command");
    }

    private static Result<CalendarEvent> onFreeze(CalendarState state, Freeze freeze, Instant now) {
        String owner = freeze.owner();
        if (owner.isBlank()) {
            return Result.refused("freeze_owner_missing");
        } else if (!freeze.until().isAfter(now)) {
            return Result.refused("too_late");
        } else if (state.until(owner).filter(u -> !freeze.until().isAfter(u)).isPresent()) {
            return Result.nothing();
        } else if (!state.freezes().containsKey(owner) && state.freezes().size() >= CalendarState.FREEZES_MAX) {
            return Result.refused("too_many_freezes");
        }
        return Result.of(new Frozen(now, owner, freeze.scope(), freeze.reason(), freeze.until()));
    }

    private Result<CalendarEvent> onHold(CalendarState state, Hold hold, Instant now) {
        boolean disruptive = hold.action().kind().isDisruptive();
        if (!disruptive) {
            return promised(hold, "", now); // remembered all the same, since its Confirm must find it
        }
        var frozen = state.freezes().entrySet().stream()
                .filter(e -> e.getValue().scope().covers(hold.action()))
                .findFirst();
        if (hold.priority() != Priority.P0 && frozen.isPresent()) {
            var freeze = frozen.get();
            String detail = freeze.getKey() + " until " + freeze.getValue().until() + ": "
                    + freeze.getValue().reason();
            return Result.answered(new Vote.Reject("calendar_freeze", detail));
        } else if (fits(state, hold)) {
            return promised(hold, "", now);
        }
        return preemptable(state, hold)
                .map(victim -> promised(hold, victim, now))
                .orElseGet(() -> Result.answered(full(state, hold)));
    }

    private boolean fits(CalendarState state, Hold hold) {
        return state.disruptions().count() < policy.maxDisruptions()
                && state.disruptions(hold.action().region()) < policy.maxDisruptionsPerRegion();
    }

    /** The least urgent tentative hold whose end makes room for this P0; of equals, the last by its decision's id. */
    private Optional<String> preemptable(CalendarState state, Hold hold) {
        if (hold.priority() != Priority.P0) {
            return Optional.empty();
        }
        Comparator<Map.Entry<String, Holds.Entry>> urgency =
                Comparator.comparing(e -> e.getValue().priority());
        return state.disruptions()
                .filter(e -> !e.getValue().firm()
                        && hold.priority().isAbove(e.getValue().priority()))
                .filter(e -> fits(state.without(state.asOf(), List.of(e.getKey())), hold))
                .max(urgency.thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    private Vote full(CalendarState state, Hold hold) {
        String region = hold.action().region();
        String detail = state.disruptions().count() + " of " + policy.maxDisruptions() + " in all, "
                + state.disruptions(region) + " of " + policy.maxDisruptionsPerRegion() + " in " + region;
        return new Vote.Reject("disruption_budget", detail);
    }

    private Result<CalendarEvent> promised(Hold hold, String preempted, Instant now) {
        CalendarEvent promised = new Promised(
                now,
                hold.decision(),
                hold.action(),
                hold.priority(),
                hold.until(),
                preempted,
                policy.maxDisruptions(),
                policy.maxDisruptionsPerRegion());
        return Result.of(promised).answering(Vote.ACCEPT);
    }

    @Override
    public List<Effect> pending(CalendarState state) {
        return List.of();
    }

    @Override
    public Optional<Deadline<Command>> deadline(CalendarState state) {
        return state.nextLapse().map(at -> new Deadline<>(at, new Tick()));
    }

    /** Never asked, since nothing is ever pending. */
    @Override
    public Command settle(String effectId, Outcome outcome) {
        return new Tick();
    }
}
