package io.novacron.zeroops.agents.fleet;

import static io.novacron.zeroops.agents.fleet.ResourceDesk.HOLD;
import static io.novacron.zeroops.agents.fleet.ResourceDesk.T0;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.OwnerCommand.Execute;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Tick;
import io.novacron.zeroops.agents.fleet.ResourceEvent.DriftObserved;
import io.novacron.zeroops.agents.fleet.ResourceEvent.SlotLapsed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who holds the slot, who does not get it and why, and what the reconciler may change meanwhile. */
class ResourceSlotTest {
    private final ResourceDesk desk = ResourceDesk.workload(3);
    private final Action grow = desk.scale(3, 5);

    private static String constraint(Reply reply) {
        assertThat(reply.answer()).isInstanceOf(Vote.Reject.class);
        return ((Vote.Reject) reply.answer()).constraint();
    }

    private boolean reconcile(long applied, Condition condition, int instances, int booting) {
        int before = desk.journal.size();
        assertThat(desk.tell(new Reconcile(new Observed("workload/web", applied, condition, instances, booting))))
                .isEqualTo(Reply.DONE);
        return desk.journal.size() > before;
    }

    @Test
    void oneDecisionHoldsTheSlotAndRepeatsAreAnsweredTheSame() {
        assertThat(desk.hold("a", grow, Priority.P2)).isEqualTo(Reply.of(Vote.ACCEPT));
        int events = desk.journal.size();
        assertThat(desk.hold("a", grow, Priority.P2)).isEqualTo(Reply.of(Vote.ACCEPT));
        assertThat(desk.journal).hasSize(events);
        assertThat(desk.hold("b", grow, Priority.P1).answer())
                .isEqualTo(new Vote.Reject("change_in_flight", "held by a"));
    }

    @Test
    void aHoldLapsesAtItsInstant() {
        desk.hold("a", grow, Priority.P2);
        desk.now = T0.plus(HOLD).minusNanos(1);
        desk.tell(new Tick());
        assertThat(desk.state.slot().get("a")).isPresent();
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(T0.plus(HOLD));
        assertThat(desk.journal).endsWith(new SlotLapsed(desk.now, List.of("a")));
        assertThat(desk.execute("a", grow)).isEqualTo(Reply.refused("not_held"));
        assertThat(desk.hold("b", grow, Priority.P2)).isEqualTo(Reply.of(Vote.ACCEPT));
    }

    @Test
    void aHoldThatArrivesAfterItsTimeIsTooLate() {
        assertThat(desk.tell(new Hold("a", grow, Priority.P0, T0))).isEqualTo(Reply.refused("too_late"));
        assertThat(desk.tell(new Hold("a", grow, Priority.P0, T0.plusNanos(1)))).isEqualTo(Reply.of(Vote.ACCEPT));
    }

    @Test
    void executionBeginsOnlyBeforeItsTime() {
        desk.hold("a", grow, Priority.P2);
        assertThat(desk.tell(new Execute("a", grow, T0))).isEqualTo(Reply.refused("not_held"));
        assertThat(desk.state.flight()).isEmpty();
        assertThat(desk.tell(new Execute("a", grow, T0.plusNanos(1))).accepted())
                .isTrue();
        assertThat(desk.state.flight()).isPresent();
    }

    @Test
    void aP0TakesTheSlotFromWhoeverHasNotBegun() {
        desk.hold("a", grow, Priority.P1);
        assertThat(desk.hold("b", grow, Priority.P0)).isEqualTo(Reply.of(Vote.ACCEPT));
        assertThat(desk.state.slot().open()).containsOnlyKeys("b");
        assertThat(desk.execute("a", grow)).isEqualTo(Reply.refused("not_held"));
        assertThat(desk.hold("c", grow, Priority.P0).answer())
                .isEqualTo(new Vote.Reject("change_in_flight", "held by b")); // not from one of its own kind
    }

