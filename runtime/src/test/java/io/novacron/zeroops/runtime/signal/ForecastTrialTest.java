package io.novacron.zeroops.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ForecastTrialTest {
    private static final long HORIZON_MS = 90_000;
    private static final long SAMPLE_MS = 15_000;

    private final ForecastTrial trial = new ForecastTrial(HORIZON_MS, 7.5);
    private long now;

    /** Load 100 with a jump to 130 once in ten minutes; the floor holds 100. */
    private boolean hours(double hours, double asked, boolean jumps) {
        boolean followed = true;
        for (int sample = 0; sample < hours * 240; sample++) {
            now += SAMPLE_MS;
            double load = jumps && sample % 40 == 0 ? 130 : 100;
            followed = trial.add(now, load, asked, 100);
        }
        return followed;
    }

    @Test
    void aForecastThatAsksForWhatNeverComesIsDroppedAndFollowedAgainOnceItIsOfUse() {
        assertThat(hours(0.2, 150, false)).isTrue(); // too few outcomes to say
        assertThat(hours(2, 150, false)).isFalse();
        assertThat(hours(6, 130, true)).isTrue(); // it foresees the jumps, judged though it was not followed
        assertThat(hours(30, 150, false)).isFalse();
    }

    @Test
    void aForecastThatIsDearAndOfUseIsFollowed() {
        assertThat(hours(12, 130, true)).isTrue();
    }

    @Test
    void aForecastThatAsksForLittleMoreIsFollowedEvenIfItIsOfNoUse() {
        assertThat(hours(12, 103, false)).isTrue();
    }
}
