package io.novacron.zeroops.agents.scaling;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.scaling.ScalerState.Out;
import java.time.Instant;
import java.util.Optional;

/** What happened to a scaler. */
public sealed interface ScalerEvent extends Event {

    ScalerState applyTo(ScalerState state);

    @TypeName("scaler.ScalingProposed/1")
    record ScalingProposed(Instant at, long sequence, Proposal proposal, Instant deadline) implements ScalerEvent {
        @Override
        public ScalerState applyTo(ScalerState s) {
            return new ScalerState(
                    sequence, Optional.of(new Out(proposal, 1, false, deadline)), s.restUntil(), s.shrinkAfter(), at);
        }
    }

    /** The decision has it, and will tell how it ended. */
    @TypeName("scaler.ProposalHanded/1")
    record ProposalHanded(Instant at, Instant deadline) implements ScalerEvent {
        @Override
        public ScalerState applyTo(ScalerState s) {
            return new ScalerState(
                    s.sequence(),
                    s.out().map(o -> new Out(o.proposal(), o.asks(), true, deadline)),
                    s.restUntil(),
                    s.shrinkAfter(),
                    at);
        }
    }

    /** The decision was silent for too long, and is asked. */
    @TypeName("scaler.ProposalDoubted/1")
    record ProposalDoubted(Instant at, Instant deadline) implements ScalerEvent {
        @Override
        public ScalerState applyTo(ScalerState s) {
            return new ScalerState(
                    s.sequence(),
                    s.out().map(o -> new Out(o.proposal(), o.asks() + 1, false, deadline)),
                    s.restUntil(),
                    s.shrinkAfter(),
                    at);
        }
    }

    /** @param verdict empty where the proposal was never decided on: {@code constraint} says why */
    @TypeName("scaler.ScalingEnded/1")
    record ScalingEnded(
            Instant at,
            String decision,
            Optional<Verdict> verdict,
            String constraint,
            Optional<Change.Ended> change,
            Instant restUntil,
            Instant shrinkAfter)
            implements ScalerEvent {
        @Override
        public ScalerState applyTo(ScalerState s) {
            return new ScalerState(s.sequence(), Optional.empty(), restUntil, shrinkAfter, at);
        }
    }
}