    /** Else a late copy of its Hold, and one of its Execute, would begin what it was told would never begin. */
    @Test
    void whoLostTheSlotDoesNotGetItBackByALateRepeat() {
        var hold = new Hold("a", grow, Priority.P1, T0.plus(HOLD));
        desk.tell(hold);
        desk.hold("b", grow, Priority.P0);
        assertThat(desk.execute("a", grow)).isEqualTo(Reply.refused("not_held")); // it concludes: no effect
        desk.end("b");
        assertThat(desk.tell(hold)).isEqualTo(Reply.refused("decision_ended"));
        assertThat(desk.execute("a", grow)).isEqualTo(Reply.refused("not_held"));
        assertThat(desk.state.flight()).isEmpty();
        desk.tickAtDeadline();
        assertThat(desk.agent.deadline(desk.state)).isEmpty(); // nothing is remembered for longer than it may matter
    }

    @Test
    void aP0DoesNotTakeTheSlotFromAChangeInFlight() {
        desk.begin("a", grow);
        assertThat(desk.hold("b", grow, Priority.P0).answer())
                .isEqualTo(new Vote.Reject("change_in_flight", "executing a"));
        desk.refuse("no_quota");
        assertThat(constraint(desk.hold("b", grow, Priority.P0))).isEqualTo("change_in_flight"); // it is still told
    }

    @Test
    void nobodyIsAnsweredWithTheChangeOfAnother() {
        desk.begin("a", grow);
        assertThat(desk.execute("b", grow)).isEqualTo(Reply.refused("not_held"));
    }

    @Test
    void anEndGivesTheSlotBackAndALateHoldOfItIsRefused() {
        desk.hold("a", grow, Priority.P2);
        assertThat(desk.end("a")).isEqualTo(Reply.DONE);
        assertThat(desk.hold("a", grow, Priority.P2)).isEqualTo(Reply.refused("decision_ended"));
        assertThat(desk.hold("b", grow, Priority.P2)).isEqualTo(Reply.of(Vote.ACCEPT));
    }

    @Test
    void anEndThatOvertakesItsHoldLeavesATombstoneUntilTheHoldWouldBeTooLate() {
        assertThat(desk.end("a")).isEqualTo(Reply.DONE);
        int events = desk.journal.size();
        assertThat(desk.end("a")).isEqualTo(Reply.DONE);
        assertThat(desk.journal).hasSize(events); // a repeat is no event
        assertThat(desk.hold("a", grow, Priority.P2)).isEqualTo(Reply.refused("decision_ended"));
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(T0.plus(HOLD));
        assertThat(desk.agent.deadline(desk.state)).isEmpty();
        assertThat(desk.tell(new End("a", 0, desk.now))).isEqualTo(Reply.DONE);
        assertThat(desk.agent.deadline(desk.state)).isEmpty(); // nothing of it can come any more
    }

    @Test
    void whoeverBeganCannotHoldAgain() {
        desk.begin("a", grow);
        desk.refuse("no_quota");
        desk.settle(Outcome.DONE);
        assertThat(desk.hold("a", grow, Priority.P2)).isEqualTo(Reply.refused("decision_ended"));
        assertThat(desk.end("a")).isEqualTo(Reply.DONE);
        assertThat(desk.execute("a", grow).answer()).isEqualTo(new Change.Ended(Change.End.NO_EFFECT, 3, "no_quota"));
    }

    @Test
    void theFactsAreCheckedAgain() {
        assertThat(desk.hold("a", desk.scale(4, 6), Priority.P2).answer())
                .isEqualTo(new Vote.Reject("facts_changed", "proposed from 4, there are 3"));
        assertThat(desk.hold("a", desk.action(ActionClass.START_VM, 0, 1), Priority.P2)
                        .answer())
                .isEqualTo(new Vote.Reject("unknown_action", "START_VM of a WORKLOAD"));
        assertThat(ResourceDesk.vm(Condition.FAILED).hold("a", desk.action(ActionClass.RESTART_VM, 1, 1), Priority.P0))
                .isEqualTo(Reply.of(Vote.ACCEPT)); // how a VM is counted when it failed is the provider's choice
    }

