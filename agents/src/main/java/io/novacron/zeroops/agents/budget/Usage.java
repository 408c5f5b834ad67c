package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.core.Money;

/**
 * What a node and all below it use of the period's limit.
 *
 * @param spent billed, and gone
 * @param committed what runs will cost up to the period's end, and what it cost since it was last billed
 * @param reserved promised to decisions that were not executed yet
 */
public record Usage(Money spent, Money committed, Money reserved) {
    static final Usage NONE = new Usage(Money.ZERO, Money.ZERO, Money.ZERO);

    static Usage ofSpent(Money spent) {
        return new Usage(spent, Money.ZERO, Money.ZERO);
    }

    static Usage ofCommitted(Money committed) {
        return new Usage(Money.ZERO, committed, Money.ZERO);
    }

    static Usage ofReserved(Money reserved) {
        return new Usage(Money.ZERO, Money.ZERO, reserved);
    }

    /** What the limit is held against. */
    public Money total() {
        return spent.plus(committed).plus(reserved);
    }

    Usage plus(Usage other) {
        return new Usage(spent.plus(other.spent), committed.plus(other.committed), reserved.plus(other.reserved));
    }

    boolean isNegative() {
        return spent.micros() < 0 || committed.micros() < 0 || reserved.micros() < 0;
    }

    @Override
    public String toString() {
        return spent + " spent + " + committed + " committed + " + reserved + " reserved";
    }
}
