package io.novacron.zeroops.agents.scaling;

import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Proposal;
import java.time.Instant;
import java.util.Optional;

/**
 * What a scaler remembers: the one proposal that is out.
 *
 * @param sequence of the last proposal; ids of decisions are made of it
 * @param restUntil before this nothing is proposed
 * @param shrinkAfter before this no fewer instances are proposed
 */
@TypeName("scaler.State/1")
public record ScalerState(long sequence, Optional<Out> out, Instant restUntil, Instant shrinkAfter, Instant asOf)
        implements State {

    static final ScalerState INITIAL =
            new ScalerState(0, Optional.empty(), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

    /**
     * A proposal that is out.
     *
     * @param asks how often the decision was told or asked
     * @param handed whether it has answered the last of these
     */
    public record Out(Proposal proposal, int asks, boolean handed, Instant deadline) {}
}
