package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Result;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.safety.SafetyCommand.ApplyMode;
import io.novacron.zeroops.agents.safety.SafetyCommand.Tick;
import io.novacron.zeroops.agents.safety.SafetyEvent.LeaseConfirmed;
import io.novacron.zeroops.agents.safety.SafetyEvent.LeaseEnded;
import io.novacron.zeroops.agents.safety.SafetyEvent.LeasesLapsed;
import io.novacron.zeroops.agents.safety.SafetyEvent.ModeApplied;
import io.novacron.zeroops.agents.safety.SafetyEvent.QuotaLeased;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps automation inside {@code safety_constraints}, whoever proposes: each vote leases the quota that the action may
 * use, so that decisions that race cannot exceed together what each alone may. What is held counts as used; what was held
 * and not used is given back when the decision ends or lapses.
 *
 * <p>Refuses a Hold as {@code decision_ended}, {@code too_late}, {@code too_many_holds}, {@code too_many_resources}, or
 * with the defect of its action; a Confirm as {@code not_held}. It has no effects: whoever asks, asks again.
 */
public record SafetyGovernor(SafetyConstraints constraints) implements Agent<Command, SafetyEvent, SafetyState> {
    /** There is one. */
    public static final String ADDRESS = "governor/main";

    @Override
    public SafetyState initial() {
        return SafetyState.INITIAL;
    }

    @Override
    public SafetyState apply(SafetyState state, SafetyEvent event) {
        return event.applyTo(state);
    }

    @Override
    public Result<SafetyEvent> decide(SafetyState state, Command command, Instant now) {
        List<String> lapsed = state.holds().lapsed(now);
        if (lapsed.isEmpty()) {
            return decideFresh(state, command, now);
        }
        SafetyEvent first = new LeasesLapsed(now, lapsed); // first, so that nobody is refused for what nobody holds
        var then = decideFresh(first.applyTo(state), command, now);
        return new Result<>(
                Stream.concat(Stream.of(first), then.events().stream()).toList(), then.reply());
    }

    private Result<SafetyEvent> decideFresh(SafetyState state, Command command, Instant now) {
        if (command instanceof Hold hold) {
            return HoldRules.<SafetyEvent>known(state.holds(), hold, now).orElseGet(() -> onHold(state, hold, now));
        } else if (command instanceof Confirm confirm) {
            String decision = confirm.decision();
            return HoldRules.confirm(state.holds(), decision, now, () -> new LeaseConfirmed(now, decision));
        } else if (command instanceof End end) {
            return onEnd(state, end, now);
        } else if (command instanceof ApplyMode apply) {
            return onMode(state, apply, now);
        } else if (command instanceof Tick) {
            return Result.nothing(); // what was due has been done
        }
        return Result.refused("unknown_command");
    }

    private Result<SafetyEvent> onHold(SafetyState state, Hold hold, Instant now) {
        Action action = hold.action();
        Vote vote = new SafetyReview(state, constraints, now).vote(hold);
        if (vote instanceof Vote.Reject) {
            return Result.answered(vote);
        } else if (Quantities.isTracked(action) && !state.usage().hasRoomFor(now, action.resource())) {
            return Result.refused("too_many_resources");
        }
        Action held = vote instanceof Vote.Counter counter ? action.withTo(counter.to()) : action;
        var limits = Limits.of(constraints);
        SafetyEvent leased = new QuotaLeased(now, hold.decision(), held, hold.priority(), vote, hold.until(), limits);
        return Result.of(leased).answering(vote);
    }

    private Result<SafetyEvent> onEnd(SafetyState state, End end, Instant now) {
        if (HoldRules.isOver(state.holds(), end, now)) {
            return Result.nothing();
        }
        var action = state.holds().get(end.decision()).map(Holds.Entry::action);
        int most = action.map(a -> Math.abs(a.delta())).orElse(0);
        int achieved = Math.max(0, Math.min(most, end.achieved()));
        String proven = action.filter(
                        a -> achieved > 0 && constraints.canaryRegions().contains(a.region()))
                .map(Action::rollout)
                .orElse("");
        return Result.of(new LeaseEnded(now, end.decision(), achieved, end.until(), proven));
    }

    private Result<SafetyEvent> onMode(SafetyState state, ApplyMode apply, Instant now) {
        if (state.heard().isRepeat(apply.origin())) {
            return Result.nothing();
        }
        Predicate<Holds.Entry> permitted =
                hold -> apply.mode().permits(hold.action().kind().risk());
        List<String> revoked = state.holds().lapsing().instants().keySet().stream() // what is firm goes on
                .filter(decision ->
                        state.holds().get(decision).filter(permitted).isEmpty())
                .toList();
        return Result.of(new ModeApplied(now, apply.origin(), apply.mode(), revoked));
    }

    @Override
    public List<Effect> pending(SafetyState state) {
        return List.of();
    }

    @Override
    public Optional<Deadline<Command>> deadline(SafetyState state) {
        return state.holds().nextLapse().map(at -> new Deadline<>(at, new Tick()));
    }

    /** Never asked, since nothing is ever pending. */
    @Override
    public Command settle(String effectId, Outcome outcome) {
        return new Tick();
    }
}
