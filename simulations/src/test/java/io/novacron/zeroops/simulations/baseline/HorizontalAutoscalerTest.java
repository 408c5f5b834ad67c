package io.novacron.zeroops.simulations.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HorizontalAutoscalerTest {
    private static HorizontalAutoscaler autoscaler(int replicas) {
        return new HorizontalAutoscaler(0.5, 1, 1_000, replicas);
    }

    @Test
    void growsInProportionToItsTarget() {
        assertThat(autoscaler(10).sync(0, 7, 10, 0)).isEqualTo(14);
        assertThat(autoscaler(10).sync(0, 6.01, 10, 0)).isEqualTo(13);
    }

    @Test
    void toleratesATenth() {
        assertThat(autoscaler(10).sync(0, 5.5, 10, 0)).isEqualTo(10);
        assertThat(autoscaler(10).sync(0, 5.51, 10, 0)).isEqualTo(12);
        HorizontalAutoscaler down = autoscaler(10);
        assertThat(down.sync(300_000, 4.5, 10, 0)).isEqualTo(10);
        assertThat(down.sync(315_000, 4.4, 10, 0)).isEqualTo(10); // its last desired were 10
        assertThat(down.sync(615_000, 4.4, 10, 0)).isEqualTo(9);
    }

    @Test
    void growsByFourOrTwofoldAtMost() {
        HorizontalAutoscaler autoscaler = autoscaler(1);
        assertThat(autoscaler.sync(0, 50, 1, 0)).isEqualTo(5);
        assertThat(autoscaler.sync(15_000, 50, 5, 0)).isEqualTo(10);
        assertThat(autoscaler.sync(30_000, 50, 10, 0)).isEqualTo(20);
    }

    @Test
    void countsBootingOnesAsIdleWhenItWouldGrow() {
        // the start's target has left the window at 300 s: nothing but the rule itself holds the 40
        assertThat(autoscaler(40).sync(300_000, 20, 10, 30)).isEqualTo(40); // at the target, with the booting ones
        assertThat(autoscaler(40).sync(300_000, 23, 10, 30)).isEqualTo(46);
        assertThat(autoscaler(40).sync(300_000, 21.9, 10, 30)).isEqualTo(40); // within a tenth
        assertThat(autoscaler(40).sync(300_000, 10, 10, 30)).isEqualTo(40); // would shrink: no change
    }

    @Test
    void shrinksToTheHighestOfFiveMinutes() {
        HorizontalAutoscaler autoscaler = autoscaler(10);
        assertThat(autoscaler.sync(0, 1, 10, 0)).isEqualTo(10);
        assertThat(autoscaler.sync(15_000, 3, 10, 0)).isEqualTo(10);
        for (long at = 30_000; at < 300_000; at += 15_000) {
            assertThat(autoscaler.sync(at, 1, 10, 0)).isEqualTo(10);
        }
        assertThat(autoscaler.sync(300_000, 1, 10, 0)).isEqualTo(6); // the start's 10 has left the window
        assertThat(autoscaler.sync(315_000, 1, 6, 0)).isEqualTo(2);
    }

    @Test
    void bootingOnesDoNotKeepItFromShrinking() {
        HorizontalAutoscaler autoscaler = autoscaler(10);
        assertThat(autoscaler.sync(300_000, 1, 5, 5)).isEqualTo(2);
    }

    @Test
    void keepsItsLimitsAndItsTargetWithoutMetrics() {
        assertThat(new HorizontalAutoscaler(0.5, 3, 12, 10).sync(0, 50, 10, 0)).isEqualTo(12);
        assertThat(new HorizontalAutoscaler(0.5, 3, 12, 10).sync(300_000, 0, 10, 0))
                .isEqualTo(3);
        assertThat(autoscaler(10).sync(300_000, 50, 0, 10)).isEqualTo(10);
    }
}
