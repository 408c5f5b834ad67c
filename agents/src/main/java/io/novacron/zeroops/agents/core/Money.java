package io.novacron.zeroops.agents.core;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact amount of US dollars, in millionths, so that prices per second add up without rounding away. Sums beyond
 * 9.2 x 10^12 dollars throw {@link ArithmeticException}: whoever takes amounts from outside checks their range first.
 */
public record Money(long micros) implements Comparable<Money> {
    public static final Money ZERO = new Money(0);
    private static final long MICROS_PER_DOLLAR = 1_000_000;

    /** From dollars, rounded half up to the millionth. */
    public static Money dollars(double dollars) {
        return new Money(BigDecimal.valueOf(dollars)
                .movePointRight(6)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact());
    }

    public double toDollars() {
        return (double) micros / MICROS_PER_DOLLAR;
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(micros, other.micros));
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(micros, other.micros));
    }

    public Money times(long factor) {
        return new Money(Math.multiplyExact(micros, factor));
    }

    public boolean isPositive() {
        return micros > 0;
    }

    public boolean exceeds(Money other) {
        return micros > other.micros;
    }

    public Money max(Money other) {
        return micros >= other.micros ? this : other;
    }

    public Money min(Money other) {
        return micros <= other.micros ? this : other;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(micros, other.micros);
    }

    @Override
    public String toString() {
        return "$" + BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
    }
}
