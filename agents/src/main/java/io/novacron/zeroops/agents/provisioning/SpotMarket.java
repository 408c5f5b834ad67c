package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.OpenProposal;
import java.time.Instant;
import java.util.Optional;

/**
 * What a spot service remembers of one market.
 *
 * @param bid the most that an instance there may cost an hour, for which money is held; the same for as long as there are any, so that what
 *     is given back is what was taken
 * @param open the one proposal about it that is out
 * @param failures in a row of what was proposed
 * @param restUntil before this no more capacity is asked for there
 */
public record SpotMarket(Money bid, Optional<OpenProposal> open, int failures, Instant restUntil) {
    static final SpotMarket NEW = new SpotMarket(Money.ZERO, Optional.empty(), 0, Instant.EPOCH);

    SpotMarket proposed(Money newBid, OpenProposal proposal) {
        return new SpotMarket(newBid, Optional.of(proposal), failures, restUntil);
    }

    SpotMarket with(Optional<OpenProposal> next) {
        return new SpotMarket(bid, next, failures, restUntil);
    }

    SpotMarket ended(int newFailures, Instant until) {
        return new SpotMarket(bid, Optional.empty(), newFailures, until);
    }
}
