package io.novacron.zeroops.agents.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static Money cost(Money perHour, Duration duration) {
        return Rates.cost(perHour, Instant.EPOCH, Instant.EPOCH.plus(duration));
    }

    @Test
    void aLargePriceOverPartOfAnHourDoesNotOverflow() {
        assertThat(cost(Money.dollars(10_000_000), Duration.ofMinutes(30))).isEqualTo(Money.dollars(5_000_000));
    }

    @Test
    void noTimeIsNoCost() {
        assertThat(cost(Money.dollars(1), Duration.ZERO)).isEqualTo(Money.ZERO);
        assertThat(cost(Money.dollars(1), Duration.ofHours(-1))).isEqualTo(Money.ZERO);
    }

    @Test
    void isTheExactProductRoundedUp() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long micros = random.nextLong(1L << random.nextInt(1, 52));
            long millis = random.nextLong(1L << random.nextInt(1, 32));
            long exact = BigDecimal.valueOf(micros)
                    .multiply(BigDecimal.valueOf(millis))
                    .divide(BigDecimal.valueOf(3_600_000), 0, RoundingMode.CEILING)
                    .longValueExact();
            assertThat(cost(new Money(micros), Duration.ofMillis(millis))).isEqualTo(new Money(exact));
        }
    }
}
