package io.novacron.zeroops.agents.fleet;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.fleet.ResourceState.Flight;
import io.novacron.zeroops.agents.fleet.ResourceState.Phase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happened to a resource. */
public sealed interface ResourceEvent extends Event {

    ResourceState applyTo(ResourceState state);

    /** @param preempted decisions of less urgency that lost the slot before they began */
    @TypeName("resource.SlotHeld/1")
    record SlotHeld(
            Instant at, String decision, Action action, Priority priority, Instant until, List<String> preempted)
            implements ResourceEvent {
        public SlotHeld {
            preempted = List.copyOf(preempted);
        }

        @Override
        public ResourceState applyTo(ResourceState s) {
            Holds slot = s.slot();
            for (String other :
                    preempted) { // with a tombstone: told that it never begins, it must not by a late repeat
                slot = slot.ended(other, slot.get(other).map(Holds.Entry::until).orElse(at));
            }
            var entry = new Holds.Entry(action, priority, Vote.ACCEPT, false, until);
            return s.with(slot.promised(decision, entry), at);
        }
    }

    /** The decision ended without beginning, or after it; {@code until} is that of its hold. */
    @TypeName("resource.SlotEnded/1")
    record SlotEnded(Instant at, String decision, Instant until) implements ResourceEvent {
        @Override
        public ResourceState applyTo(ResourceState s) {
            return s.with(s.slot().ended(decision, until), at);
        }
    }

    @TypeName("resource.SlotLapsed/1")
    record SlotLapsed(Instant at, List<String> decisions) implements ResourceEvent {
        public SlotLapsed {
            decisions = List.copyOf(decisions);
        }

        @Override
        public ResourceState applyTo(ResourceState s) {
            return s.with(s.slot().without(decisions), at);
        }
    }

    /** The hold has become a change; {@code generation} is that of its call. */
    @TypeName("resource.ChangeStarted/1")
    record ChangeStarted(
            Instant at,
            String decision,
            Action action,
            long generation,
            Instant deadline,
            Instant until,
            Instant holdUntil)
            implements ResourceEvent {
        @Override
        public ResourceState applyTo(ResourceState s) {
            var flight = new Flight(
                    decision,
                    action,
                    Phase.APPLYING,
                    1,
                    false,
                    generation,
                    generation,
                    until,
                    deadline,
                    Optional.empty());
            return s.generation(generation)
                    .with(s.slot().ended(decision, holdUntil), at)
                    .with(flight, at);
        }
    }

    /** Nobody knows whether the change took effect; {@code generation} is that of the question. */
    @TypeName("resource.ChangeDoubted/1")
    record ChangeDoubted(Instant at, long generation, Instant deadline) implements ResourceEvent {
        @Override
        public ResourceState applyTo(ResourceState s) {
            return inPhase(s.generation(generation), Phase.DOUBTING, deadline, at);
        }
    }

    /** The provider has taken the change; its post-condition is awaited. */
    @TypeName("resource.ChangeApplied/1")
    record ChangeApplied(Instant at, Instant deadline) implements ResourceEvent {
        @Override
        public ResourceState applyTo(ResourceState s) {
            return inPhase(s, Phase.VERIFYING, deadline, at);
        }
    }

    /** The post-condition did not come: the provider is asked what there is, with {@code generation}. */
    @TypeName("resource.CountStarted/1")
    record CountStarted(Instant at, long generation, Instant deadline) implements ResourceEvent {
        @Override
        public ResourceState applyTo(ResourceState s) {
            return inPhase(s.generation(generation), Phase.COUNTING, deadline, at);
        }
    }

    /** Tried again, or topped up; or, if {@code undoing}, put back. */
    @TypeName("resource.AttemptStarted/1")
    record AttemptStarted(Instant at, int attempt, boolean undoing, long generation, Instant deadline)
            implements ResourceEvent {
        @Override
        public ResourceState applyTo(ResourceState s) {
            return s.flight()
                    .map(f -> s.generation(generation).with(f.attempting(attempt, undoing, generation, deadline), at))
                    .orElse(s);
        }
    }

    /** How it ended, and what there is now, as far as is known. */
    @TypeName("resource.ChangeEnded/1")
    record ChangeEnded(Instant at, Change.Ended result, Condition condition, Instant deadline)
            implements ResourceEvent {
        @Override
        public ResourceState applyTo(ResourceState s) {
            ResourceState known = s.observed(condition, result.level(), at);
            return s.flight()
                    .map(f -> known.with(f.reporting(result, deadline), at))
                    .orElse(known);
        }
    }

    /** The decision has taken the report, or had its time. */
    @TypeName("resource.ReportClosed/1")
    record ReportClosed(Instant at, boolean accepted) implements ResourceEvent {
        @Override
        public ResourceState applyTo(ResourceState s) {
            return s.landed(at);
        }
    }

    /** The provider shows something else than was known, and no change of ours explains it. */
    @TypeName("resource.DriftObserved/1")
    record DriftObserved(Instant at, Condition condition, int instances) implements ResourceEvent {
        @Override
        public ResourceState applyTo(ResourceState s) {
            return s.observed(condition, instances, at);
        }
    }

    private static ResourceState inPhase(ResourceState s, Phase phase, Instant deadline, Instant at) {
        return s.flight().map(f -> s.with(f.in(phase, deadline), at)).orElse(s);
    }
}
