package io.novacron.zeroops.agents.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdleWatchTest {
    private static final Activity QUIET = new Activity(0.01, 1, Double.NaN);
    private static final Activity BUSY = new Activity(0.5, 1, 1);
    private static final IdlePolicy POLICY = new IdlePolicy(
            Duration.ZERO, Duration.ofHours(1), 2, Duration.ofHours(10), Duration.ofHours(24), 0.02, 5, 20);

    private IdleWatch watch = IdleWatch.NEW;

    @Test
    void idleIsQuietInAllDimensionsForTheWholeTime() {
        observe(0, QUIET);
        assertThat(watch.isIdle(at(59), POLICY)).isFalse();
        assertThat(watch.isIdle(at(60), POLICY)).isTrue();
        observe(60, new Activity(0.01, 6, 1));
        assertThat(watch.isIdle(at(300), POLICY)).isFalse();
        assertThat(POLICY.isQuiet(new Activity(0.02, 5, 20))).isTrue();
        assertThat(POLICY.isQuiet(new Activity(0.01, 1, 21))).isFalse();
        assertThat(POLICY.withFloors(0.02, 5, 30).isQuiet(new Activity(0.01, 1, 21)))
                .isTrue();
    }

    @Test
    void whoWokeBeforeIsGivenLonger() {
        observe(0, QUIET);
        observe(120, BUSY); // two hours of quiet ended
        observe(125, QUIET);
        assertThat(watch.isIdle(at(125 + 239), POLICY)).isFalse();
        assertThat(watch.isIdle(at(125 + 240), POLICY)).isTrue();
        assertThat(watch.isIdle(at(125 + 60), POLICY.withoutLearning())).isTrue();

        observe(150, BUSY); // less than what counts as idle teaches nothing
        assertThat(watch.longestEnded()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void patienceHasABound() {
        assertThat(POLICY.patience(Duration.ofHours(100))).isEqualTo(Duration.ofHours(10));
        assertThat(POLICY.patience(Duration.ZERO)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void silenceIsNoIdleness() {
        observe(0, QUIET);
        watch = watch.interrupted();
        assertThat(watch.isIdle(at(600), POLICY)).isFalse();
        assertThat(watch.longestEnded()).isEqualTo(Duration.ZERO);
        observe(600, QUIET);
        assertThat(watch.quietFor(at(630))).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void nobodyIsStoppedBeforeTheirRhythmIsKnown() {
        var policy = new IdlePolicy(
                Duration.ofDays(1), Duration.ofHours(1), 2, Duration.ofHours(10), Duration.ofHours(24), 0.02, 5, 20);
        watch = watch.observe(at(0), QUIET, policy);
        assertThat(watch.isIdle(at(24 * 60 - 1), policy)).isFalse();
        assertThat(watch.isIdle(at(24 * 60), policy)).isTrue();
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() ->
                        new IdlePolicy(Duration.ZERO, Duration.ZERO, 2, Duration.ofHours(1), Duration.ZERO, 0, 0, 0))
                .hasMessageContaining("idle after PT0S");
        assertThatThrownBy(() -> POLICY.withFloors(-1, 0, 0)).hasMessageContaining("floors");
    }

    private void observe(int minute, Activity activity) {
        watch = watch.observe(at(minute), activity, POLICY);
    }

    private static Instant at(int minute) {
        return Instant.EPOCH.plus(Duration.ofMinutes(minute));
    }
}
