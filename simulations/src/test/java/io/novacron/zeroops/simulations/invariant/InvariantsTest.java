package io.novacron.zeroops.simulations.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.FleetOperation.StopVm;
import io.novacron.zeroops.agents.fleet.Lifecycle;
import io.novacron.zeroops.agents.fleet.ResourceAgent;
import io.novacron.zeroops.agents.fleet.ResourceEvent;
import io.novacron.zeroops.agents.fleet.ResourceEvent.AttemptStarted;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ChangeEnded;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ChangeStarted;
import io.novacron.zeroops.agents.fleet.ResourceEvent.DriftObserved;
import io.novacron.zeroops.agents.fleet.ResourceEvent.SlotHeld;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.fleet.ResourceState;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each check by events made by hand: that it says nothing of what is right, and speaks of what is wrong. */
class InvariantsTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = AT.plusSeconds(30);
    private static final String VM = "vm/a";
    private static final Action STOP = Action.of(ActionClass.STOP_VM, VM, "shop", "eu-1", 1, 0, Money.dollars(1));

    private Instant now = AT;
    private final Invariants invariants = new Invariants(() -> now, SafetyConstraints.DEFAULTS);
    private final ResourceAgent vm = new ResourceAgent(VM, Lifecycle.VM, ResourcePolicy.DEFAULTS);
    private ResourceState state = vm.initial();

    @BeforeEach
    void adopted() {
        journal(new DriftObserved(AT, Condition.RUNNING, 1));
        assertThat(invariants.problems()).isEmpty();
    }

    private void journal(ResourceEvent event) {
        state = vm.apply(state, event);
        invariants.journaled(VM, List.of(event), state);
    }

    private void started(String decision, long generation) {
        journal(new ChangeStarted(AT, decision, STOP, generation, UNTIL, UNTIL, UNTIL));
    }

    /** What was found since the last call. */
    private String found(Runnable doing) {
        int before = invariants.problems().size();
        doing.run();
        return String.join(
                "\n",
                invariants.problems().subList(before, invariants.problems().size()));
    }

    @Test
    void aChangeWithoutApprovalOrPromisesOrWhileAnotherIsInFlight() {
        assertThat(found(() -> started("d/1", 1)))
                .contains("d/1 is executed without approval")
                .contains("d/1 is executed without a firm promise of CALENDAR")
                .contains("without a firm promise of GOVERNOR")
                .contains("without a firm promise of BUDGET")
                .doesNotContain("in flight");
        assertThat(found(() -> started("d/2", 2))).contains("vm/a began d/2 with a change in flight");
    }

    @Test
    void aChangeThatBeginsAfterItsHold() {
        now = UNTIL.plusSeconds(60);
        assertThat(found(() -> started("d/1", 1))).contains("d/1 begins after its hold has lapsed");
    }

    @Test
    void anEffectThatWasNotJournaledOrRepeatedOrStale() {
        assertThat(found(() -> invariants.tookEffect(VM, "key/1", 1, new StopVm())))
                .contains("key/1 took effect, but no such change was in flight");
        started("d/1", 5);
        assertThat(found(() -> invariants.tookEffect(VM, "key/5", 5, new StopVm())))
                .isEmpty();
        assertThat(found(() -> invariants.tookEffect(VM, "key/5", 6, new StopVm())))
                .contains("key/5 took effect twice");
        assertThat(found(() -> invariants.tookEffect(VM, "key/4", 4, new StopVm())))
                .contains("generation 4 took effect after 6");
    }

    @Test
    void anAttemptThatNobodyAskedAbout() {
        started("d/1", 1);
        assertThat(found(() -> journal(new AttemptStarted(AT, 2, false, 2, UNTIL))))
                .contains("2 issues anew what nobody asked about since 1");
        invariants.answered(VM, 3);
        assertThat(found(() -> journal(new AttemptStarted(AT, 2, false, 4, UNTIL))))
                .isEmpty();
    }

    @Test
    void aClaimThatNothingBearsOut() {
        var verified = new Change.Ended(Change.End.VERIFIED, 0, "");
        started("d/1", 1);
        assertThat(found(() -> journal(new ChangeEnded(AT, verified, Condition.STOPPED, UNTIL))))
                .contains("but nothing took effect since 1");
    }

    @Test
    void aClaimThatIsTrue() {
        var verified = new Change.Ended(Change.End.VERIFIED, 0, "");
        started("d/1", 1);
        invariants.tookEffect(VM, "key/1", 1, new StopVm());
        assertThat(found(() -> journal(new ChangeEnded(AT, verified, Condition.STOPPED, UNTIL))))
                .isEmpty();
    }

    @Test
    void aSlotThatIsHeldTwiceOrForEver() {
        assertThat(found(() -> journal(new SlotHeld(AT, "d/1", STOP, Priority.P2, UNTIL, List.of()))))
                .isEmpty();
        assertThat(found(() -> invariants.ended(0))).contains("vm/a holds for d/1 at the end");
        assertThat(found(() -> journal(new SlotHeld(AT, "d/2", STOP, Priority.P2, UNTIL, List.of()))))
                .contains("vm/a holds its slot twice");
    }

    @Test
    void aTentativeHoldPastItsTimeButNotAFirmOne() {
        var verdicts = new Verdicts();
        var promises = new Promises(verdicts, new Decisions(verdicts));
        var tentative = new Holds.Entry(STOP, Priority.P2, Vote.ACCEPT, false, UNTIL);
        var book = Holds.NONE.promised("d/1", tentative);
        Optional<List<String>> all = Optional.empty();
        promises.keeps("budget/main", book, all, UNTIL.minusMillis(1), UNTIL);
        promises.keeps("budget/main", book.confirmed("d/1"), all, UNTIL, UNTIL);
        assertThat(verdicts.problems()).isEmpty();
        promises.keeps("budget/main", book, Optional.of(List.of()), UNTIL, UNTIL);
        assertThat(verdicts.problems()).hasSize(1).first().asString().contains("d/1, which lapsed at " + UNTIL);
    }

    /** An event that says less than it does is not believed. */
    @Test
    void aHoldThatNoEventNamesForADecisionThatHasEnded() {
        var verdicts = new Verdicts();
        var promises = new Promises(verdicts, new Decisions(verdicts));
        var firm = new Holds.Entry(STOP, Priority.P2, Vote.ACCEPT, true, UNTIL);
        promises.keeps("budget/main", Holds.NONE.promised("d/1", firm), Optional.of(List.of()), AT, AT);
        promises.decisionEnded("d/1", AT);
        assertThat(verdicts.problems()).hasSize(1).first().asString().contains("budget/main still holds for d/1");
    }

    @Test
    void growthAndShrinkageBeyondThePercentages() {
        var verdicts = new Verdicts();
        var effects = new Effects(verdicts, () -> SafetyConstraints.DEFAULTS); // 200 % up, 50 % down, in 5 minutes
        var workload = new ResourceAgent("workload/w", Lifecycle.WORKLOAD, ResourcePolicy.DEFAULTS);
        long generation = 0;
        for (int[] move : new int[][] {{10, 30}, {30, 15}}) { // the most that is allowed, each by itself
            var from = workload.apply(workload.initial(), new DriftObserved(AT, Condition.RUNNING, move[0]));
            generation++;
            var flight = started(workload, from, generation, move[1]);
            Instant at = AT.plus(Duration.ofMinutes(6 * generation));
            effects.tookEffect("workload/w", "k" + generation, generation, new SetInstances(move[1]), flight, at);
        }
        assertThat(verdicts.problems()).isEmpty();
        var from = workload.apply(workload.initial(), new DriftObserved(AT, Condition.RUNNING, 15));
        effects.tookEffect(
                "workload/w", "k9", 9, new SetInstances(50), started(workload, from, 9, 50), AT.plusSeconds(780));
        assertThat(verdicts.problems()).hasSize(1).first().asString().contains("grew to 50, allowed 45");
    }

    /** What fell short of what was asked for is the level from then on. */
    @Test
    void shrinkageFromWhatWasReached() {
        var verdicts = new Verdicts();
        var effects = new Effects(verdicts, () -> SafetyConstraints.DEFAULTS);
        var workload = new ResourceAgent("workload/w", Lifecycle.WORKLOAD, ResourcePolicy.DEFAULTS);
        var ninety = workload.apply(workload.initial(), new DriftObserved(AT, Condition.RUNNING, 90));
        effects.tookEffect("workload/w", "k1", 1, new SetInstances(108), started(workload, ninety, 1, 108), AT);
        var partial = new Change.Ended(Change.End.PARTIAL, 107, "post_condition_not_met");
        Instant ended = AT.plusSeconds(60);
        effects.ended("workload/w", new ChangeEnded(ended, partial, Condition.RUNNING, ended), ended);
        var reached = workload.apply(workload.initial(), new DriftObserved(AT, Condition.RUNNING, 107));
        Instant later = AT.plus(Duration.ofMinutes(7));
        effects.tookEffect("workload/w", "k2", 2, new SetInstances(53), started(workload, reached, 2, 53), later);
        assertThat(verdicts.problems()).isEmpty();
    }

    private static ResourceState started(ResourceAgent agent, ResourceState from, long generation, int to) {
        var action = Action.of(ActionClass.SCALE_OUT, "workload/w", "shop", "eu-1", 0, to, Money.dollars(1));
        return agent.apply(from, new ChangeStarted(AT, "d", action, generation, UNTIL, UNTIL, UNTIL));
    }

    @Test
    void aBeliefThatTheJournalDoesNotBear() {
        assertThat(found(() -> invariants.recovered(VM, state, state))).isEmpty();
        assertThat(found(() -> invariants.recovered(VM, state, vm.initial()))).contains("its journal says");
    }

    @Test
    void whatIsStillPendingAtTheEnd() {
        assertThat(found(() -> invariants.ended(0))).isEmpty();
        assertThat(found(() -> invariants.ended(2))).contains("2 effects still pending at the end");
        assertThat(found(() -> invariants.failed("a bug"))).endsWith(": a bug");
        assertThat(invariants.violated()).isEqualTo(2);
    }
}
