package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.TypeName;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * What a spot service remembers.
 *
 * @param sequence of the last proposal; ids of decisions are made of it
 * @param markets by name, {@link SpotServicePolicy#ON_DEMAND} too; those for which something was ever proposed
 * @param changedAt when the last change ended: what was sampled before is too old
 * @param nextMove before this nothing is moved for its price
 */
@TypeName("spot.State/1")
public record SpotState(
        long sequence, PSortedMap<String, SpotMarket> markets, Instant changedAt, Instant nextMove, Instant asOf)
        implements State {

    public static final SpotState INITIAL =
            new SpotState(0, TreePMap.empty(), Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

    SpotMarket market(String name) {
        return markets.getOrDefault(name, SpotMarket.NEW);
    }

    SpotState changing(String market, Instant at, UnaryOperator<SpotMarket> change) {
        return new SpotState(sequence, markets.plus(market, change.apply(market(market))), changedAt, nextMove, at);
    }

    SpotState proposed(long last, Instant newNextMove) {
        return new SpotState(last, markets, changedAt, newNextMove, asOf);
    }

    SpotState changed(Instant at) {
        return new SpotState(sequence, markets, at, nextMove, at);
    }
}
