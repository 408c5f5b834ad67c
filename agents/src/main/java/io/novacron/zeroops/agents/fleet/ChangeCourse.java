package io.novacron.zeroops.agents.fleet;

import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.fleet.ResourceEvent.AttemptStarted;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ChangeApplied;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ChangeDoubted;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ChangeEnded;
import io.novacron.zeroops.agents.fleet.ResourceEvent.CountStarted;
import io.novacron.zeroops.agents.fleet.ResourceState.Flight;
import java.time.Instant;

/** What comes next for a change in flight; the arrows of {@link ResourceAgent}, between its first call and its report. */
record ChangeCourse(ResourceAgent agent, ResourceState state, Flight flight) {

    /** The effect of this phase ended for good. */
    ResourceEvent ended(Outcome outcome, Instant now) {
        boolean succeeded = outcome instanceof Outcome.Succeeded;
        String code = outcome instanceof Outcome.Failed failed ? failed.code() : "";
        return switch (flight.phase()) {
            case APPLYING -> succeeded ? applied(now) : refused(code, now);
            case VERIFYING -> succeeded ? met(now) : count(now);
            case DOUBTING ->
                outcome instanceof Outcome.Succeeded answer && answer.answer() instanceof Observed observed
                        ? resolved(observed, now)
                        : escalated("describe_failed", now);
            case COUNTING ->
                outcome instanceof Outcome.Succeeded answer && answer.answer() instanceof Observed observed
                        ? counted(observed, now)
                        : escalated("describe_failed", now);
            case REPORTING -> throw new AssertionError(flight); // the agent closes the report itself
        };
    }

    /** No answer came. */
    ResourceEvent overdue(Instant now) {
        return switch (flight.phase()) {
            case APPLYING -> doubted(now); // silence is an unknown outcome
            case VERIFYING -> count(now);
            case DOUBTING, COUNTING -> escalated("outcome_unknown", now);
            case REPORTING -> throw new AssertionError(flight);
        };
    }

    ResourceEvent doubted(Instant now) {
        return new ChangeDoubted(
                now, state.generation() + 1, now.plus(agent.policy().askPatience()));
    }

    private ResourceEvent applied(Instant now) {
        return new ChangeApplied(now, now.plus(agent.policy().verifyPatience()));
    }

    private ResourceEvent count(Instant now) {
        return new CountStarted(
                now, state.generation() + 1, now.plus(agent.policy().askPatience()));
    }

    /** The provider certainly did nothing, and never will: there is nothing to undo but what an earlier attempt did. */
    private ResourceEvent refused(String code, Instant now) {
        if (flight.undoing()) {
            return escalated("undo_refused:" + code, now);
        }
        return flight.attempt() == 1
                ? end(Change.End.NO_EFFECT, state.instances(), state.condition(), code, now)
                : count(now); // the first attempt may have done some of it
    }

    private ResourceEvent met(Instant now) {
        return agent.target(flight)
                .map(target -> success(target.goal().condition(), target.goal().instances(), now))
                .orElseGet(() -> escalated("unknown_action", now));
    }

    private ResourceEvent success(Condition condition, int level, Instant now) {
        return flight.undoing()
                ? end(Change.End.UNDONE, level, condition, "post_condition_not_met", now)
                : end(Change.End.VERIFIED, level, condition, "", now);
    }

    /** The doubt's answer: fenced off, the change either took effect or never will. */
    private ResourceEvent resolved(Observed observed, Instant now) {
        if (observed.applied() < flight.applied()) {
            return againOrGiveUp(observed, now); // also if the goal seems met: see tookEffect
        }
        return isMetBy(observed) ? success(observed.condition(), observed.instances(), now) : applied(now);
    }

    private ResourceEvent counted(Observed observed, Instant now) {
        return tookEffect(observed) && isMetBy(observed)
                ? success(observed.condition(), observed.instances(), now)
                : againOrGiveUp(observed, now);
    }

    /** Whether any attempt at this goal did; a VM that runs need not be one that was restarted. */
    private boolean tookEffect(Observed observed) {
        return observed.applied() >= flight.first();
    }

    private boolean isMetBy(Observed observed) {
        return agent.target(flight)
                .filter(target -> target.goal().isMetBy(observed))
                .isPresent();
    }

    /** Once more, which tops up what is there; after that what the action declared. */
    private ResourceEvent againOrGiveUp(Observed observed, Instant now) {
        if (flight.attempt() < ResourcePolicy.ATTEMPTS_MAX) {
            return attempt(flight.attempt() + 1, flight.undoing(), now);
        }
        int level = observed.instances() + observed.booting(); // what boots may yet run, and costs already
        if (flight.undoing()) {
            return giveUp(Change.End.ESCALATED, level, observed, now);
        } else if (!tookEffect(observed)) {
            return giveUp(Change.End.NO_EFFECT, level, observed, now);
        }
        return switch (flight.action().kind().onFailure()) {
            case ESCALATE -> giveUp(Change.End.ESCALATED, level, observed, now);
            case UNDO -> attempt(1, true, now);
            case KEEP ->
                giveUp(
                        level == flight.action().from() ? Change.End.NO_EFFECT : Change.End.PARTIAL,
                        level,
                        observed,
                        now);
        };
    }

    private ResourceEvent giveUp(Change.End end, int level, Observed observed, Instant now) {
        return end(end, level, observed.condition(), "post_condition_not_met", now);
    }

    private ResourceEvent attempt(int number, boolean undoing, Instant now) {
        return new AttemptStarted(
                now,
                number,
                undoing,
                state.generation() + 1,
                now.plus(agent.policy().callPatience()));
    }

    private ResourceEvent escalated(String code, Instant now) {
        return end(Change.End.ESCALATED, state.instances(), state.condition(), code, now);
    }

    private ResourceEvent end(Change.End end, int level, Condition condition, String detail, Instant now) {
        return new ChangeEnded(
                now,
                new Change.Ended(end, level, detail),
                condition,
                now.plus(agent.policy().reportPatience()));
    }
}
