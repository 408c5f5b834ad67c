package io.novacron.zeroops.agents.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MoneyOverTest {
    @Test
    void aLargePriceOverPartOfAnHourDoesNotOverflow() {
        assertThat(Money.dollars(10_000_000).over(Duration.ofMinutes(30))).isEqualTo(Money.dollars(5_000_000));
    }

    @Test
    void isTheExactProductRoundedUp() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long micros = random.nextLong(-(1L << random.nextInt(1, 52)), 1L << random.nextInt(1, 52));
            long millis = random.nextLong(1L << random.nextInt(1, 32));
            long exact = BigDecimal.valueOf(micros)
                    .multiply(BigDecimal.valueOf(millis))
                    .divide(BigDecimal.valueOf(3_600_000), 0, RoundingMode.CEILING)
                    .longValueExact();
            assertThat(new Money(micros).over(Duration.ofMillis(millis))).isEqualTo(new Money(exact));
        }
    }
}
