package io.novacron.zeroops.agents.ops;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import io.novacron.zeroops.agents.ops.OpsState.Announcement;
import io.novacron.zeroops.agents.ops.OpsState.Page;
import io.novacron.zeroops.agents.safety.Mode;
import java.time.Instant;
import java.util.Optional;

/** What happened at the operations centre. {@code next} is what is announced to the governor therefore, if anything. */
public sealed interface OpsEvent extends Event {

    OpsState applyTo(OpsState state);

    @TypeName("ops.ModeSet/1")
    record ModeSet(Instant at, String person, Mode mode, Optional<Announcement> next) implements OpsEvent {
        @Override
        public OpsState applyTo(OpsState s) {
            return s.at(at).withMode(mode).announcing(next);
        }
    }

    /** @param intervention the id under which the ledger counts it */
    @TypeName("ops.OverrideStarted/1")
    record OverrideStarted(
            Instant at,
            String person,
            String justification,
            Instant until,
            String intervention,
            Optional<Announcement> next)
            implements OpsEvent {
        @Override
        public OpsState applyTo(OpsState s) {
            return s.at(at)
                    .withOverride(Optional.of(new OpsState.OpenOverride(person, justification, until)))
                    .withLedger(s.ledger().plus(intervention, Intervention.OVERRIDDEN))
                    .announcing(next);
        }
    }

    /** @param person who ended it; empty where its time was over */
    @TypeName("ops.OverrideEnded/1")
    record OverrideEnded(Instant at, String person, Optional<Announcement> next) implements OpsEvent {
        @Override
        public OpsState applyTo(OpsState s) {
            return s.at(at).withOverride(Optional.empty()).announcing(next);
        }
    }

    @TypeName("ops.ModeAcknowledged/1")
    record ModeAcknowledged(Instant at, long sequence, Optional<Announcement> next) implements OpsEvent {
        @Override
        public OpsState applyTo(OpsState s) {
            return s.at(at).notAwaiting(sequence).announcing(next);
        }
    }

    /**
     * The governor did not acknowledge in time.
     *
     * @param page that is owed from now on, if it is time for one
     */
    @TypeName("ops.ModeUnacknowledged/1")
    record ModeUnacknowledged(Instant at, long sequence, Optional<Announcement> next, Optional<Page> page)
            implements OpsEvent {
        @Override
        public OpsState applyTo(OpsState s) {
            return s.at(at).notAwaiting(sequence).announcing(next).withPage(page.or(s::page));
        }
    }

    /** The page is no longer owed: taken, or else refused or late. */
    @TypeName("ops.PageClosed/1")
    record PageClosed(Instant at, long sequence, boolean delivered) implements OpsEvent {
        @Override
        public OpsState applyTo(OpsState s) {
            return s.at(at).withPage(Optional.empty());
        }
    }

    @TypeName("ops.InterventionRecorded/1")
    record InterventionRecorded(Instant at, String decision, Intervention kind) implements OpsEvent {
        @Override
        public OpsState applyTo(OpsState s) {
            return s.at(at).withLedger(s.ledger().plus(decision, kind));
        }
    }
}
