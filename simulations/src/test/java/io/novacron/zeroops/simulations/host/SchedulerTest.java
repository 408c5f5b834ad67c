package io.novacron.zeroops.simulations.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Scheduler scheduler = new Scheduler(START);
    private final List<String> taken = new ArrayList<>();

    private Runnable step(String name) {
        return () -> taken.add(name + "@" + scheduler.now());
    }

    @Test
    void takesStepsByTheirTimeAndThenByTheirMaking() {
        scheduler.at(20, step("c"));
        scheduler.at(10, step("a"));
        scheduler.at(20, step("d"));
        scheduler.at(10, step("b"));
        scheduler.runUntil(20);
        assertThat(taken).containsExactly("a@10", "b@10", "c@20", "d@20");
        assertThat(scheduler.steps()).isEqualTo(4);
    }

    @Test
    void leavesTheTimeWhereItWasTold() {
        scheduler.at(11, step("later"));
        scheduler.runUntil(10);
        assertThat(taken).isEmpty();
        assertThat(scheduler.now()).isEqualTo(10);
        assertThat(scheduler.instant()).isEqualTo(START.plusMillis(10));
    }

    @Test
    void whatIsSetForThePastIsTakenNow() {
        scheduler.runUntil(10);
        scheduler.at(3, step("past"));
        scheduler.after(0, step("now"));
        scheduler.runUntil(10);
        assertThat(taken).containsExactly("past@10", "now@10");
    }

    @Test
    void aStepMaySetOffOthersWithinTheSameRun() {
        scheduler.after(1, () -> scheduler.after(1, step("second")));
        scheduler.runUntil(5);
        assertThat(taken).containsExactly("second@2");
    }

    @Test
    void anInstantBetweenTwoMillisecondsIsTheLater() {
        assertThat(scheduler.millis(START.plusNanos(1_000_001))).isEqualTo(2);
        assertThat(scheduler.millis(START.plusMillis(7))).isEqualTo(7);
    }

    @Test
    void whatNeverMovesOnIsStopped() {
        scheduler.at(5, this::again);
        assertThatThrownBy(() -> scheduler.runUntil(10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no end in sight at 2026-01-01T00:00:00.005Z");
        assertThat(scheduler.steps()).isEqualTo(1L + Scheduler.STEPS_AT_ONCE_MAX);
    }

    private void again() {
        scheduler.after(0, this::again);
    }
}
