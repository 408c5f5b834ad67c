package io.novacron.zeroops.agents.safety;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Instant;
import java.util.List;

/** What happened to the quotas. Rejections change nothing, and are journaled where the votes meet. */
public sealed interface SafetyEvent extends Event {

    SafetyState applyTo(SafetyState state);

    /** @param revoked tentative holds that the mode does not permit */
    @TypeName("safety.ModeApplied/1")
    record ModeApplied(Instant at, Origin origin, Mode mode, List<String> revoked) implements SafetyEvent {
        public ModeApplied {
            revoked = List.copyOf(revoked);
        }

        @Override
        public SafetyState applyTo(SafetyState s) {
            return s.revoked(at, revoked).inMode(mode, origin);
        }
    }

    /**
     * @param action by the measure that was promised
     * @param limits what the vote was found by
     */
    @TypeName("safety.QuotaLeased/1")
    record QuotaLeased(
            Instant at, String decision, Action action, Priority priority, Vote vote, Instant until, Limits limits)
            implements SafetyEvent {
        @Override
        public SafetyState applyTo(SafetyState s) {
            return s.leased(at, decision, new Holds.Entry(action, priority, vote, false, until), limits);
        }
    }

    @TypeName("safety.LeaseConfirmed/1")
    record LeaseConfirmed(Instant at, String decision) implements SafetyEvent {
        @Override
        public SafetyState applyTo(SafetyState s) {
            return s.confirmed(at, decision);
        }
    }

    /**
     * @param achieved instances changed, at most what was leased
     * @param provenRollout the rollout that this was a canary of, and that may go on elsewhere; empty if none
     */
    @TypeName("safety.LeaseEnded/1")
    record LeaseEnded(Instant at, String decision, int achieved, Instant until, String provenRollout)
            implements SafetyEvent {
        @Override
        public SafetyState applyTo(SafetyState s) {
            return s.ended(at, decision, achieved, until, provenRollout);
        }
    }

    /** Tentative holds and tombstones whose time is over. */
    @TypeName("safety.LeasesLapsed/1")
    record LeasesLapsed(Instant at, List<String> decisions) implements SafetyEvent {
        public LeasesLapsed {
            decisions = List.copyOf(decisions);
        }

        @Override
        public SafetyState applyTo(SafetyState s) {
            return s.lapsed(at, decisions);
        }
    }
}
