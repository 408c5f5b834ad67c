package io.novacron.zeroops.agents.decision;

import static io.novacron.zeroops.agents.decision.DecisionDesk.ID;
import static io.novacron.zeroops.agents.decision.DecisionDesk.T0;
import static io.novacron.zeroops.agents.decision.DecisionDesk.proposal;
import static io.novacron.zeroops.agents.decision.DecisionDesk.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.DecisionCommand.Approve;
import io.novacron.zeroops.agents.decision.DecisionCommand.Decline;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionEvent.ApprovalGiven;
import io.novacron.zeroops.agents.decision.DecisionEvent.RequestDelivered;
import io.novacron.zeroops.agents.decision.DecisionEvent.ReviewStarted;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import io.novacron.zeroops.agents.decision.OversightCommand.RecordIntervention;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What people are asked, and what their answers do. */
class DecisionApprovalTest {
    private static final Proposal GROW = proposal(scale(4, 10), 6);
    private static final String HASH = GROW.hash();

    private static DecisionDesk asking(boolean twoPeople) {
        var desk = new DecisionDesk(DecisionDesk.policy(twoPeople, true));
        desk.tell(new Open(GROW));
        assertThat(desk.state.phase()).isEqualTo(Phase.APPROVING);
        return desk;
    }

    @Test
    void theRequestSaysWhatIsWantedAndGoesToTheApprovers() {
        var desk = asking(true);
        assertThat(desk.only())
                .isEqualTo(new Effect.Notify(
                        ID + "/approve",
                        "approvers",
                        ID + ": SCALE_OUT workload/web from 4 to 10 needs 2 approval(s) of proposal " + HASH));
    }

    @Test
    void theRequestIsDeliveredOnceAndPeopleKeepTheirTime() {
        var desk = asking(true);
        var deadline = desk.state.deadline();
        desk.settle(Outcome.DONE);
        assertThat(desk.journal).endsWith(new RequestDelivered(T0, true));
        assertThat(desk.pending()).isEmpty();
        assertThat(desk.state.deadline()).isEqualTo(deadline);
        assertThat(desk.state.people().approvers()).isEmpty();
    }

    @Test
    void aRequestThatCannotBeDeliveredIsNoReasonNotToWait() {
        var desk = asking(false);
        desk.settle(new Outcome.Failed("no_such_receiver", false));
        assertThat(desk.journal).endsWith(new RequestDelivered(T0, false));
        assertThat(desk.tell(new Approve("ann", HASH))).isEqualTo(Reply.DONE);
        assertThat(desk.state.phase()).isEqualTo(Phase.REVIEWING);
    }

    @Test
    void theFirstOfTwoIsNotEnoughAndCountsOnce() {
        var desk = asking(true);
        desk.pass(Duration.ofDays(1));
        assertThat(desk.tell(new Approve("ann", HASH))).isEqualTo(Reply.DONE);
        assertThat(desk.tell(new Approve("ann", HASH))).isEqualTo(Reply.DONE);
        assertThat(desk.state.phase()).isEqualTo(Phase.APPROVING);
        assertThat(desk.state.people().approvers()).containsExactly("ann");
        assertThat(desk.ids()).containsExactly(ID + "/approve"); // still not delivered
        desk.pass(Duration.ofDays(1));
        assertThat(desk.tell(new Approve("bob", HASH))).isEqualTo(Reply.DONE);
        assertThat(desk.journal)
                .endsWith(
                        new ApprovalGiven(desk.now, "bob"),
                        new ReviewStarted(desk.now, desk.now.plusSeconds(30), desk.now.plusSeconds(90)));
        assertThat(desk.ids()).containsExactly(ID + "/hold/GOVERNOR");
        assertThat(desk.state.deadline()).contains(desk.now.plusSeconds(30));
    }

    @Test
    void anApprovalAfterDeliveryDoesNotAskAgain() {
        var desk = asking(true);
        desk.settle(Outcome.DONE);
        desk.tell(new Approve("ann", HASH));
        assertThat(desk.pending()).isEmpty();
    }

    @Test
    void onlyANamedPersonAndThisProposalCount() {
        var desk = asking(false);
        var before = desk.state;
        var other = Reply.refused("hash_of_another_proposal");
        assertThat(desk.tell(new Approve("ann", proposal(scale(4, 11), 6).hash())))
                .isEqualTo(other);
        assertThat(desk.tell(new Decline("ann", ""))).isEqualTo(other);
        assertThat(desk.tell(new Approve(" ", HASH))).isEqualTo(Reply.refused("person_missing"));
        assertThat(desk.tell(new Decline("", HASH))).isEqualTo(Reply.refused("person_missing"));
        assertThat(desk.state).isEqualTo(before);
    }

    @Test
    void onePersonDeclinesAndTheProposerAndTheLedgerAreTold() {
        var desk = asking(true);
        desk.tell(new Approve("ann", HASH));
        assertThat(desk.tell(new Decline("ann", HASH))).isEqualTo(Reply.DONE); // whoever agreed may think again
        assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.DECLINED);
        assertThat(desk.conclusion().interventions()).containsExactly(Intervention.DECLINED);
        assertThat(desk.ids()).containsExactlyInAnyOrder(ID + "/tell", ID + "/ledger/DECLINED");
        assertThat(desk.sent(ID + "/tell"))
                .isEqualTo(new ProposerCommand.DecisionEnded(
                        ID,
                        Verdict.DECLINED,
                        "declined_by_person",
                        new Change.Ended(Change.End.NO_EFFECT, 4, "declined_by_person")));
        assertThat(desk.send(ID + "/ledger/DECLINED").to()).isEqualTo("ops/main");
        assertThat(desk.sent(ID + "/ledger/DECLINED")).isEqualTo(new RecordIntervention(ID, Intervention.DECLINED));
    }

    @Test
    void nobodyAnsweringIsAnEndAndNobodysIntervention() {
        var desk = asking(false);
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(T0.plus(Duration.ofDays(7)));
        assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.EXPIRED);
        assertThat(desk.conclusion().constraint()).isEqualTo("nobody_answered");
        assertThat(desk.conclusion().interventions()).isEmpty();
        assertThat(desk.ids()).containsExactly(ID + "/tell"); // nothing was held, so nothing is given back
    }

    /** People may have days, but not on facts that are worth nothing by then. */
    @Test
    void peopleAreAskedNoLongerThanTheFactsHold() {
        var desk = new DecisionDesk();
        var proposal = DecisionDesk.proposal(DecisionDesk.scale(4, 10), 6, 0.1, T0.plusSeconds(600));
        desk.tell(new DecisionCommand.Open(proposal));
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(T0.plusSeconds(600));
        assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void oneOfTwoIsCountedInTheLedgerEvenIfTheOtherNeverCame() {
        var desk = asking(true);
        desk.tell(new Approve("ann", HASH));
        desk.tickAtDeadline();
        assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.EXPIRED);
        assertThat(desk.conclusion().interventions()).containsExactly(Intervention.APPROVED);
        assertThat(desk.sent(ID + "/ledger/APPROVED")).isEqualTo(new RecordIntervention(ID, Intervention.APPROVED));
    }
}
