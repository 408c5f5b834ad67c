package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.budget.BudgetEvent.Metered;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Result;
import java.time.Instant;
import java.util.Optional;

/** What of a bill counts, and where. */
final class Metering {
    private Metering() {}

    static Result<BudgetEvent> decide(BudgetState state, Meter meter, Instant now) {
        Optional<Commitment> commitment = state.commitment(meter.resource());
        if (commitment.isEmpty()) {
            return Result.refused("unknown_resource");
        } else if (meter.billed().micros() < 0 || meter.billed().exceeds(Node.LIMIT_MAX)) {
            return Result.refused("billed_out_of_range");
        } else if (meter.upTo().isAfter(now)) {
            return Result.refused("reading_in_the_future");
        } else if (!meter.upTo().isAfter(commitment.get().accountedTo())) {
            return Result.nothing();
        }
        return Result.of(metered(state, commitment.get(), meter, now));
    }

    /**
     * The part of a bill for time before this period was counted when that ended, and only what is more counts now. A
     * millionth of a dollar more than was committed is the biller's rounding, which would otherwise add up and break a
     * limit that is used to the full; beyond that, what was billed is what was spent.
     */
    private static Metered metered(BudgetState state, Commitment before, Meter meter, Instant now) {
        Instant start = state.period().start();
        Instant counted = meter.upTo().isBefore(start) ? meter.upTo() : start;
        Money earlier = before.cost(before.accountedTo(), counted);
        Commitment after = before.billedTo(meter.upTo());
        Money covered = before.committed(start).minus(after.committed(start));
        Money billed = meter.billed().minus(earlier).max(Money.ZERO);
        Money spent = billed.minus(covered).micros() == 1 ? covered : billed;
        Money overrun = spent.minus(covered).max(Money.ZERO);
        Money available = Renewal.available(state, before).minus(spent);
        Instant until = Renewal.affordableUntil(after, state.period(), available);
        return new Metered(now, meter.origin(), meter.resource(), meter.billed(), meter.upTo(), spent, overrun, until);
    }
}
