package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.core.Money;
import java.math.BigInteger;
import java.time.Instant;

/**
 * Prices per hour times milliseconds, exactly: such products exceed 64 bits, and are rounded to money once, at the end,
 * because the roundings of parts would add up to more than the rounding of the whole.
 */
final class Rates {
    /** More per hour than this runs nowhere; what is refused above it keeps all arithmetic in range. */
    static final Money PER_HOUR_MAX = Node.LIMIT_MAX;

    private static final BigInteger MILLIS_PER_HOUR = BigInteger.valueOf(3_600_000);

    private Rates() {}

    /** In millionths of a dollar times milliseconds per hour; nothing for a span that ends before it starts. */
    static BigInteger product(Money perHour, Instant from, Instant to) {
        return BigInteger.valueOf(perHour.micros()).multiply(BigInteger.valueOf(millis(from, to)));
    }

    /** Rounded up, so that nothing is ever reserved short. */
    static Money toMoney(BigInteger product) {
        BigInteger[] quotient = product.divideAndRemainder(MILLIS_PER_HOUR);
        return new Money(
                quotient[0].add(BigInteger.valueOf(quotient[1].signum())).longValueExact());
    }

    static Money cost(Money perHour, Instant from, Instant to) {
        return toMoney(product(perHour, from, to));
    }

    /** The largest number, at most {@code most}, of instances, not free, whose cost does not exceed {@code available}. */
    static int affordable(Money available, Money unitPerHour, Instant from, Instant to, int most) {
        if (available.micros() <= 0) {
            return 0;
        }
        BigInteger unit = product(unitPerHour, from, to);
        BigInteger number =
                BigInteger.valueOf(available.micros()).multiply(MILLIS_PER_HOUR).divide(unit);
        return number.min(BigInteger.valueOf(most)).intValueExact();
    }

    /** Of whole milliseconds since the epoch, so that adjoining spans add up to the span of both. */
    private static long millis(Instant from, Instant to) {
        return Math.max(0, to.toEpochMilli() - from.toEpochMilli());
    }
}