    @Test
    void onlyWhatTheLifecycleAllowsIsHeld() {
        var running = ResourceDesk.vm(Condition.RUNNING);
        assertThat(running.hold("a", running.action(ActionClass.DELETE_VM, 0, 0), Priority.P0)
                        .answer())
                .isEqualTo(new Vote.Reject("lifecycle", "DELETE_VM while RUNNING"));
        var nothing = new ResourceAgent("vm/none", Lifecycle.VM, ResourcePolicy.DEFAULTS);
        var hold = new Hold("a", running.action(ActionClass.START_VM, 0, 1), Priority.P0, T0.plus(HOLD));
        assertThat(constraint(nothing.decide(nothing.initial(), hold, T0).reply()))
                .isEqualTo("lifecycle");
    }

    @Test
    void aHoldAndAChangeCanBeOverdueTogether() {
        desk.begin("a", grow); // its tombstone lapses at the same instant as its call
        desk.now = desk.flight().deadline();
        desk.tell(new Tick());
        assertThat(desk.journal.stream().skip(desk.journal.size() - 2).<Class<?>>map(Object::getClass))
                .containsExactly(ResourceEvent.ChangeDoubted.class, SlotLapsed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING,  3, 0, false",
        "RUNNING,  4, 0, true",
        "FAILED,   3, 0, true",
        "RUNNING,  4, 1, false",
        "CHANGING, 4, 0, false",
    })
    void onlyWhatIsSettledAndDifferentIsDrift(Condition condition, int instances, int booting, boolean drift) {
        assertThat(reconcile(0, condition, instances, booting)).isEqualTo(drift);
        if (drift) {
            assertThat(desk.journal).endsWith(new DriftObserved(desk.now, condition, instances));
            assertThat(desk.state.condition()).isEqualTo(condition);
            assertThat(desk.state.instances()).isEqualTo(instances);
        }
    }

    @Test
    void nothingDriftsWhileTheSlotIsHeldOrAChangeIsInFlight() {
        desk.hold("a", grow, Priority.P2);
        assertThat(reconcile(0, Condition.RUNNING, 9, 0)).isFalse();
        desk.execute("a", grow);
        assertThat(reconcile(0, Condition.RUNNING, 9, 0)).isFalse();
        desk.refuse("no_quota");
        assertThat(reconcile(0, Condition.RUNNING, 9, 0)).isFalse();
        desk.settle(Outcome.DONE);
        assertThat(reconcile(0, Condition.RUNNING, 9, 0)).isTrue();
    }

    private void grown(String decision, int from, int to) {
        desk.begin(decision, desk.scale(from, to));
        desk.settle(Outcome.DONE);
        desk.observe(desk.state.generation(), Condition.RUNNING, to, 0);
        desk.settle(Outcome.DONE);
        desk.now = desk.now.plus(Duration.ofMinutes(1));
    }

    @Test
    void aListFromBeforeTheLastChangeIsNoDrift() {
        grown("a", 3, 5);
        assertThat(reconcile(0, Condition.RUNNING, 3, 0)).isFalse();
        assertThat(reconcile(1, Condition.RUNNING, 4, 0)).isTrue(); // one died since
    }

    @Test
    void aChangeOfNoEffectDoesNotMakeOlderListsTrueAgain() {
        grown("a", 3, 5);
        desk.begin("b", desk.scale(5, 8));
        desk.refuse("no_quota");
        desk.settle(Outcome.DONE);
        assertThat(reconcile(0, Condition.RUNNING, 3, 0)).isFalse(); // from before the first
        assertThat(desk.state.instances()).isEqualTo(5);
        assertThat(reconcile(1, Condition.RUNNING, 4, 0)).isTrue();
    }
}
