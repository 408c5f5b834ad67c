package io.novacron.zeroops.agents.fleet;

import static io.novacron.zeroops.agents.fleet.ResourceDesk.POLICY;
import static io.novacron.zeroops.agents.fleet.ResourceDesk.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.OwnerCommand;
import io.novacron.zeroops.agents.decision.OwnerCommand.Execute;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.fleet.FleetOperation.Await;
import io.novacron.zeroops.agents.fleet.FleetOperation.Describe;
import io.novacron.zeroops.agents.fleet.FleetOperation.RestartVm;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetSchedulable;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Settle;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Tick;
import io.novacron.zeroops.agents.fleet.ResourceState.Phase;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A change from its first call to its report; what failed is in ResourceFailureTest, the slot in ResourceSlotTest. */
class ResourceAgentTest {
    private static final Outcome UNKNOWN = new Outcome.Unknown("timeout");
    private static final Outcome BUSY = new Outcome.Failed("busy", true);

    private static ResourceDesk growing() {
        return ResourceDesk.workload(3).begin(ActionClass.SCALE_OUT, 3, 50);
    }

    private static ResourceDesk in(Phase phase) {
        var desk = growing();
        switch (phase) {
            case APPLYING -> {}
            case DOUBTING -> desk.settle(UNKNOWN);
            case VERIFYING -> desk.settle(Outcome.DONE);
            case COUNTING -> {
                desk.settle(Outcome.DONE);
                desk.refuse("cannot_be_met");
            }
            case REPORTING -> desk.refuse("no_quota");
        }
        assertThat(desk.flight().phase()).isEqualTo(phase);
        return desk;
    }

    @Test
    void aChangeIsAppliedVerifiedReportedAndTheSlotIsFree() {
        var desk = growing();
        desk.assertCall(Phase.APPLYING, 1, new SetInstances(50));
        assertThat(desk.flight().deadline()).isEqualTo(T0.plus(POLICY.callPatience()));
        desk.settle(Outcome.DONE);
        desk.assertCall(Phase.VERIFYING, 1, new Await(Condition.RUNNING, 50));
        assertThat(desk.flight().deadline()).isEqualTo(T0.plus(POLICY.verifyPatience()));
        desk.observe(1, Condition.RUNNING, 50, 0);
        desk.assertReported(Change.End.VERIFIED, 50, "");
        assertThat(desk.flight().deadline()).isEqualTo(T0.plus(POLICY.reportPatience()));
        assertThat(desk.state.instances()).isEqualTo(50);
        desk.settle(Outcome.DONE);
        assertThat(desk.state.flight()).isEmpty();
        assertThat(desk.agent.pending(desk.state)).isEmpty();
        desk.begin("e", desk.scale(50, 10)); // and the next may come
        desk.assertCall(Phase.APPLYING, 2, new SetInstances(10));
    }

    @Test
    void executeRepeatedIsToldThatItRunsAndAfterwardsHowItEnded() {
        var desk = growing();
        var action = desk.scale(3, 50);
        var running = Reply.of(new Change.Running(T0.plus(POLICY.longest())));
        desk.now = desk.now.plusSeconds(100); // no longer the time to begin, but it is not about beginning
        assertThat(desk.tell(new Execute("d", action, T0))).isEqualTo(running);
        desk.settle(Outcome.DONE);
        assertThat(desk.execute("d", action)).isEqualTo(running);
        desk.observe(1, Condition.RUNNING, 50, 0);
        var ended = Reply.of(new Change.Ended(Change.End.VERIFIED, 50, ""));
        assertThat(desk.execute("d", action)).isEqualTo(ended); // while it is being reported
        desk.settle(Outcome.DONE);
        assertThat(desk.execute("d", action)).isEqualTo(ended); // and after
        assertThat(desk.execute("e", action)).isEqualTo(Reply.refused("not_held"));
        assertThat(desk.state.generation()).isEqualTo(1);
    }

    @Test
    void theReportIsGivenUpAfterItsTimeAndTheAnswerIsKept() {
        var desk = in(Phase.REPORTING);
        desk.tickAtDeadline(); // the tombstone's
        assertThat(desk.flight().phase()).isEqualTo(Phase.REPORTING);
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(T0.plus(POLICY.reportPatience()));
        assertThat(desk.state.flight()).isEmpty();
        assertThat(desk.journal).endsWith(new ResourceEvent.ReportClosed(desk.now, false));
        assertThat(desk.execute("d", desk.scale(3, 50)))
                .isEqualTo(Reply.of(new Change.Ended(Change.End.NO_EFFECT, 3, "no_quota")));
    }

    @Test
    void aReportThatIsRefusedIsClosedToo() {
        var desk = in(Phase.REPORTING);
        desk.settle(new Outcome.Failed("not_executing", false));
        assertThat(desk.journal).endsWith(new ResourceEvent.ReportClosed(desk.now, false));
        assertThat(desk.state.flight()).isEmpty();
    }

