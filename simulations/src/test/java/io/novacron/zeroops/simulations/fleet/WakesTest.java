package io.novacron.zeroops.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WakesTest {
    private final Wakes wakes = new Wakes();

    @Test
    void isFromTheFirstRequestToTheFirstReadyInstance() {
        wakes.passed(0, 0, 0);
        wakes.passed(1_000, 0.5, 0);
        wakes.passed(2_000, 0, 0); // it still waits
        wakes.passed(3_000, 2, 0);
        wakes.passed(27_000, 2, 1);
        wakes.passed(60_000, 0, 0);
        wakes.passed(90_000, 1, 0);
        wakes.passed(115_500, 1, 2);
        assertThat(wakes.seconds()).containsExactly(26.0, 25.5);
    }

    @Test
    void whoMeetsAnInstanceWakesNothing() {
        wakes.passed(0, 5, 1);
        wakes.passed(1_000, 0, 0);
        wakes.passed(2_000, 0, 1);
        wakes.passed(3_000, 5, 1);
        assertThat(wakes.seconds()).isEmpty();
    }
}
