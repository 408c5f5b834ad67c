package io.novacron.zeroops.agents.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.core.Money;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafetyConstraintsTest {
    private static final Instant T0 = Desk.T0;

    @Test
    void namesAllThatIsWrong() {
        var below = new Money(-1);
        assertThatThrownBy(() -> new SafetyConstraints(
                        below, -1, -1, -1, -1, -1, true, false, true, below, BusinessHours.DEFAULTS, List.of(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "require_approval_above",
                        "max_vms_auto_provisioned",
                        "max_data_deleted",
                        "rate_limit_actions",
                        "max_scale_up_percent",
                        "max_scale_down_percent is -1, not 0 to 100",
                        "max_automated_cost",
                        "canary_regions");
    }

    @Test
    void takesTheEndsOfEachRangeAndNotOneMore() {
        scaleDown(0);
        scaleDown(100);
        assertThatThrownBy(() -> scaleDown(101)).hasMessageContaining("max_scale_down_percent");
    }

    private static void scaleDown(int percent) {
        var none = new SafetyConstraints(
                Money.ZERO, 0, 0, 0, 0, percent, true, false, true, Money.ZERO, BusinessHours.DEFAULTS, List.of());
        assertThat(none.maxScaleDownPercent()).isEqualTo(percent);
    }

    @Test
    void businessHoursBeginAndEndOnTime() {
        var hours = BusinessHours.DEFAULTS;
        assertThat(hours.includes(Instant.parse("2026-01-05T09:00:00Z"))).isTrue();
        assertThat(hours.includes(Instant.parse("2026-01-05T08:59:59.999Z"))).isFalse();
        assertThat(hours.includes(Instant.parse("2026-01-05T16:59:59.999Z"))).isTrue();
        assertThat(hours.includes(Instant.parse("2026-01-05T17:00:00Z"))).isFalse();
        assertThat(hours.includes(Instant.parse("2026-01-04T12:00:00Z"))).isFalse(); // Sunday
        var late = new BusinessHours(
                List.of(DayOfWeek.MONDAY), LocalTime.NOON, LocalTime.MIDNIGHT, ZoneId.of("Asia/Tokyo"));
        assertThat(late.includes(Instant.parse("2026-01-05T14:59:59Z"))).isTrue();
        assertThat(late.includes(Instant.parse("2026-01-05T15:00:00Z"))).isFalse();
        assertThatThrownBy(() -> new BusinessHours(List.of(), LocalTime.NOON, LocalTime.MIDNIGHT, ZoneId.of("UTC")))
                .hasMessageContaining("business_hours");
        assertThatThrownBy(() ->
                        new BusinessHours(List.of(DayOfWeek.MONDAY), LocalTime.NOON, LocalTime.NOON, ZoneId.of("UTC")))
                .hasMessageContaining("business_hours");
    }

    @Test
    void calendarPolicyIsChecked() {
        assertThat(new CalendarPolicy(1, 1).maxDisruptions()).isOne();
        assertThatThrownBy(() -> new CalendarPolicy(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CalendarPolicy(2, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CalendarPolicy(2, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CalendarPolicy(1001, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFullHistoryOfLevelsForgetsWhenNotHowLowOrHigh() {
        Levels levels = Levels.NONE;
        for (int i = 0; i < 100; i++) {
            levels = levels.observed(T0.plusSeconds(i), i == 3 ? 1 : i == 5 ? 900 : 50 + i);
        }
        assertThat(levels.points()).hasSize(Levels.POINTS_MAX);
        assertThat(levels.lowest(T0.plusSeconds(100))).hasValue(1);
        assertThat(levels.highest(T0.plusSeconds(100))).hasValue(900);
        // From the second of the points kept on, the merged one is out of the window.
        Instant second = levels.points().get(1).at();
        assertThat(levels.lowest(second.plus(Levels.WINDOW).minusNanos(1))).hasValue(1);
        assertThat(levels.lowest(second.plus(Levels.WINDOW))).hasValue(119);
    }

    @Test
    void theSameLevelAgainTakesNoRoomButCounts() {
        Levels levels = Levels.NONE;
        for (int i = 0; i < 100; i++) {
            levels = levels.observed(T0.plusSeconds(i), 7);
        }
        assertThat(levels.points()).hasSize(2);
        assertThat(levels.lowest(T0.plusSeconds(99).plus(Levels.WINDOW).minusNanos(1)))
                .hasValue(7);
        assertThat(levels.quietFrom()).isEqualTo(T0.plusSeconds(99).plus(Levels.WINDOW));
        assertThat(levels.lowest(levels.quietFrom())).isEmpty();
        assertThat(Levels.NONE.quietFrom()).isEqualTo(Instant.EPOCH);
    }
}
