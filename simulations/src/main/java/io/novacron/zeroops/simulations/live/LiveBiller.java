package io.novacron.zeroops.simulations.live;

import io.novacron.zeroops.agents.budget.BudgetCommand.Meter;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.scaling.ScalerPolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the provider billed for one workload, and tells the budget until it has heard. Each reading is noted before
 * it is told, and the last is told again after a restart: the budget knows it by its instant. What the instances cost between
 * that reading and the restart is in the next.
 */
final class LiveBiller {
    /** Also the answer of a budget whose clock is behind: the one refusal after which the reading is told again. */
    private static final String TOO_EARLY = "reading_in_the_future";

    private final LiveWorkload workload;
    private final FleetLedger ledger;
    private final Asker asker;
    private final long everyMillis;
    private final String name;
    private Money counted = Money.ZERO; // of this process, in readings so far
    private Money carried = Money.ZERO; // from before this process, for the next reading

    /** The last reading; null until billing begins. */
    private @Nullable Reading last;

    /**
     * One bill.
     *
     * @param total of all bills until then, this one included
     */
    private record Reading(long sequence, Money billed, Instant upTo, Money total) {
        String text() {
            return sequence + " " + billed.micros() + " " + upTo + " " + total.micros();
        }

        static Reading of(String text) {
            String[] parts = text.split(" ", -1);
            return new Reading(
                    Long.parseLong(parts[0]),
                    new Money(Long.parseLong(parts[1])),
                    Instant.parse(parts[2]),
                    new Money(Long.parseLong(parts[3])));
        }
    }

    LiveBiller(LiveWorkload workload, FleetLedger ledger, Asker asker, long everyMillis) {
        this.workload = workload;
        this.ledger = ledger;
        this.asker = asker;
        this.everyMillis = everyMillis;
        this.name = "billing/" + workload.policy().resource();
        String note = ledger.notes().get(name);
        if (note != null) {
            last = Reading.of(note);
            Instant now = asker.scheduler().instant();
            carried = cost(last.upTo(), now);
            counted = cost(); // it may have run for a while before its agents did
        }
    }

    /** Of what the ledger says was there: before this process there were others, and changes in their time. */
    private Money cost(Instant from, Instant to) {
        ScalerPolicy policy = workload.policy();
        int instances = Adoption.firstInstances(ledger, policy, workload.fleet().provisioned());
        Instant at = from;
        double instanceHours = 0;
        for (Taken change : ledger.since(policy.resource(), from)) {
            Instant until = change.at().isAfter(at) ? change.at() : at;
            instanceHours += instances * hours(at, until);
            at = until;
            instances = change.instances();
        }
        instanceHours += instances * hours(at, to);
        return Money.dollars(policy.unitCostPerHour().toDollars() * instanceHours);
    }

    private static double hours(Instant from, Instant to) {
        return Duration.between(from, to).toMillis()
                / (double) Duration.ofHours(1).toMillis();
    }

    /** At the very first start what ran until now was before there was a budget, and is billed to nobody. */
    void begin() {
        Reading before = last;
        if (before == null) {
            counted = cost();
            last = noted(new Reading(0, Money.ZERO, asker.scheduler().instant(), Money.ZERO));
            next();
        } else if (before.sequence() == 0) {
            next();
        } else {
            tell(before);
        }
    }

    private void next() {
        asker.scheduler().after(everyMillis, this::readUntilNoted);
    }

    private void read() {
        Reading before = last;
        if (before != null) {
            Money cost = cost();
            Money billed = cost.minus(counted).plus(carried);
            Instant now = asker.scheduler().instant();
            Reading reading = noted(new Reading(
                    before.sequence() + 1, billed, now, before.total().plus(billed)));
            counted = cost;
            carried = Money.ZERO;
            last = reading;
            tell(reading);
        }
    }

    /** What cannot be noted is not told: it is read anew, with what was added by then. */
    private void readUntilNoted() {
        try {
            read();
        } catch (LedgerException e) {
            asker.later(this::readUntilNoted);
            throw e;
        }
    }

    private Reading noted(Reading reading) {
        ledger.note(name, reading.text());
        return reading;
    }

    private void tell(Reading reading) {
        var meter = new Meter(
                new Origin(name, reading.sequence()), workload.policy().resource(), reading.billed(), reading.upTo());
        asker.ask(() -> meter, reply -> heard(reading, reply));
    }

    /** Whatever it said, it has heard; but for one refusal, which time will lift. */
    private void heard(Reading reading, Reply reply) {
        if (reply.code().equals(TOO_EARLY)) {
            asker.later(() -> tell(reading));
        } else {
            next();
        }
    }

    /** Of this process's instances, until now. */
    private Money cost() {
        workload.fleet().advance(asker.scheduler().now());
        return Money.dollars(workload.fleet().costUsd());
    }
}
