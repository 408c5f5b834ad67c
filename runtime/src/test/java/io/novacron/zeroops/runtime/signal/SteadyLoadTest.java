package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SteadyLoadTest {
    private final SteadyLoad steady = new SteadyLoad();

    @Test
    void isTheMeanOfTheLastFiveSeconds() {
        double load = 0;
        for (int second = 0; second < 10; second++) {
            load = steady.add(second * 1_000L, second % 2 == 0 ? 95 : 105);
        }
        assertThat(load).isCloseTo((105 + 95 + 105 + 95 + 105) / 5.0, within(1e-9));
    }

    @Test
    void whatStandsOutCountsAtOnceAndWhatWasBeforeNoMore() {
        for (int second = 0; second < 10; second++) {
            steady.add(second * 1_000L, 100);
        }
        assertThat(steady.add(10_000, 120)).isLessThan(120); // not yet
        assertThat(steady.add(11_000, 600)).isEqualTo(600);
        assertThat(steady.add(12_000, 580)).isEqualTo(590);
    }

    @Test
    void aFallIsBelievedSecondBySecond() {
        for (int second = 0; second < 10; second++) {
            steady.add(second * 1_000L, 100);
        }
        assertThat(steady.add(10_000, 0)).isEqualTo(80);
        assertThat(steady.add(15_000, 0)).isZero();
    }

    @Test
    void isTheNewestSampleWhereTheyAreFurtherApart() {
        assertThat(steady.add(0, 100)).isEqualTo(100);
        assertThat(steady.add(15_000, 90)).isEqualTo(90);
        assertThat(steady.add(30_000, 95)).isEqualTo(95);
    }

    @Test
    void veryFineTelemetryIsBounded() {
        double load = 0;
        for (int milli = 0; milli < 10_000; milli += 10) {
            load = steady.add(milli, 100);
        }
        assertThat(load).isEqualTo(100);
    }
}
