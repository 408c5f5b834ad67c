package io.novacron.zeroops.agents.fleet;

import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.Holds;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one resource.
 *
 * @param generation of the last call; only ever grows, also over recoveries: keys and fences are made of it
 * @param condition at the end of the last change, or as last observed
 * @param instances likewise; see {@link Observed}
 * @param slot the one hold, if any, and the tombstones of ended decisions
 * @param flight the change in flight
 * @param last the change before, remembered for a decision that asks again
 */
@TypeName("resource.State/1")
public record ResourceState(
        long generation,
        Condition condition,
        int instances,
        Holds slot,
        Optional<Flight> flight,
        Optional<Landed> last,
        Instant asOf)
        implements State {

    static final ResourceState INITIAL =
            new ResourceState(0, Condition.ABSENT, 0, Holds.NONE, Optional.empty(), Optional.empty(), Instant.EPOCH);

    /** Each waits for one effect, until one deadline; see {@link ResourceAgent}. */
    public enum Phase {
        APPLYING,
        DOUBTING,
        VERIFYING,
        COUNTING,
        REPORTING
    }

    /**
     * One change in flight.
     *
     * @param attempt from 1
     * @param undoing whether the goal is now how it was before
     * @param first the generation of the first attempt at this goal: whatever took effect since then was for it
     * @param applied the generation of the attempt's change
     * @param until the latest instant at which it will have ended
     * @param result present exactly in {@link Phase#REPORTING}
     */
    public record Flight(
            String decision,
            Action action,
            Phase phase,
            int attempt,
            boolean undoing,
            long first,
            long applied,
            Instant until,
            Instant deadline,
            Optional<Change.Ended> result) {

        Flight in(Phase newPhase, Instant newDeadline) {
            return new Flight(decision, action, newPhase, attempt, undoing, first, applied, until, newDeadline, result);
        }

        Flight attempting(int newAttempt, boolean nowUndoing, long generation, Instant newDeadline) {
            return new Flight(
                    decision,
                    action,
                    Phase.APPLYING,
                    newAttempt,
                    nowUndoing,
                    nowUndoing == undoing ? first : generation,
                    generation,
                    until,
                    newDeadline,
                    result);
        }

        Flight reporting(Change.Ended ended, Instant newDeadline) {
            return new Flight(
                    decision,
                    action,
                    Phase.REPORTING,
                    attempt,
                    undoing,
                    first,
                    applied,
                    until,
                    newDeadline,
                    Optional.of(ended));
        }
    }

    /** One change that ended; {@code applied} is the highest generation that is known to have taken effect, of any. */
    public record Landed(String decision, Change.Ended result, long applied) {
        static Landed of(Flight flight, Change.Ended result, long appliedBefore) {
            boolean known = result.end() != Change.End.ESCALATED && result.end() != Change.End.NO_EFFECT;
            return new Landed(flight.decision(), result, known ? flight.applied() : appliedBefore);
        }
    }

    ResourceState with(Holds newSlot, Instant at) {
        return new ResourceState(generation, condition, instances, newSlot, flight, last, at);
    }

    ResourceState with(Flight newFlight, Instant at) {
        return new ResourceState(generation, condition, instances, slot, Optional.of(newFlight), last, at);
    }

    ResourceState generation(long newGeneration) {
        return new ResourceState(newGeneration, condition, instances, slot, flight, last, asOf);
    }

    ResourceState observed(Condition newCondition, int newInstances, Instant at) {
        return new ResourceState(generation, newCondition, newInstances, slot, flight, last, at);
    }

    ResourceState landed(Instant at) {
        long before = last.map(Landed::applied).orElse(0L); // a list from before that stays too old
        Optional<Landed> done = flight.flatMap(f -> f.result().map(result -> Landed.of(f, result, before)));
        return new ResourceState(generation, condition, instances, slot, Optional.empty(), done.or(() -> last), at);
    }
}