    @Test
    void anUnknownOutcomeIsAskedAboutWithAHigherGenerationAndNeverIssuedAgain() {
        var desk = growing();
        desk.settle(UNKNOWN);
        desk.assertCall(Phase.DOUBTING, 2, new Describe());
        assertThat(desk.flight().deadline()).isEqualTo(T0.plus(POLICY.askPatience()));
        assertThat(desk.tell(new Settle("workload/web/APPLYING/1", Outcome.DONE)))
                .isEqualTo(Reply.refused("not_pending"));
    }

    @Test
    void silenceIsAnUnknownOutcome() {
        var desk = growing();
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(T0.plus(POLICY.callPatience()));
        desk.assertCall(Phase.DOUBTING, 2, new Describe());
    }

    @Test
    void whatTookEffectAfterAllIsVerified() {
        var desk = in(Phase.DOUBTING);
        desk.observe(1, Condition.RUNNING, 3, 47);
        desk.assertCall(Phase.VERIFYING, 2, new Await(Condition.RUNNING, 50));
        desk.observe(1, Condition.RUNNING, 50, 0);
        desk.assertReported(Change.End.VERIFIED, 50, "");
    }

    @Test
    void whatTookEffectAndIsDoneAlreadyNeedsNoWaiting() {
        var desk = in(Phase.DOUBTING);
        desk.observe(1, Condition.RUNNING, 50, 0);
        desk.assertReported(Change.End.VERIFIED, 50, "");
    }

    @Test
    void whatDidNotTakeEffectIsIssuedAnewUnderANewGeneration() {
        var desk = in(Phase.DOUBTING);
        desk.observe(0, Condition.RUNNING, 3, 0);
        desk.assertCall(Phase.APPLYING, 3, new SetInstances(50));
        assertThat(desk.flight().attempt()).isEqualTo(2);
        assertThat(desk.flight().deadline()).isEqualTo(T0.plus(POLICY.callPatience()));
    }

    @Test
    void whatTwiceTookNoEffectEndsAsNoEffect() {
        var desk = in(Phase.DOUBTING);
        desk.observe(0, Condition.RUNNING, 3, 0);
        desk.settle(UNKNOWN);
        desk.assertCall(Phase.DOUBTING, 4, new Describe());
        desk.observe(0, Condition.RUNNING, 3, 0);
        desk.assertReported(Change.End.NO_EFFECT, 3, "post_condition_not_met");
    }

    /** A VM that runs need not be one that was restarted. */
    @Test
    void aRestartThatNeverTookEffectIsNotVerifiedAlthoughTheVmRuns() {
        var desk = ResourceDesk.vm(Condition.RUNNING).begin(ActionClass.RESTART_VM, 1, 1);
        desk.assertCall(Phase.APPLYING, 1, new RestartVm());
        desk.settle(UNKNOWN);
        desk.observe(0, Condition.RUNNING, 1, 0);
        desk.assertCall(Phase.APPLYING, 3, new RestartVm());
        desk.refuse("fenced");
        desk.assertCall(Phase.COUNTING, 4, new Describe());
        desk.observe(0, Condition.RUNNING, 1, 0);
        desk.assertReported(Change.End.NO_EFFECT, 1, "post_condition_not_met");
    }

