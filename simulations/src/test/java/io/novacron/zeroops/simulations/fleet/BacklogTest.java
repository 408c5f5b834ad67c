package io.novacron.zeroops.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final ServiceModel service = new ServiceModel(10, 1); // saturated at 12.5/s, 125 wait at most
    private final Backlog backlog = new Backlog(service);

    @Test
    void everyoneIsLateUntilTheBacklogIsGone() {
        assertThat(backlog.serve(25, 1, 4)).isEqualTo(100);
        assertThat(backlog.waiting()).isEqualTo(50);
        assertThat(backlog.serve(7.5, 1, 4)).isEqualTo(30); // 5/s less
        assertThat(backlog.waiting()).isEqualTo(30);
        assertThat(backlog.serve(7.5, 1, 10)).isEqualTo(45); // 6 s more
        assertThat(backlog.waiting()).isZero();
        assertThat(backlog.serve(7.5, 1, 10)).isZero();
        assertThat(backlog.failed()).isZero();
    }

    @Test
    void afterTheBacklogTheUsualShareViolates() {
        backlog.serve(25, 1, 1);
        assertThat(backlog.serve(11.25, 1, 12)).isCloseTo(112.5 + 22.5 * 0.09 / 0.99, within(1e-9)); // 10 s, 2 s
    }

    @Test
    void whatDoesNotFitFailsAndIsCountedOnce() {
        assertThat(backlog.serve(25, 1, 20)).isEqualTo(500);
        assertThat(backlog.waiting()).isEqualTo(125);
        assertThat(backlog.failed()).isEqualTo(125);
        assertThat(backlog.serve(0, 0, 1)).isZero();
        assertThat(backlog.waiting()).isZero();
        assertThat(backlog.failed()).isEqualTo(250);
    }

    @Test
    void atSaturationEverythingViolatesAndNothingPilesUp() {
        assertThat(backlog.serve(12.5, 1, 8)).isEqualTo(100);
        assertThat(backlog.waiting()).isZero();
    }

    @Test
    void whoIsHeldIsLateAndServedFirst() {
        Backlog holding = new Backlog(service.holding(Holding.DEFAULT));
        assertThat(holding.serve(2, 0, 10)).isEqualTo(20);
        assertThat(holding.held()).isEqualTo(20);
        assertThat(holding.serve(0, 1, 1)).isZero();
        assertThat(holding.held()).isZero();
        assertThat(holding.waiting()).isCloseTo(7.5, within(1e-9));
        assertThat(holding.serve(5, 1, 10)).isCloseTo(5, within(1e-9)); // 0.6 s behind the held, 0.4 s of a queue
        assertThat(holding.waiting()).isZero();
        assertThat(holding.failed()).isZero();
        assertThat(holding.unready()).isEqualTo(20);
    }

    @Test
    void whoseInstanceIsGoneWasHeldInVain() {
        Backlog holding = new Backlog(service.holding(Holding.DEFAULT));
        holding.serve(2, 0, 10);
        holding.serve(0, 1, 0.8);
        holding.serve(0, 0, 1);
        assertThat(holding.failedUnready()).isCloseTo(10, within(1e-9));
        assertThat(holding.failed()).isCloseTo(10, within(1e-9));
        assertThat(holding.waiting()).isZero();
    }

    @Test
    void splittingTimeChangesNothing() {
        SplittableRandom random = new SplittableRandom(3);
        Backlog split = new Backlog(service);
        for (int i = 0; i < 2_000; i++) {
            double load = random.nextDouble(60);
            int ready = random.nextInt(5);
            double seconds = random.nextDouble(20);
            double part = random.nextDouble(seconds);
            double whole = backlog.serve(load, ready, seconds);
            double parts = split.serve(load, ready, part) + split.serve(load, ready, seconds - part);
            assertThat(parts).isCloseTo(whole, within(1e-6));
            assertThat(whole).isBetween(0.0, load * seconds * (1 + 1e-12));
            assertThat(backlog.waiting()).isBetween(0.0, ready * 125.0);
        }
        assertThat(split.failed()).isCloseTo(backlog.failed(), within(1e-4));
    }
}
