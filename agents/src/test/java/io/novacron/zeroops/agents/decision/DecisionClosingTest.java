package io.novacron.zeroops.agents.decision;

import static io.novacron.zeroops.agents.decision.DecisionDesk.ID;
import static io.novacron.zeroops.agents.decision.DecisionDesk.POLICY;
import static io.novacron.zeroops.agents.decision.DecisionDesk.T0;
import static io.novacron.zeroops.agents.decision.DecisionDesk.proposal;
import static io.novacron.zeroops.agents.decision.DecisionDesk.scale;
import static io.novacron.zeroops.agents.decision.Reviewer.BUDGET;
import static io.novacron.zeroops.agents.decision.Reviewer.CALENDAR;
import static io.novacron.zeroops.agents.decision.Reviewer.GOVERNOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.DecisionCommand.Approve;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.ReportChange;
import io.novacron.zeroops.agents.decision.DecisionEvent.ClosingAbandoned;
import io.novacron.zeroops.agents.decision.DecisionEvent.ClosingProlonged;
import io.novacron.zeroops.agents.decision.DecisionEvent.Delivered;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import io.novacron.zeroops.agents.decision.OversightCommand.RecordIntervention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a verdict sets off, and how long it is tried. */
class DecisionClosingTest {
    private static final Proposal GROW = proposal(scale(4, 10), 6);
    private static final Change.Ended VERIFIED = new Change.Ended(Change.End.VERIFIED, 10, "");

    private static DecisionDesk closing(Proposal proposal, Change.Ended change) {
        var desk = DecisionDesk.running(proposal);
        desk.tell(new ReportChange(ID, change));
        assertThat(desk.state.phase()).isEqualTo(Phase.CLOSING);
        return desk;
    }

    @ParameterizedTest
    @CsvSource({
        // a growth by 6, from 4 to 10
        "4, 10, VERIFIED,  10, 6",
        "4, 10, PARTIAL,    9, 5",
        "4, 10, PARTIAL,   12, 6",
        "4, 10, PARTIAL,    3, 0",
        "4, 10, UNDONE,     4, 0",
        "4, 10, NO_EFFECT,  4, 0",
        "4, 10, NO_EFFECT,  9, 0",
        "4, 10, ESCALATED,  4, 6",
        // a shrinkage by 6, from 10 to 4: where nobody knows, nothing was given up
        "10, 4, VERIFIED,   4, 6",
        "10, 4, PARTIAL,    5, 5",
        "10, 4, PARTIAL,    2, 6",
        "10, 4, PARTIAL,   11, 0",
        "10, 4, UNDONE,    10, 0",
        "10, 4, NO_EFFECT, 10, 0",
        "10, 4, ESCALATED,  4, 0",
    })
    void everyReviewerIsToldHowManyInstancesCountForIt(int from, int to, Change.End end, int level, int achieved) {
        var desk = closing(proposal(scale(from, to), to), new Change.Ended(end, level, "why"));
        assertThat(desk.conclusion().achieved()).isEqualTo(achieved);
        var told = new ReviewCommand.End(ID, achieved, T0.plusSeconds(30));
        assertThat(desk.end(GOVERNOR)).isEqualTo(told);
        assertThat(desk.end(BUDGET)).isEqualTo(told);
        assertThat(desk.send(ID + "/end/GOVERNOR").to()).isEqualTo("governor/main");
        assertThat(desk.ids().contains(ID + "/end/CALENDAR")).isEqualTo(to < from); // it was not asked about growth
        assertThat(desk.ids().contains(ID + "/end/OWNER")).isEqualTo(end == Change.End.NO_EFFECT);
    }

    @Test
    void achievedIsMeasuredAgainstWhatWasLeftOfTheProposal() {
        var desk = DecisionDesk.reviewing(GROW);
        desk.answer(new Vote.Counter(7, "max_scale_up_percent", ""));
        desk.answer(Vote.ACCEPT);
        desk.answer(Vote.ACCEPT);
        desk.settleAll(Outcome.DONE);
        desk.answer(new Change.Ended(Change.End.VERIFIED, 7, ""));
        assertThat(desk.end(BUDGET).achieved()).isEqualTo(3);
    }

    @Test
    void theProposerIsToldAllAndPeopleNothingIfItWentWell() {
        var desk = closing(GROW, VERIFIED);
        assertThat(desk.ids()).containsExactlyInAnyOrder(ID + "/end/GOVERNOR", ID + "/end/BUDGET", ID + "/tell");
        assertThat(desk.send(ID + "/tell"))
                .isEqualTo(new Effect.Send(
                        ID + "/tell",
                        "scaler/web",
                        new ProposerCommand.DecisionEnded(ID, Verdict.APPROVED, "", VERIFIED)));
    }

    @Test
    void peopleArePagedIfItWasEscalatedAndTheLedgerIsKept() {
        var desk = closing(GROW, new Change.Ended(Change.End.ESCALATED, 4, "describe_failed"));
        assertThat(desk.pending())
                .contains(
                        new Effect.Notify(ID + "/page", "on-call", ID + ": SCALE_OUT of workload/web: describe_failed"),
                        new Effect.Send(
                                ID + "/ledger/ESCALATED",
                                "ops/main",
                                new RecordIntervention(ID, Intervention.ESCALATED)));
        assertThat(desk.pending()).hasSize(5); // two ends, the ledger, the proposer, the page
    }

