package io.novacron.zeroops.agents.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class MoneyTest {
    private static final Money ONE = Money.dollars(1);
    private static final Money TWO = Money.dollars(2);

    @Test
    void dollarsAreRoundedHalfUpToTheMillionth() {
        assertThat(Money.dollars(0.0000005)).isEqualTo(new Money(1));
        assertThat(Money.dollars(0.00000049)).isEqualTo(Money.ZERO);
        assertThat(Money.dollars(0.1).plus(Money.dollars(0.2))).isEqualTo(Money.dollars(0.3));
        assertThat(Money.dollars(12.5).toDollars()).isEqualTo(12.5);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Money.dollars(1e13));
    }

    @Test
    void sumsThatDoNotFitThrowRatherThanWrap() {
        var most = new Money(Long.MAX_VALUE);
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.plus(new Money(1)));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> new Money(Long.MIN_VALUE).minus(new Money(1)));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.times(2));
        assertThat(most.minus(most)).isEqualTo(Money.ZERO);
        assertThat(TWO.times(3)).isEqualTo(Money.dollars(6));
        assertThat(ONE.minus(TWO)).isEqualTo(Money.dollars(-1));
    }

    @Test
    void comparesByAmount() {
        assertThat(ONE.isPositive()).isTrue();
        assertThat(Money.ZERO.isPositive()).isFalse();
        assertThat(TWO.exceeds(ONE)).isTrue();
        assertThat(ONE.exceeds(ONE)).isFalse();
        assertThat(ONE.max(TWO)).isEqualTo(TWO);
        assertThat(TWO.max(ONE)).isEqualTo(TWO);
        assertThat(ONE.min(TWO)).isEqualTo(ONE);
        assertThat(TWO.min(ONE)).isEqualTo(ONE);
        assertThat(ONE).isLessThan(TWO);
    }

    @Test
    void readsAsDollars() {
        assertThat(Money.dollars(1200)).hasToString("$1200");
        assertThat(new Money(-1)).hasToString("$-0.000001");
    }
}
