package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Instant;
import java.util.List;

/** What happened to the calendar. */
public sealed interface CalendarEvent extends Event {

    CalendarState applyTo(CalendarState state);

    @TypeName("calendar.Frozen/1")
    record Frozen(Instant at, String owner, Scope scope, String reason, Instant until) implements CalendarEvent {
        @Override
        public CalendarState applyTo(CalendarState s) {
            return s.frozen(at, owner, new CalendarState.Freeze(scope, reason, until));
        }
    }

    /** @param until that of the freeze that ended early */
    @TypeName("calendar.Thawed/1")
    record Thawed(Instant at, String owner, Instant until) implements CalendarEvent {
        @Override
        public CalendarState applyTo(CalendarState s) {
            return s.thawed(at, owner, until);
        }
    }

    /**
     * @param preempted the decision whose tentative hold a P0 took; empty if none
     * @param limit disruptions allowed at once, when this was promised
     * @param limitPerRegion of those in one region
     */
    @TypeName("calendar.Promised/1")
    record Promised(
            Instant at,
            String decision,
            Action action,
            Priority priority,
            Instant until,
            String preempted,
            int limit,
            int limitPerRegion)
            implements CalendarEvent {
        @Override
        public CalendarState applyTo(CalendarState s) {
            var entry = new Holds.Entry(action, priority, Vote.ACCEPT, false, until);
            return s.without(at, List.of(preempted)).promised(at, decision, entry, limit, limitPerRegion);
        }
    }

    @TypeName("calendar.Confirmed/1")
    record Confirmed(Instant at, String decision) implements CalendarEvent {
        @Override
        public CalendarState applyTo(CalendarState s) {
            return s.holding(at, s.holds().confirmed(decision));
        }
    }

    @TypeName("calendar.Ended/1")
    record Ended(Instant at, String decision, Instant until) implements CalendarEvent {
        @Override
        public CalendarState applyTo(CalendarState s) {
            return s.holding(at, HoldRules.ended(s.holds(), decision, until, at));
        }
    }

    /**
     * Their time is over.
     *
     * @param decisions with a tentative hold or a tombstone
     * @param owners with a freeze, or one that was thawed
     */
    @TypeName("calendar.Lapsed/1")
    record Lapsed(Instant at, List<String> decisions, List<String> owners) implements CalendarEvent {
        public Lapsed {
            decisions = List.copyOf(decisions);
            owners = List.copyOf(owners);
        }

        @Override
        public CalendarState applyTo(CalendarState s) {
            return s.without(at, decisions).forgetting(owners);
        }
    }
}
