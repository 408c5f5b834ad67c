package io.novacron.zeroops.agents.decision;

import static io.novacron.zeroops.agents.decision.DecisionDesk.action;
import static io.novacron.zeroops.agents.decision.DecisionDesk.scale;
import static io.novacron.zeroops.agents.decision.Reviewer.BUDGET;
import static io.novacron.zeroops.agents.decision.Reviewer.CALENDAR;
import static io.novacron.zeroops.agents.decision.Reviewer.GOVERNOR;
import static io.novacron.zeroops.agents.decision.Reviewer.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.ActionClass.OnFailure;
import io.novacron.zeroops.agents.decision.ActionClass.Risk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What can be an action at all, and the table of its classes. */
class ActionTest {
    private static String defect(int from, int to, Money unit, long bytes) {
        return new Action(ActionClass.SCALE_OUT, "workload/web", "shop", "eu", from, to, unit, bytes, "").defect();
    }

    @Test
    void quantitiesPricesAndBytesHaveTheirRange() {
        assertThat(defect(0, Action.QUANTITY_MAX, Action.UNIT_COST_MAX, Long.MAX_VALUE))
                .isEmpty();
        assertThat(defect(0, 1, Money.ZERO, 0)).isEmpty();
        for (int[] range : new int[][] {{-1, 1}, {0, Action.QUANTITY_MAX + 1}, {Action.QUANTITY_MAX + 1, 1}, {1, -1}}) {
            assertThat(defect(range[0], range[1], Money.ZERO, 0)).isEqualTo("action_quantity_out_of_range");
        }
        assertThat(defect(0, 1, new Money(-1), 0)).isEqualTo("action_cost_out_of_range");
        assertThat(defect(0, 1, Action.UNIT_COST_MAX.plus(new Money(1)), 0)).isEqualTo("action_cost_out_of_range");
        assertThat(defect(0, 1, Money.ZERO, -1)).isEqualTo("action_bytes_out_of_range");
        assertThat(action(ActionClass.SCALE_OUT, " ", 0, 1).defect()).isEqualTo("action_resource_missing");
        assertThat(scale(Action.QUANTITY_MAX, 0).defect()).isEmpty();
    }

    @Test
    void whatItAddsPerHourDoesNotOverflow() {
        var dearest = Action.of(ActionClass.SCALE_OUT, "w", "p", "eu", 0, Action.QUANTITY_MAX, Action.UNIT_COST_MAX);
        assertThat(dearest.costAddedPerHour()).isEqualTo(Money.dollars(1e11));
    }

    @ParameterizedTest
    @CsvSource({
        "SCALE_OUT, 4, 5, true",
        "SCALE_OUT, 4, 4, false",
        "SCALE_OUT, 4, 3, false",
        "SCALE_IN,  4, 3, true",
        "SCALE_IN,  4, 4, false",
        "SCALE_IN,  4, 5, false",
        "START_VM,  0, 1, true",
        "START_VM,  1, 1, false",
        "START_VM,  0, 0, false",
        "START_VM,  0, 2, false",
        "STOP_VM,   1, 0, true",
        "STOP_VM,   0, 0, true",
        "RESTART_VM, 1, 1, true",
        "RESTART_VM, 0, 1, true",
        "SNAPSHOT_VM, 0, 0, true",
        "DELETE_VM, 0, 0, true",
        "CORDON_HOST, 0, 0, true",
    })
    void goesTheWayThatItsClassSays(ActionClass kind, int from, int to, boolean sound) {
        assertThat(action(kind, "any/1", from, to).defect()).isEqualTo(sound ? "" : "action_direction_wrong");
    }

    @Test
    void whatIsTakenAwayCostsNothing() {
        assertThat(scale(4, 10).delta()).isEqualTo(6);
        assertThat(scale(4, 10).costAddedPerHour()).isEqualTo(Money.dollars(6));
        assertThat(scale(10, 4).delta()).isEqualTo(-6);
        assertThat(scale(10, 4).costAddedPerHour()).isEqualTo(Money.ZERO);
    }

    @Test
    void anotherMeasureChangesNothingElse() {
        var action = new Action(ActionClass.SCALE_OUT, "w", "p", "eu", 4, 10, Money.dollars(2), 7, "rollout");
        assertThat(action.withTo(8))
                .isEqualTo(new Action(ActionClass.SCALE_OUT, "w", "p", "eu", 4, 8, Money.dollars(2), 7, "rollout"));
    }

    @Test
    void lessIsTheSameWayLessFarAndSomewhere() {
        assertThat(List.of(3, 4, 5, 9, 10, 11).stream()
                        .filter(to -> scale(4, 10).isLessened(to)))
                .containsExactly(5, 9);
        assertThat(List.of(3, 4, 5, 9, 10, 11).stream()
                        .filter(to -> scale(10, 4).isLessened(to)))
                .containsExactly(5, 9);
        var restart = action(ActionClass.RESTART_VM, "vm/1", 1, 1);
        assertThat(List.of(0, 1, 2).stream().filter(restart::isLessened)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ActionClass.class)
    void theOwnerIsAskedLastAndSomebodyElseBefore(ActionClass kind) {
        List<Reviewer> reviewers = kind.reviewers();
        assertThat(reviewers).doesNotHaveDuplicates().contains(GOVERNOR).endsWith(OWNER);
        assertThat(reviewers).hasSizeGreaterThan(1); // else nobody would confirm, and the review never end
        var inOrder = new ArrayList<>(reviewers);
        inOrder.sort(null);
        assertThat(reviewers).isEqualTo(inOrder);
        assertThat(kind.isDisruptive()).isEqualTo(reviewers.contains(CALENDAR));
    }

    @ParameterizedTest
    @CsvSource({
        "SCALE_OUT,     LOW,  KEEP,     false, true",
        "SCALE_IN,      LOW,  KEEP,     true,  true",
        "START_VM,      LOW,  UNDO,     false, true",
        "STOP_VM,       HIGH, UNDO,     true,  true",
        "RESTART_VM,    LOW,  ESCALATE, false, false",
        "SNAPSHOT_VM,   LOW,  KEEP,     false, false",
        "DELETE_VM,     HIGH, ESCALATE, true,  true",
        "CORDON_HOST,   LOW,  UNDO,     true,  false",
        "UNCORDON_HOST, LOW,  ESCALATE, false, false",
        "DRAIN_HOST,    HIGH, ESCALATE, true,  false",
    })
    void theTable(ActionClass kind, Risk risk, OnFailure onFailure, boolean calendar, boolean budget) {
        assertThat(kind.risk()).isEqualTo(risk);
        assertThat(kind.onFailure()).isEqualTo(onFailure);
        assertThat(kind.reviewers().contains(CALENDAR)).isEqualTo(calendar);
        assertThat(kind.reviewers().contains(BUDGET)).isEqualTo(budget);
    }

    @Test
    void urgencyIsStrict() {
        assertThat(Priority.P0.isAbove(Priority.P1)).isTrue();
        assertThat(Priority.P1.isAbove(Priority.P1)).isFalse();
        assertThat(Priority.P2.isAbove(Priority.P1)).isFalse();
    }
}
