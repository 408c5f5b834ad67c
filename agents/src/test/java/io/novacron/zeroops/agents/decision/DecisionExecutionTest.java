package io.novacron.zeroops.agents.decision;

import static io.novacron.zeroops.agents.decision.DecisionDesk.ID;
import static io.novacron.zeroops.agents.decision.DecisionDesk.POLICY;
import static io.novacron.zeroops.agents.decision.DecisionDesk.T0;
import static io.novacron.zeroops.agents.decision.DecisionDesk.proposal;
import static io.novacron.zeroops.agents.decision.DecisionDesk.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.DecisionCommand.ReportChange;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The owner is told to execute, and is asked what became of it. */
class DecisionExecutionTest {
    private static final Proposal GROW = proposal(scale(4, 10), 6);
    private static final Change.Ended VERIFIED = new Change.Ended(Change.End.VERIFIED, 10, "");

    @Test
    void whatHasBegunIsWaitedForAndNothingIsPendingMeanwhile() {
        var desk = DecisionDesk.executing(GROW);
        Instant until = T0.plusSeconds(400);
        desk.answer(new Change.Running(until));
        assertThat(desk.state.phase()).isEqualTo(Phase.RUNNING);
        assertThat(desk.state.deadline()).contains(until.plus(POLICY.answerGrace()));
        desk.tell(new ReportChange(ID, VERIFIED));
        assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.APPROVED);
        assertThat(desk.conclusion().change()).isEqualTo(VERIFIED);
        assertThat(desk.conclusion().achieved()).isEqualTo(6);
    }

    @Test
    void whatEndedAtOnceIsConcludedAtOnce() {
        var desk = DecisionDesk.executing(GROW);
        desk.answer(VERIFIED);
        assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.APPROVED);
        assertThat(desk.conclusion().constraint()).isEmpty();
        assertThat(desk.conclusion().achieved()).isEqualTo(6);
    }

    @Test
    void aReportMayOvertakeTheAnswer() {
        var desk = DecisionDesk.executing(GROW);
        assertThat(desk.tell(new ReportChange(ID, VERIFIED))).isEqualTo(Reply.DONE);
        assertThat(desk.state.phase()).isEqualTo(Phase.CLOSING);
        assertThat(desk.settle(ID + "/execute/0", new Outcome.Succeeded(new Change.Running(T0))))
                .isEqualTo(Reply.refused("not_pending"));
        assertThat(desk.state.phase()).isEqualTo(Phase.CLOSING);
    }

    @Test
    void aRepeatedReportCountsOnceAndALateOneChangesNothing() {
        var desk = DecisionDesk.running(GROW);
        desk.tell(new ReportChange(ID, VERIFIED));
        var before = desk.state;
        assertThat(desk.tell(new ReportChange(ID, new Change.Ended(Change.End.UNDONE, 4, ""))))
                .isEqualTo(Reply.DONE);
        assertThat(desk.state).isEqualTo(before);
    }

    @Test
    void aReportAboutAnotherDecisionIsRefused() {
        var desk = DecisionDesk.running(GROW);
        assertThat(desk.tell(new ReportChange("scaler/web/16", VERIFIED)))
                .isEqualTo(Reply.refused("report_of_another_decision"));
        assertThat(desk.state.phase()).isEqualTo(Phase.RUNNING);
    }

    /** A decision that was down for so long may be asking about a change that its owner has done, reported and forgotten. */
    @Test
    void aRefusalThatComesTooLateProvesNothingAndTheMoneyStays() {
        var desk = DecisionDesk.executing(GROW);
        desk.now = desk.state.holdsUntil().plus(DecisionAgent.OWNER_REMEMBERS);
        var inTime = DecisionDesk.executing(GROW);
        inTime.now = desk.now;
        inTime.settle(new Outcome.Failed("not_held", false));
        assertThat(inTime.conclusion().change().end()).isEqualTo(Change.End.NO_EFFECT);
        desk.now = desk.now.plusMillis(1);
        desk.settle(new Outcome.Failed("not_held", false));
        assertThat(desk.conclusion().change()).isEqualTo(new Change.Ended(Change.End.ESCALATED, 4, "outcome_unknown"));
        assertThat(desk.conclusion().achieved()).isEqualTo(6);
    }

    @Test
    void anOwnerThatRefusesNeverBegan() {
        var desk = DecisionDesk.executing(GROW);
        desk.settle(new Outcome.Failed("not_held", false));
        assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.APPROVED);
        assertThat(desk.conclusion().constraint()).isEqualTo("not_held");
        assertThat(desk.conclusion().change()).isEqualTo(new Change.Ended(Change.End.NO_EFFECT, 4, "not_held"));
        assertThat(desk.conclusion().achieved()).isZero();
    }

    @Test
    void anAnswerThatSaysNothingOfAChangeIsNoChange() {
        var desk = DecisionDesk.executing(GROW);
        desk.settle(Outcome.DONE);
        assertThat(desk.conclusion().change()).isEqualTo(new Change.Ended(Change.End.NO_EFFECT, 4, "no_change"));
    }

    @Test
    void aSilentOwnerIsAskedTwiceMoreAndThenAPersonIs() {
        var desk = DecisionDesk.executing(GROW);
        assertThat(desk.ids()).containsExactly(ID + "/execute/0");
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(T0.plusSeconds(90));
        for (int ask = 1; ask <= DecisionAgent.ASKS_MAX; ask++) {
            assertThat(desk.ids()).containsExactly(ID + "/execute/" + ask);
            assertThat(desk.sent(ID + "/execute/" + ask)) // it may not begin any more: it is only asked
                    .isEqualTo(new OwnerCommand.Execute(ID, scale(4, 10), T0.plusSeconds(30)));
            assertThat(desk.state.deadline()).contains(desk.now.plus(POLICY.askPatience()));
            desk.tickAtDeadline();
        }
        assertThat(desk.conclusion().change()).isEqualTo(new Change.Ended(Change.End.ESCALATED, 4, "outcome_unknown"));
        assertThat(desk.conclusion().achieved()).isEqualTo(6); // may be there: the money stays
        assertThat(desk.conclusion().interventions()).containsExactly(Intervention.ESCALATED);
        assertThat(desk.ids()).contains(ID + "/page", ID + "/ledger/ESCALATED");
    }

    @Test
    void anOwnerThatWasAskedMayStillSayThatItRuns() {
        var desk = DecisionDesk.executing(GROW);
        desk.tickAtDeadline();
        desk.answer(new Change.Running(desk.now.plusSeconds(10)));
        assertThat(desk.state.phase()).isEqualTo(Phase.RUNNING);
        desk.tickAtDeadline();
        assertThat(desk.ids()).containsExactly(ID + "/execute/2");
        desk.answer(new Change.Ended(Change.End.PARTIAL, 9, "post_condition_not_met"));
        assertThat(desk.conclusion().achieved()).isEqualTo(5);
        assertThat(desk.conclusion().constraint()).isEqualTo("post_condition_not_met");
    }

    @Test
    void anOwnerThatSaidNothingAfterItsTimeIsAsked() {
        var desk = DecisionDesk.running(GROW);
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(T0.plusSeconds(300).plus(POLICY.answerGrace()));
        assertThat(desk.state.phase()).isEqualTo(Phase.EXECUTING);
        assertThat(desk.ids()).containsExactly(ID + "/execute/1");
        assertThat(desk.state.deadline()).contains(desk.now.plus(POLICY.askPatience()));
    }

    /** Else the two of them would talk, and journal, as fast as the network carries it. */
    @Test
    void anOwnerThatIsBehindItsOwnTimeIsNotAskedAgainAtOnce() {
        var desk = DecisionDesk.running(GROW);
        desk.tickAtDeadline();
        desk.pass(Duration.ofMinutes(5));
        desk.answer(new Change.Running(T0.plusSeconds(300))); // long past: its node was down
        assertThat(desk.state.phase()).isEqualTo(Phase.RUNNING);
        assertThat(desk.state.deadline()).contains(desk.now.plus(POLICY.answerGrace()));
    }
}
