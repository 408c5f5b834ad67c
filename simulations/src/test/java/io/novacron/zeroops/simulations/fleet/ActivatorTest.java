package io.novacron.zeroops.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ActivatorTest {
    private static final Offset<Double> ROUNDING = within(1e-5);

    @Test
    void holdsNoMoreThanItMayAtOnce() {
        var activator = new Activator(new Holding(100, 600));
        activator.hold(2, 30);
        assertThat(activator.held()).isCloseTo(60, ROUNDING);
        assertThat(activator.failed()).isZero();
        activator.hold(2, 30);
        assertThat(activator.held()).isCloseTo(100, ROUNDING);
        assertThat(activator.failed()).isCloseTo(20, ROUNDING);
    }

    @Test
    void holdsNoneForLongerThanItMay() {
        var activator = new Activator(new Holding(1_000, 10));
        activator.hold(1, 5);
        activator.hold(0, 5);
        assertThat(activator.held()).isCloseTo(5, ROUNDING);
        activator.hold(0, 2.5);
        assertThat(activator.held()).isCloseTo(2.5, ROUNDING);
        assertThat(activator.failed()).isCloseTo(2.5, ROUNDING);
        activator.hold(0, 10);
        assertThat(activator.held()).isCloseTo(0, ROUNDING);
        assertThat(activator.failed()).isCloseTo(5, ROUNDING);
    }

    @Test
    void whatExpiresMakesRoomForWhatComes() {
        var activator = new Activator(new Holding(4, 10)); // full after 4 s, until the first expire after 10 s
        activator.hold(1, 12);
        assertThat(activator.held()).isCloseTo(4, ROUNDING);
        assertThat(activator.failed()).isCloseTo(8, ROUNDING);
        assertThat(activator.release(1)).isCloseTo(4, ROUNDING);
        assertThat(activator.held()).isZero();
        activator.hold(1, 4);
        assertThat(activator.failed())
                .as("the times before the release are forgotten")
                .isCloseTo(8, ROUNDING);
    }

    @Test
    void withoutHoldingAllFail() {
        var activator = new Activator(Holding.NONE);
        activator.hold(3, 10_000);
        assertThat(activator.held()).isZero();
        assertThat(activator.failed()).isEqualTo(30_000);
    }

    @Test
    void boundsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new Holding(-1, 60)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Holding(1, Double.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Holding(Double.NaN, 60)).isInstanceOf(IllegalArgumentException.class);
    }
}