    @Test
    void bothHandsOfPeopleAreOnTheLedger() {
        var desk = new DecisionDesk(DecisionDesk.policy(false, true));
        desk.tell(new Open(GROW));
        desk.tell(new Approve("ann", GROW.hash()));
        GROW.action().kind().reviewers().forEach(r -> desk.answer(Vote.ACCEPT));
        desk.settleAll(Outcome.DONE);
        desk.answer(new Change.Ended(Change.End.ESCALATED, 4, "outcome_unknown"));
        assertThat(desk.conclusion().interventions()).containsExactly(Intervention.APPROVED, Intervention.ESCALATED);
        assertThat(desk.sent(ID + "/ledger/APPROVED")).isEqualTo(new RecordIntervention(ID, Intervention.APPROVED));
    }

    @Test
    void aLapsedPromiseOfAnyKindIsGivenBackByAll() {
        var desk = DecisionDesk.confirming(proposal(scale(10, 4), 8));
        desk.settle(ID + "/confirm/GOVERNOR", new Outcome.Failed("not_held", false));
        assertThat(desk.end(CALENDAR)).isEqualTo(new ReviewCommand.End(ID, 0, T0.plusSeconds(30)));
    }

    @Test
    void endsWhenTheLastIsAcknowledgedOrRefusedForGood() {
        var desk = closing(GROW, VERIFIED);
        desk.settle(ID + "/end/BUDGET", Outcome.DONE);
        assertThat(desk.journal).endsWith(new Delivered(T0, ID + "/end/BUDGET", true));
        assertThat(desk.settle(ID + "/end/BUDGET", Outcome.DONE)).isEqualTo(Reply.refused("not_pending"));
        desk.settle(ID + "/tell", new Outcome.Failed("no_such_receiver", false));
        assertThat(desk.journal).endsWith(new Delivered(T0, ID + "/tell", false));
        assertThat(desk.state.phase()).isEqualTo(Phase.CLOSING);
        assertThat(desk.state.deadline()).contains(T0.plus(POLICY.closingPatience()));
        desk.settle(ID + "/end/GOVERNOR", Outcome.DONE);
        assertThat(desk.state.phase()).isEqualTo(Phase.ENDED);
        assertThat(desk.state.deadline()).isEmpty();
    }

    @Test
    void closingIsTriedOnForTwiceAsLongEachTimeThenGivenUpWithAListOfWhatIsOwed() {
        var desk = closing(GROW, VERIFIED);
        Duration wait = POLICY.closingPatience();
        Instant expected = T0.plus(wait);
        desk.settle(ID + "/tell", Outcome.DONE);
        for (int i = 1; i <= DecisionAgent.PROLONGATIONS_MAX; i++) {
            assertThat(desk.state.deadline()).contains(expected);
            desk.tickAtDeadline();
            wait = wait.multipliedBy(2);
            expected = expected.plus(wait);
            assertThat(desk.journal).endsWith(new ClosingProlonged(desk.now, expected));
            assertThat(desk.ids()).containsExactlyInAnyOrder(ID + "/end/GOVERNOR", ID + "/end/BUDGET");
        }
        desk.settle(ID + "/end/GOVERNOR", Outcome.DONE);
        assertThat(desk.state.deadline()).contains(expected); // an acknowledgement does not begin the waiting anew
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(T0.plus(POLICY.closingPatience().multipliedBy(511)));
        assertThat(desk.journal).endsWith(new ClosingAbandoned(desk.now, List.of(ID + "/end/BUDGET")));
        assertThat(desk.state.phase()).isEqualTo(Phase.ENDED);
        assertThat(desk.state.owed()).isEmpty();
        assertThat(desk.pending()).isEmpty();
        assertThat(desk.state.conclusion().orElseThrow().change()).isEqualTo(VERIFIED);
    }

    @Test
    void theAddressesAreThoseOfThePolicy() {
        var routes = new DecisionPolicy.Routes("c", "g", "b", "o", "people", "pager");
        var policy = new DecisionPolicy(
                0.5,
                POLICY.requireApprovalAbove(),
                false,
                true,
                POLICY.approvalPatience(),
                POLICY.reviewPatience(),
                POLICY.answerGrace(),
                POLICY.askPatience(),
                POLICY.closingPatience(),
                routes);
        var shrink = proposal(scale(10, 4), 8);
        var desk = new DecisionDesk(policy);
        desk.tell(new Open(shrink));
        assertThat(((Effect.Notify) desk.only()).receiver()).isEqualTo("people");
        desk.tell(new Approve("ann", shrink.hash()));
        for (String address : List.of("c", "g", "b", "workload/web")) {
            assertThat(((Effect.Send) desk.only()).to()).isEqualTo(address);
            desk.answer(Vote.ACCEPT);
        }
        desk.settleAll(Outcome.DONE);
        desk.answer(new Change.Ended(Change.End.ESCALATED, 4, "x"));
        assertThat(desk.pending().stream().map(DecisionClosingTest::receiver))
                .containsExactly("c", "g", "b", "o", "o", "scaler/web", "pager");
    }

    private static String receiver(Effect effect) {
        return effect instanceof Effect.Send send ? send.to() : ((Effect.Notify) effect).receiver();
    }
}
