package io.novacron.zeroops.agents.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.fleet.FleetOperation.Await;
import io.novacron.zeroops.agents.fleet.FleetOperation.Describe;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetSchedulable;
import io.novacron.zeroops.agents.fleet.FleetOperation.StartVm;
import io.novacron.zeroops.agents.fleet.FleetOperation.StopVm;
import io.novacron.zeroops.agents.fleet.ResourceState.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a change that did not come to what it should. */
class ResourceFailureTest {
    private static final Outcome UNKNOWN = new Outcome.Unknown("timeout");

    private static ResourceDesk growing() {
        return ResourceDesk.workload(3).begin(ActionClass.SCALE_OUT, 3, 50);
    }

    private static void notMet(ResourceDesk desk, long applied, Condition condition, int instances, int booting) {
        desk.settle(Outcome.DONE);
        desk.refuse("cannot_be_met");
        assertThat(desk.flight().phase()).isEqualTo(Phase.COUNTING);
        desk.observe(applied, condition, instances, booting);
    }

    @Test
    void fortySevenOfFiftyAreToppedUp() {
        var desk = growing();
        notMet(desk, 1, Condition.RUNNING, 47, 0);
        desk.assertCall(Phase.APPLYING, 3, new SetInstances(50));
        assertThat(desk.flight().first()).isEqualTo(1);
        desk.settle(Outcome.DONE);
        desk.assertCall(Phase.VERIFYING, 3, new Await(Condition.RUNNING, 50));
        desk.observe(3, Condition.RUNNING, 50, 0);
        desk.assertReported(Change.End.VERIFIED, 50, "");
    }

    @Test
    void whatCouldNotBeToppedUpIsKeptAndCountedWithWhatBoots() {
        var desk = growing();
        notMet(desk, 1, Condition.RUNNING, 47, 0);
        notMet(desk, 3, Condition.RUNNING, 47, 2);
        desk.assertReported(Change.End.PARTIAL, 49, "post_condition_not_met");
        assertThat(desk.state.instances()).isEqualTo(49);
    }

    @Test
    void whatCameInTheEndIsVerifiedByTheCount() {
        var desk = growing();
        notMet(desk, 1, Condition.RUNNING, 50, 0);
        desk.assertReported(Change.End.VERIFIED, 50, "");
    }

    @Test
    void instancesThatStillBootAreNotThereYet() {
        var desk = growing();
        notMet(desk, 1, Condition.RUNNING, 50, 1);
        assertThat(desk.flight().phase()).isEqualTo(Phase.APPLYING);
        assertThat(desk.flight().attempt()).isEqualTo(2);
    }

    @Test
    void aGrowthThatLeftNothingBehindHadNoEffect() {
        var desk = growing();
        notMet(desk, 1, Condition.RUNNING, 3, 0);
        notMet(desk, 3, Condition.RUNNING, 3, 0);
        desk.assertReported(Change.End.NO_EFFECT, 3, "post_condition_not_met");
    }

    @Test
    void aVerificationThatTakesTooLongIsCounted() {
        var desk = growing();
        desk.settle(Outcome.DONE);
        desk.tickAtDeadline(); // the tombstone's
        desk.tickAtDeadline();
        desk.assertCall(Phase.COUNTING, 2, new Describe());
        assertThat(desk.flight().deadline()).isEqualTo(desk.now.plus(ResourceDesk.POLICY.askPatience()));
    }

    /** Also {@code fenced}: an older call cannot have acted, since it is this one that was refused. */
    @ParameterizedTest
    @ValueSource(strings = {"no_quota", "fenced"})
    void theFirstCallRefusedForGoodHadNoEffect(String code) {
        var desk = growing();
        desk.refuse(code);
        desk.assertReported(Change.End.NO_EFFECT, 3, code);
        assertThat(desk.state.condition()).isEqualTo(Condition.RUNNING);
    }

    @Test
    void theSecondCallRefusedIsCountedSinceTheFirstMayHaveDoneSome() {
        var desk = growing();
        notMet(desk, 1, Condition.RUNNING, 20, 0);
        desk.refuse("no_quota");
        desk.assertCall(Phase.COUNTING, 4, new Describe());
        desk.observe(1, Condition.RUNNING, 20, 0);
        desk.assertReported(Change.End.PARTIAL, 20, "post_condition_not_met");
    }

    @Test
    void whatAnUnknownSecondAttemptReachedIsCounted() {
        var desk = growing();
        notMet(desk, 1, Condition.RUNNING, 20, 0);
        desk.settle(UNKNOWN);
        desk.observe(1, Condition.RUNNING, 20, 0); // the second did not take, the first did
        desk.assertReported(Change.End.PARTIAL, 20, "post_condition_not_met");
    }

    @Test
    void aStartThatFailsTwiceIsUndoneAndTheUndoneIsVerified() {
        var desk = ResourceDesk.vm(Condition.STOPPED).begin(ActionClass.START_VM, 0, 1);
        desk.assertCall(Phase.APPLYING, 1, new StartVm());
        notMet(desk, 1, Condition.FAILED, 0, 0);
        desk.assertCall(Phase.APPLYING, 3, new StartVm());
        notMet(desk, 3, Condition.FAILED, 0, 0);
        desk.assertCall(Phase.APPLYING, 5, new StopVm());
        assertThat(desk.flight().undoing()).isTrue();
        assertThat(desk.flight().attempt()).isEqualTo(1);
        assertThat(desk.flight().first()).isEqualTo(5); // what the start did does not count for the way back
        desk.settle(Outcome.DONE);
        desk.assertCall(Phase.VERIFYING, 5, new Await(Condition.STOPPED, 0));
        desk.observe(5, Condition.STOPPED, 0, 0);
        desk.assertReported(Change.End.UNDONE, 0, "post_condition_not_met");
        assertThat(desk.state.condition()).isEqualTo(Condition.STOPPED);
    }

