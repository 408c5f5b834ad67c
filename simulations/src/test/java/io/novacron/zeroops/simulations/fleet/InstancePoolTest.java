package io.novacron.zeroops.simulations.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InstancePoolTest {
    private static final BootTimes TEN_SECONDS = new BootTimes(1, 10, 10, 0);

    @Test
    void instancesBootAndAreReady() {
        InstancePool pool = new InstancePool(TEN_SECONDS, 3, 0.36, 2);
        assertThat(pool.ready()).isEqualTo(2);
        assertThat(pool.start(3, 1_000)).isEqualTo(3);
        assertThat(pool.nextChange()).isEqualTo(11_000);
        pool.advance(10_999);
        assertThat(pool.booting()).isEqualTo(3);
        assertThat(pool.provisioned()).isEqualTo(5);
        pool.advance(11_000);
        assertThat(pool.ready()).isEqualTo(5);
        assertThat(pool.booting()).isZero();
        assertThat(pool.nextChange()).isEqualTo(Long.MAX_VALUE);
        pool.advance(101_000);
        assertThat(pool.instanceHours()).isCloseTo((2 * 101 + 3 * 100) / 3600.0, within(1e-12));
        assertThat(pool.costUsd()).isCloseTo(502 * 0.0001, within(1e-12));
    }

    @Test
    void billsBegunSecondsAndAMinuteAtLeast() {
        assertThat(InstancePool.billedMillis(0)).isEqualTo(60_000);
        assertThat(InstancePool.billedMillis(60_000)).isEqualTo(60_000);
        assertThat(InstancePool.billedMillis(60_001)).isEqualTo(61_000);
        InstancePool pool = new InstancePool(TEN_SECONDS, 1, 1, 2);
        pool.stop(1, 5_500);
        assertThat(pool.provisioned()).isEqualTo(1);
        assertThat(pool.billed()).isEqualTo(2);
        assertThat(pool.nextChange()).isEqualTo(60_000);
        pool.stop(1, 60_000);
        assertThat(pool.billed()).isZero();
        pool.advance(90_000);
        assertThat(pool.instanceHours()).isCloseTo(120 / 3600.0, within(1e-12));
    }

    @Test
    void stopsTheNewestBootingFirst() {
        InstancePool pool = new InstancePool(TEN_SECONDS, 1, 1, 1);
        pool.start(1, 1_000);
        pool.start(1, 2_000);
        pool.stop(1, 3_000);
        assertThat(pool.nextChange()).isEqualTo(11_000);
        assertThat(pool.stop(5, 4_000)).isEqualTo(2);
        assertThat(pool.provisioned()).isZero();
        assertThat(pool.nextChange()).isEqualTo(60_000);
    }

    @Test
    void failedBootsAreGoneAndCostNothing() {
        InstancePool pool = new InstancePool(new BootTimes(1, 70, 70, 1), 1, 1, 0);
        pool.start(2, 0);
        pool.advance(70_000);
        assertThat(pool.failedBoots()).isEqualTo(2);
        assertThat(pool.provisioned()).isZero();
        pool.advance(100_000);
        assertThat(pool.instanceHours()).isZero();
        assertThat(pool.billed()).isZero();
    }

    @Test
    void zonesAreFilledInTurnButNotWhileTheyFail() {
        InstancePool pool = new InstancePool(TEN_SECONDS, 3, 1, 4); // 2, 1, 1
        assertThat(pool.failZone(0, 1_000)).isEqualTo(2);
        pool.start(2, 2_000); // zones 1, 2
        assertThat(pool.failZone(1, 3_000)).isEqualTo(2);
        assertThat(pool.failZone(2, 4_000)).isEqualTo(2);
        assertThat(pool.provisioned()).isZero();
        assertThat(pool.start(2, 5_000)).isZero();
        pool.restoreZone(1, 6_000);
        assertThat(pool.start(2, 6_000)).isEqualTo(2);
        assertThat(pool.failZone(1, 7_000)).isEqualTo(2);
    }

    @Test
    void timeDoesNotGoBack() {
        InstancePool pool = new InstancePool(TEN_SECONDS, 1, 1, 1);
        pool.advance(10);
        assertThatIllegalArgumentException().isThrownBy(() -> pool.advance(9));
        assertThatIllegalArgumentException().isThrownBy(() -> pool.start(-1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> pool.stop(-1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> pool.failZone(1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new InstancePool(TEN_SECONDS, 0, 1, 1));
    }

    @Test
    void agreesWithTheNaiveModel() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            BootTimes times = new BootTimes(seed, 25, 35, seed % 3 * 0.2);
            InstancePool pool = new InstancePool(times, 3, 0.1, 2);
            NaivePool naive = new NaivePool(times, 3, 2);
            long at = 0;
            for (int i = 0; i < 60; i++) {
                at += random.nextInt(4) == 0 ? 0 : random.nextLong(40_000);
                change(random, pool, naive, at);
                pool.advance(at);
                assertThat(pool.ready()).as("seed %s, ready", seed).isEqualTo(naive.ready(at));
                assertThat(pool.booting()).as("seed %s, booting", seed).isEqualTo(naive.booting(at));
                assertThat(pool.billed()).as("seed %s, billed", seed).isEqualTo(naive.billed(at));
                assertThat(pool.failedBoots()).as("seed %s, failed", seed).isEqualTo(naive.failedBoots(at));
                assertThat(pool.instanceHours())
                        .as("seed %s, hours", seed)
                        .isCloseTo(naive.billedMillis(at) / 3.6e6, within(1e-9));
            }
        }
    }

    private static void change(SplittableRandom random, InstancePool pool, NaivePool naive, long at) {
        int count = random.nextInt(6);
        switch (random.nextInt(5)) {
            case 0, 1 -> assertThat(pool.start(count, at)).isEqualTo(naive.start(count, at));
            case 2 -> assertThat(pool.stop(count, at)).isEqualTo(naive.stop(count, at));
            case 3 -> assertThat(pool.failZone(count % 3, at)).isEqualTo(naive.failZone(count % 3, at));
            default -> {
                pool.restoreZone(count % 3, at);
                naive.restoreZone(count % 3);
            }
        }
    }
}
