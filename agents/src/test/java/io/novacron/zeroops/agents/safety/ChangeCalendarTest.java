package io.novacron.zeroops.agents.safety;

import static io.novacron.zeroops.agents.safety.Desk.scale;
import static io.novacron.zeroops.agents.safety.Desk.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.safety.CalendarCommand.Freeze;
import io.novacron.zeroops.agents.safety.CalendarCommand.Thaw;
import io.novacron.zeroops.agents.safety.CalendarCommand.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeCalendarTest {
    private static final Scope ALL = new Scope.Everything();
    private final ChangeCalendar calendar = new ChangeCalendar(new CalendarPolicy(3, 2));
    private final Desk<CalendarEvent, CalendarState> desk = new Desk<>(calendar);

    private static Action stop(String vm, String region) {
        return vm(ActionClass.STOP_VM, vm, region, 1, 0);
    }

    private Reply freeze(String owner, Scope scope, long seconds) {
        return desk.tell(new Freeze(owner, scope, "why", Desk.T0.plusSeconds(seconds)));
    }

    private static String constraint(Answer answer) {
        assertThat(answer).isInstanceOf(Vote.Reject.class);
        return ((Vote.Reject) answer).constraint();
    }

    @AfterEach
    void noLimitIsExceeded() {
        assertThat(desk.state.violations()).isEmpty();
    }

    @Test
    void freezesWhatTheScopeCoversAndLetsP0AndTheHarmlessPass() {
        freeze("incident/1", new Scope.Region("eu"), 60);
        freeze("chaos/1", new Scope.Resource("vm/7"), 60);
        var rejected = (Vote.Reject) desk.hold("a", stop("vm/1", "eu"), Priority.P1);
        assertThat(rejected.constraint()).isEqualTo("calendar_freeze");
        assertThat(rejected.detail()).contains("incident/1", "why");
        assertThat(constraint(desk.hold("b", stop("vm/7", "us")))).isEqualTo("calendar_freeze");
        assertThat(desk.hold("c", stop("vm/8", "us"))).isEqualTo(Vote.ACCEPT);
        assertThat(desk.hold("d", stop("vm/1", "eu"), Priority.P0)).isEqualTo(Vote.ACCEPT);
        assertThat(desk.hold("e", scale("w", 1, 2))).isEqualTo(Vote.ACCEPT);
        assertThat(desk.confirm("e")).isEqualTo(Reply.DONE);
        freeze("person/1", ALL, 60);
        assertThat(constraint(desk.hold("f", stop("vm/9", "asia")))).isEqualTo("calendar_freeze");
    }

    @Test
    void aFreezeEndsAtItsTimeOrWhenThawed() {
        freeze("a", ALL, 60);
        freeze("b", ALL, 90);
        desk.pass(Duration.ofSeconds(60).minusNanos(1));
        assertThat(constraint(desk.hold("d1", stop("vm/1", "eu")))).isEqualTo("calendar_freeze");
        desk.pass(Duration.ofNanos(1));
        desk.tell(new Tick());
        assertThat(desk.state.freezes()).containsOnlyKeys("b");
        assertThat(desk.tell(new Thaw("b"))).isEqualTo(Reply.DONE);
        assertThat(desk.tell(new Thaw("b"))).isEqualTo(Reply.DONE);
        assertThat(desk.hold("d2", stop("vm/1", "eu"))).isEqualTo(Vote.ACCEPT);
        desk.confirm("d2");
        desk.tickAtDeadline();
        assertThat(desk.state.thawed()).isEmpty();
        assertThat(calendar.deadline(desk.state)).isEmpty();
    }

    @Test
    void aFreezeCanOnlyBeProlonged() {
        freeze("a", ALL, 60);
        freeze("a", new Scope.Region("eu"), 60);
        freeze("a", ALL, 50);
        assertThat(desk.journal).hasSize(1);
        freeze("a", ALL, 61);
        assertThat(desk.state.until("a")).contains(Desk.T0.plusSeconds(61));
        desk.tell(new Thaw("a"));
        assertThat(freeze("a", ALL, 61)).isEqualTo(Reply.DONE); // the one before, come late
        assertThat(desk.state.freezes()).isEmpty();
        freeze("a", ALL, 62);
        assertThat(desk.state.freezes()).hasSize(1);
        assertThat(desk.state.thawed()).isEmpty();
    }

    @Test
    void refusesFreezesThatAreNoneAndOneTooMany() {
        assertThat(freeze(" ", ALL, 60)).isEqualTo(Reply.refused("freeze_owner_missing"));
        assertThat(freeze("a", ALL, 0)).isEqualTo(Reply.refused("too_late"));
        for (int i = 0; i < CalendarState.FREEZES_MAX; i++) {
            assertThat(freeze("o" + i, ALL, 60 + i)).isEqualTo(Reply.DONE);
        }
        assertThat(freeze("more", ALL, 60)).isEqualTo(Reply.refused("too_many_freezes"));
        assertThat(freeze("o1", ALL, 600)).isEqualTo(Reply.DONE);
        for (int i = 0; i < CalendarState.FREEZES_MAX; i++) {
            desk.tell(new Thaw("o" + i));
        }
        freeze("more", ALL, 700);
        desk.tell(new Thaw("more"));
        assertThat(desk.state.thawed()).hasSize(CalendarState.THAWED_MAX).doesNotContainKey("o0");
        assertThat(desk.tell(new Stranger())).isEqualTo(Reply.refused("unknown_command"));
    }

    private record Stranger() implements Command {}

    @Test
    void disruptsNoMoreThanTheBudgetAtOnce() {
        desk.hold("a", stop("vm/1", "eu"));
        desk.hold("b", stop("vm/2", "eu"));
        assertThat(constraint(desk.hold("c", stop("vm/3", "eu")))).isEqualTo("disruption_budget");
        assertThat(desk.hold("d", stop("vm/4", "us"))).isEqualTo(Vote.ACCEPT);
        assertThat(constraint(desk.hold("e", stop("vm/5", "us")))).isEqualTo("disruption_budget");
        assertThat(desk.hold("f", scale("w", 1, 2))).isEqualTo(Vote.ACCEPT);
        desk.confirm("a");
        desk.pass(Desk.PATIENCE);
        assertThat(desk.hold("g", stop("vm/3", "eu"))).isEqualTo(Vote.ACCEPT); // b and d lapsed
        desk.end("a", 1);
        assertThat(desk.hold("h", stop("vm/6", "eu"))).isEqualTo(Vote.ACCEPT);
    }

    @Test
    void aP0PreemptsTheLeastUrgentTentativeHoldThatMakesRoom() {
        desk.hold("firm", stop("vm/1", "eu"), Priority.P4);
        desk.confirm("firm");
        desk.hold("p2", stop("vm/2", "eu"), Priority.P2);
        desk.hold("p3", stop("vm/3", "us"), Priority.P3);
        assertThat(constraint(desk.hold("p1", stop("vm/4", "eu"), Priority.P1))).isEqualTo("disruption_budget");
        assertThat(desk.hold("p0", stop("vm/5", "asia"), Priority.P0)).isEqualTo(Vote.ACCEPT);
        assertThat(desk.confirm("p3")).isEqualTo(Reply.refused("not_held"));
        assertThat(desk.hold("p0b", stop("vm/6", "eu"), Priority.P0)).isEqualTo(Vote.ACCEPT);
        assertThat(desk.confirm("p2")).isEqualTo(Reply.refused("not_held"));
        assertThat(constraint(desk.hold("p0c", stop("vm/7", "us"), Priority.P0)))
                .isEqualTo("disruption_budget");
        assertThat(desk.confirm("firm")).isEqualTo(Reply.DONE);
        assertThat(desk.state.holds().open()).containsOnlyKeys("firm", "p0", "p0b");
    }

    @Test
    void aP0TakesFromItsOwnRegionWhereThatIsFull() {
        desk.hold("a", stop("vm/1", "eu"), Priority.P1);
        desk.hold("b", stop("vm/2", "eu"), Priority.P1);
        desk.hold("c", stop("vm/3", "us"), Priority.P4);
        assertThat(desk.hold("p0", stop("vm/4", "eu"), Priority.P0)).isEqualTo(Vote.ACCEPT);
        assertThat(desk.state.holds().open()).containsOnlyKeys("a", "c", "p0");
    }

    @Test
    void answersRepeatsAlikeAndRefusesWhatIsLateOrOver() {
        var hold = new Hold("d", stop("vm/1", "eu"), Priority.P2, desk.now.plusSeconds(30));
        assertThat(desk.tell(hold)).isEqualTo(Reply.of(Vote.ACCEPT));
        freeze("late", ALL, 60);
        assertThat(desk.tell(hold)).isEqualTo(Reply.of(Vote.ACCEPT));
        desk.confirm("d");
        desk.tell(new End("d", 0, hold.until()));
        assertThat(desk.tell(hold)).isEqualTo(Reply.refused("decision_ended"));
        desk.pass(Desk.PATIENCE);
        assertThat(desk.tell(hold)).isEqualTo(Reply.refused("too_late"));
        assertThat(desk.state.holds()).isEqualTo(Holds.NONE);
        assertThat(desk.tell(new End("d", 0, hold.until()))).isEqualTo(Reply.DONE);
        int written = desk.journal.size();
        desk.tell(new End("d", 0, hold.until()));
        assertThat(desk.journal).hasSize(written);
    }

    @Test
    void everyCommandIsHandled() {
        Set<Class<?>> seen = new HashSet<>();
        for (var command : List.of(new Freeze("a", ALL, "", Desk.T0.plusSeconds(1)), new Thaw("a"), new Tick())) {
            seen.add(command.getClass());
            assertThat(desk.tell(command)).isEqualTo(Reply.DONE);
        }
        assertThat(seen).containsExactlyInAnyOrder(CalendarCommand.class.getPermittedSubclasses());
        assertThat(calendar.settle("", Outcome.DONE)).isEqualTo(new Tick());
        assertThat(calendar.pending(desk.state)).isEmpty();
    }

    @Test
    void aBrokenStateIsFoundOut() {
        var entry = new Holds.Entry(stop("vm/1", "eu"), Priority.P2, Vote.ACCEPT, false, Instant.MAX);
        var state = CalendarState.INITIAL.promised(Desk.T0, "a", entry, 2, 1).promised(Desk.T0, "b", entry, 1, 1);
        assertThat(state.violations()).containsExactly("disruption_budget: 2 of 1", "disruption_budget: 2 of 1 in eu");
        var elsewhere = new Holds.Entry(stop("vm/1", "us"), Priority.P2, Vote.ACCEPT, false, Instant.MAX);
        var lowered = CalendarState.INITIAL
                .promised(Desk.T0, "a", entry, 9, 2)
                .promised(Desk.T0, "b", entry, 9, 2)
                .promised(Desk.T0, "c", elsewhere, 9, 1);
        assertThat(lowered.violations()).isEmpty();
    }
}