    @Test
    void aRestartWhoseFirstAttemptDidIsVerifiedThoughTheSecondIsRefused() {
        var desk = ResourceDesk.vm(Condition.FAILED).begin(ActionClass.RESTART_VM, 0, 1);
        desk.settle(Outcome.DONE);
        desk.tickAtDeadline(); // the tombstone of the hold
        desk.tickAtDeadline(); // the verifying
        desk.assertCall(Phase.COUNTING, 2, new Describe());
        desk.observe(1, Condition.CHANGING, 0, 1);
        desk.refuse("still_restarting");
        desk.assertCall(Phase.COUNTING, 4, new Describe());
        desk.observe(1, Condition.RUNNING, 1, 0);
        desk.assertReported(Change.End.VERIFIED, 1, "");
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void whatIsNotFinalLeavesItPendingButForTheUnknownOutcomeOfAChange(Phase phase) {
        var desk = in(phase);
        var before = desk.state;
        assertThat(desk.settle(BUSY)).isEqualTo(Reply.DONE);
        assertThat(desk.state).isEqualTo(before);
        desk.settle(UNKNOWN);
        assertThat(desk.flight().phase()).isEqualTo(phase == Phase.APPLYING ? Phase.DOUBTING : phase);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void aTickTooEarlyDoesNothingAndASettlementOfAnotherEffectIsRefused(Phase phase) {
        var desk = in(phase);
        desk.now = desk.now.plus(Duration.ofMillis(29_999)); // the tombstone's would be next
        var before = desk.state;
        assertThat(desk.tell(new Tick())).isEqualTo(Reply.DONE);
        assertThat(desk.tell(new Settle("workload/web/APPLYING/99", Outcome.DONE)))
                .isEqualTo(Reply.refused("not_pending"));
        assertThat(desk.state).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theJournalAloneBringsTheStateBack(Phase phase) {
        var desk = in(phase);
        var replayed = desk.agent.initial();
        for (ResourceEvent event : desk.journal) {
            replayed = desk.agent.apply(replayed, event);
        }
        assertThat(replayed).isEqualTo(desk.state);
    }

    @Test
    void nothingIsPendingWithoutAChange() {
        var desk = ResourceDesk.workload(3);
        assertThat(desk.tell(new Settle("workload/web/APPLYING/0", Outcome.DONE)))
                .isEqualTo(Reply.refused("not_pending"));
        assertThat(desk.agent.deadline(desk.state)).isEmpty();
        assertThat(desk.agent.settle("x", Outcome.DONE)).isEqualTo(new Settle("x", Outcome.DONE));
    }

    @Test
    void aHostIsCordonedAndOpenedAgain() {
        var desk = ResourceDesk.host(Condition.ACTIVE).begin(ActionClass.CORDON_HOST, 0, 0);
        desk.assertCall(Phase.APPLYING, 1, new SetSchedulable(false));
        desk.settle(Outcome.DONE);
        desk.observe(1, Condition.CORDONED, 0, 0);
        desk.assertReported(Change.End.VERIFIED, 0, "");
        desk.settle(Outcome.DONE);
        assertThat(desk.state.condition()).isEqualTo(Condition.CORDONED);
        desk.begin("e", desk.action(ActionClass.UNCORDON_HOST, 0, 0));
        desk.assertCall(Phase.APPLYING, 2, new SetSchedulable(true));
    }

    /** The slowest course that there is ends within what the decision was told. */
    @Test
    void neverTakesLongerThanItSaid() {
        var desk = ResourceDesk.vm(Condition.STOPPED).begin(ActionClass.START_VM, 0, 1);
        var until = desk.flight().until();
        desk.tickAtDeadline(); // of the tombstone and the call
        for (int attempt = 1; attempt <= 2 * ResourcePolicy.ATTEMPTS_MAX; attempt++) {
            assertThat(desk.flight().phase()).isEqualTo(Phase.DOUBTING);
            desk.now = desk.flight().deadline().minusNanos(1);
            desk.observe(desk.flight().applied(), Condition.CHANGING, 0, 1);
            assertThat(desk.flight().phase()).isEqualTo(Phase.VERIFYING);
            desk.tickAtDeadline();
            assertThat(desk.flight().phase()).isEqualTo(Phase.COUNTING);
            desk.now = desk.flight().deadline().minusNanos(1);
            desk.observe(desk.flight().applied(), Condition.CHANGING, 0, 1);
            assertThat(desk.now).isBefore(until);
            if (attempt < 2 * ResourcePolicy.ATTEMPTS_MAX) {
                desk.tickAtDeadline();
            }
        }
        desk.assertReported(Change.End.ESCALATED, 1, "post_condition_not_met");
    }

    @Test
    void everyCommandIsHandled() {
        var action = ResourceDesk.workload(3).scale(3, 4);
        List<Command> samples = List.of(
                new Hold("d", action, Priority.P2, T0.plusSeconds(30)),
                new Confirm("d"),
                new End("d", 0, T0.plusSeconds(30)),
                new Execute("d", action, T0.plusSeconds(30)),
                new Reconcile(new Observed("workload/web", 0, Condition.RUNNING, 3, 0)),
                new Settle("id", Outcome.DONE),
                new Tick());
        var known = Stream.of(ReviewCommand.class, OwnerCommand.class, ResourceCommand.class)
                .flatMap(vocabulary -> Stream.of(vocabulary.getPermittedSubclasses()))
                .toArray(Class<?>[]::new);
        assertThat(samples.stream().<Class<?>>map(Object::getClass).toList()).containsExactlyInAnyOrder(known);
        for (Command command : samples) {
            assertThat(ResourceDesk.workload(3).tell(command).code()).isNotEqualTo("unknown_command");
        }
        assertThat(ResourceDesk.workload(3).tell(new Command() {})).isEqualTo(Reply.refused("unknown_command"));
        assertThat(ResourceDesk.workload(3).tell(new Confirm("d")))
                .isEqualTo(Reply.refused("owner_is_told_to_execute"));
    }

    @Test
    void anAnswerThatSaysNothingOfTheResourceIsForAPerson() {
        for (Phase phase : List.of(Phase.DOUBTING, Phase.COUNTING)) {
            var desk = in(phase);
            desk.answer(Answer.NONE);
            desk.assertReported(Change.End.ESCALATED, 3, "describe_failed");
        }
    }

    @Test
    void everyPatienceIsAboveZero() {
        var names = List.of("callPatience", "askPatience", "verifyPatience", "reportPatience");
        for (int i = 0; i < names.size(); i++) {
            for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
                var t = new Duration[] {HOUR, HOUR, HOUR, HOUR};
                t[i] = wrong;
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> new ResourcePolicy(t[0], t[1], t[2], t[3]))
                        .withMessage(names.get(i) + "=" + wrong + ": use a time above zero");
            }
        }
    }

    private static final Duration HOUR = Duration.ofHours(1);
}
