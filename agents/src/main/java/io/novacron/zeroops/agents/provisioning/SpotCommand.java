package io.novacron.zeroops.agents.provisioning;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.TypeName;
import io.novacron.zeroops.agents.decision.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a spot service's agent is told, beside how its decisions ended. */
public sealed interface SpotCommand extends Command {

    /** Of one service: as many proposals may be out at once, and fit in what an entity may owe. */
    int MARKETS_MAX = 32;

    /**
     * What is wanted, what the markets offer, and what there is in each. Soft: a repeat or a loss does no harm, and one that was sampled
     * before the last change ended is passed over.
     *
     * @param wanted instances in all
     * @param onDemand those that run on demand; its price is the policy's
     */
    @TypeName("spot.ReportMarkets/1")
    record ReportMarkets(Instant sampledAt, int wanted, List<Market> markets, OnDemand onDemand)
            implements SpotCommand {
        public ReportMarkets {
            markets = List.copyOf(markets);
        }

        /** Why nothing can be made of it, as a stable code; empty if something can. */
        String defect() {
            if (wanted < 0 || wanted > Action.QUANTITY_MAX) {
                return "wanted_out_of_range";
            } else if (markets.size() > MARKETS_MAX) {
                return "too_many_markets";
            }
            Set<String> names = new HashSet<>(Set.of(SpotServicePolicy.ON_DEMAND, ""));
            for (Market market : markets) {
                if (!names.add(market.market())) {
                    return "market_name_taken";
                } else if (market.isOutOfRange()) {
                    return "market_out_of_range";
                }
            }
            return onDemand.ready() < 0 || onDemand.booting() < 0 ? "on_demand_out_of_range" : "";
        }
    }

    /**
     * One type of instance in one zone.
     *
     * @param isAvailable whether more can be had, as far as is known
     * @param meanUp time to interruption, as it lately was: {@link SpotRecord#meanUp}
     * @param ready instances of the service there that serve, those under notice too
     * @param noticed of all there are, those that the provider has said it will take away
     * @param noticeEnds when it takes the first of them
     */
    record Market(
            String market,
            Money price,
            boolean isAvailable,
            Duration meanUp,
            int ready,
            int booting,
            int noticed,
            Optional<Instant> noticeEnds) {
        boolean isOutOfRange() {
            return price.micros() < 0
                    || meanUp.isNegative()
                    || ready < 0
                    || booting < 0
                    || noticed < 0
                    || noticed > ready + booting;
        }
    }

    record OnDemand(int ready, int booting) {}

    @TypeName("spot.Settle/1")
    record Settle(String effectId, Outcome outcome) implements SpotCommand {}

    /** Look at the clock; does something only once a deadline has passed. */
    @TypeName("spot.Tick/1")
    record Tick() implements SpotCommand {}
}
