package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.OpenProposal;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Verdict;
import java.time.Instant;
import java.util.Optional;

/** What happened to a spot service. */
public sealed interface SpotEvent extends Event {

    SpotState applyTo(SpotState state);

    /**
     * More or fewer instances were proposed in one market.
     *
     * @param bid see {@link SpotMarket#bid}
     * @param nextMove see {@link SpotState#nextMove}
     */
    @TypeName("spot.ChangeProposed/1")
    record ChangeProposed(
            Instant at, long sequence, String market, Money bid, Proposal proposal, Instant deadline, Instant nextMove)
            implements SpotEvent {
        @Override
        public SpotState applyTo(SpotState s) {
            return s.proposed(sequence, nextMove)
                    .changing(market, at, m -> m.proposed(bid, OpenProposal.of(proposal, deadline)));
        }
    }

    /** The decision has it, and will tell how it ended. */
    @TypeName("spot.ProposalHanded/1")
    record ProposalHanded(Instant at, String market, Instant deadline) implements SpotEvent {
        @Override
        public SpotState applyTo(SpotState s) {
            return s.changing(market, at, m -> m.with(m.open().map(open -> open.answered(deadline))));
        }
    }

    /** The decision was silent for too long, and is asked. */
    @TypeName("spot.ProposalDoubted/1")
    record ProposalDoubted(Instant at, String market, Instant deadline) implements SpotEvent {
        @Override
        public SpotState applyTo(SpotState s) {
            return s.changing(market, at, m -> m.with(m.open().map(open -> open.askedAgain(deadline))));
        }
    }

    /**
     * A proposal came to its end.
     *
     * @param verdict empty where it was never decided on: {@code constraint} says why
     * @param failures in a row, this one included
     */
    @TypeName("spot.ChangeEnded/1")
    record ChangeEnded(
            Instant at,
            String market,
            String decision,
            Optional<Verdict> verdict,
            String constraint,
            Optional<Change.Ended> change,
            int failures,
            Instant restUntil)
            implements SpotEvent {
        @Override
        public SpotState applyTo(SpotState s) {
            return s.changed(at).changing(market, at, m -> m.ended(failures, restUntil));
        }
    }
}