    private static ResourceDesk undoing() {
        var desk = ResourceDesk.host(Condition.ACTIVE).begin(ActionClass.CORDON_HOST, 0, 0);
        notMet(desk, 1, Condition.CHANGING, 0, 0);
        notMet(desk, 3, Condition.CHANGING, 0, 0);
        desk.assertCall(Phase.APPLYING, 5, new SetSchedulable(true));
        return desk;
    }

    @Test
    void anUndoIsTriedTwiceThenAPersonIsCalled() {
        var desk = undoing();
        notMet(desk, 5, Condition.CHANGING, 0, 0);
        desk.assertCall(Phase.APPLYING, 7, new SetSchedulable(true));
        assertThat(desk.flight().undoing()).isTrue();
        assertThat(desk.flight().first()).isEqualTo(5);
        notMet(desk, 7, Condition.CHANGING, 0, 0);
        desk.assertReported(Change.End.ESCALATED, 0, "post_condition_not_met");
        assertThat(desk.state.condition()).isEqualTo(Condition.CHANGING);
    }

    @Test
    void anUndoWhoseSecondAttemptHelpsIsUndone() {
        var desk = undoing();
        notMet(desk, 5, Condition.CHANGING, 0, 0);
        notMet(desk, 7, Condition.ACTIVE, 0, 0);
        desk.assertReported(Change.End.UNDONE, 0, "post_condition_not_met");
    }

    @Test
    void anUndoThatTookNoEffectIsNotVerifiedByWhatItLooksLike() {
        var desk = undoing();
        desk.settle(UNKNOWN);
        desk.observe(3, Condition.ACTIVE, 0, 0);
        desk.assertCall(Phase.APPLYING, 7, new SetSchedulable(true));
        desk.settle(UNKNOWN);
        desk.observe(3, Condition.ACTIVE, 0, 0);
        desk.assertReported(Change.End.ESCALATED, 0, "post_condition_not_met");
    }

    @Test
    void anUndoThatIsRefusedIsForAPerson() {
        var desk = undoing();
        desk.refuse("no_such_host");
        desk.assertReported(Change.End.ESCALATED, 0, "undo_refused:no_such_host");
    }

    @Test
    void anUndoThatIsDoubtedGoesOnWhenItTook() {
        var desk = undoing();
        desk.settle(UNKNOWN);
        desk.assertCall(Phase.DOUBTING, 6, new Describe());
        desk.observe(5, Condition.ACTIVE, 0, 0);
        desk.assertReported(Change.End.UNDONE, 0, "post_condition_not_met");
    }

    @Test
    void nothingIsUndoneThatNeverTookEffect() {
        var desk = ResourceDesk.vm(Condition.RUNNING).begin(ActionClass.STOP_VM, 1, 0);
        desk.settle(UNKNOWN);
        desk.observe(0, Condition.RUNNING, 1, 0);
        desk.settle(UNKNOWN);
        desk.observe(0, Condition.RUNNING, 1, 0);
        desk.assertReported(Change.End.NO_EFFECT, 1, "post_condition_not_met");
    }

    @Test
    void whatCannotBeUndoneIsForAPerson() {
        var desk = ResourceDesk.vm(Condition.STOPPED).begin(ActionClass.DELETE_VM, 0, 0);
        notMet(desk, 1, Condition.CHANGING, 0, 0);
        notMet(desk, 3, Condition.CHANGING, 0, 0);
        desk.assertReported(Change.End.ESCALATED, 0, "post_condition_not_met");
    }

    @Test
    void aDeletedVmIsGone() {
        var desk = ResourceDesk.vm(Condition.STOPPED).begin(ActionClass.DELETE_VM, 0, 0);
        desk.settle(Outcome.DONE);
        desk.observe(1, Condition.ABSENT, 0, 0);
        desk.assertReported(Change.End.VERIFIED, 0, "");
        assertThat(desk.state.condition()).isEqualTo(Condition.ABSENT);
    }

    @Test
    void aDoubtThatNobodyAnswersIsForAPerson() {
        var desk = growing();
        desk.settle(UNKNOWN);
        desk.tickAtDeadline(); // the tombstone's
        desk.tickAtDeadline();
        desk.assertReported(Change.End.ESCALATED, 3, "outcome_unknown");
    }

    @Test
    void aCountThatNobodyAnswersIsForAPerson() {
        var desk = growing();
        desk.settle(Outcome.DONE);
        desk.refuse("cannot_be_met");
        desk.tickAtDeadline(); // the tombstone's
        desk.tickAtDeadline();
        desk.assertReported(Change.End.ESCALATED, 3, "outcome_unknown");
    }

    @Test
    void aQuestionThatIsRefusedIsForAPerson() {
        var desk = growing();
        desk.settle(UNKNOWN);
        desk.refuse("fenced");
        desk.assertReported(Change.End.ESCALATED, 3, "describe_failed");
    }
}
