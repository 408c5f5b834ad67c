package io.novacron.zeroops.agents.decision;

import static io.novacron.zeroops.agents.decision.DecisionDesk.ID;
import static io.novacron.zeroops.agents.decision.DecisionDesk.POLICY;
import static io.novacron.zeroops.agents.decision.DecisionDesk.T0;
import static io.novacron.zeroops.agents.decision.DecisionDesk.action;
import static io.novacron.zeroops.agents.decision.DecisionDesk.proposal;
import static io.novacron.zeroops.agents.decision.DecisionDesk.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Deadline;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.DecisionCommand.Approve;
import io.novacron.zeroops.agents.decision.DecisionCommand.Decline;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.DecisionCommand.ReportChange;
import io.novacron.zeroops.agents.decision.DecisionCommand.Settle;
import io.novacron.zeroops.agents.decision.DecisionCommand.Tick;
import io.novacron.zeroops.agents.decision.DecisionEvent.ApprovalRequested;
import io.novacron.zeroops.agents.decision.DecisionEvent.Opened;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a decision begins, and what each phase says to each command; the phases have their own tests. */
class DecisionAgentTest {
    private static final Proposal GROW = proposal(scale(4, 10), 6);
    private static final Change.Ended VERIFIED = new Change.Ended(Change.End.VERIFIED, 10, "");

    private static DecisionDesk in(Phase phase) {
        return switch (phase) {
            case NEW -> new DecisionDesk();
            case APPROVING -> {
                var desk = new DecisionDesk(DecisionDesk.policy(false, true));
                desk.tell(new Open(GROW));
                yield desk;
            }
            case REVIEWING -> DecisionDesk.reviewing(GROW);
            case CONFIRMING -> DecisionDesk.confirming(GROW);
            case EXECUTING -> DecisionDesk.executing(GROW);
            case RUNNING -> DecisionDesk.running(GROW);
            case CLOSING -> closing();
            case ENDED -> {
                var desk = closing();
                desk.settleAll(Outcome.DONE);
                yield desk;
            }
        };
    }

    private static DecisionDesk closing() {
        var desk = DecisionDesk.running(GROW);
        desk.tell(new ReportChange(ID, VERIFIED));
        return desk;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            NEW        | REVIEWING  | not_awaiting_approval | NEW       | NEW      | not_executing | NEW        | NEW
            APPROVING  | APPROVING  | ''                    | REVIEWING | CLOSING  | not_executing | APPROVING  | CLOSING
            REVIEWING  | REVIEWING  | not_awaiting_approval | REVIEWING | REVIEWING| not_executing | REVIEWING  | CLOSING
            CONFIRMING | CONFIRMING | not_awaiting_approval | CONFIRMING| CONFIRMING| not_executing | CONFIRMING| CLOSING
            EXECUTING  | EXECUTING  | not_awaiting_approval | EXECUTING | EXECUTING| ''            | CLOSING    | EXECUTING
            RUNNING    | RUNNING    | not_awaiting_approval | RUNNING   | RUNNING  | ''            | CLOSING    | EXECUTING
            CLOSING    | CLOSING    | not_awaiting_approval | CLOSING   | CLOSING  | ''            | CLOSING    | CLOSING
            ENDED      | ENDED      | not_awaiting_approval | ENDED     | ENDED    | ''            | ENDED      | ENDED
            """)
    void eachPhaseSaysToEachCommandWhatTheDiagramSays(
            Phase phase,
            Phase onOpen,
            String toPerson,
            Phase onApprove,
            Phase onDecline,
            String toReport,
            Phase onReport,
            Phase onDeadline) {
        assertStep(phase, new Open(GROW), "", onOpen);
        assertStep(phase, new Approve("ann", GROW.hash()), toPerson, onApprove);
        assertStep(phase, new Decline("ann", GROW.hash()), toPerson, onDecline);
        assertStep(phase, new ReportChange(ID, VERIFIED), toReport, onReport);
        assertStep(phase, new Settle("nothing", Outcome.DONE), "not_pending", phase);
        assertStep(phase, new Tick(), "", phase);
        var desk = in(phase);
        desk.state.deadline().ifPresent(at -> desk.now = at);
        assertThat(desk.tell(new Tick())).isEqualTo(Reply.DONE);
        assertThat(desk.state.phase()).isEqualTo(onDeadline);
    }

    private static void assertStep(Phase phase, DecisionCommand command, String code, Phase after) {
        var desk = in(phase);
        assertThat(desk.state.phase()).isEqualTo(phase);
        var reply = desk.tell(command);
        assertThat(reply.code()).as("%s in %s", command, phase).isEqualTo(code);
        assertThat(desk.state.phase()).as("%s in %s", command, phase).isEqualTo(after);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void waitsForNothingWithoutADeadlineAndRestsOnlyWhenNewOrEnded(Phase phase) {
        var desk = in(phase);
        boolean rests = phase == Phase.NEW || phase == Phase.ENDED;
        assertThat(desk.agent.deadline(desk.state).isEmpty()).isEqualTo(rests);
        assertThat(desk.pending().isEmpty()).isEqualTo(rests || phase == Phase.RUNNING);
        var before = desk.state;
        desk.pending().forEach(effect -> {
            assertThat(desk.settle(effect.id(), new Outcome.Unknown("timeout"))).isEqualTo(Reply.DONE);
            assertThat(desk.settle(effect.id(), new Outcome.Failed("busy", true)))
                    .isEqualTo(Reply.DONE);
        });
        assertThat(desk.state).isEqualTo(before); // the host tries again
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void aTickAMomentTooEarlyDoesNothing(Phase phase) {
        var desk = in(phase);
        var before = desk.state;
        before.deadline().ifPresent(at -> desk.now = at.minusNanos(1));
        assertThat(desk.tell(new Tick())).isEqualTo(Reply.DONE);
        assertThat(desk.state).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theJournalAloneBringsTheStateBack(Phase phase) {
        var desk = in(phase);
        var replayed = desk.agent.initial();
        for (DecisionEvent event : desk.journal) {
            replayed = desk.agent.apply(replayed, event);
        }
        assertThat(replayed).isEqualTo(desk.state);
    }

    /** A command that nobody handles would be an AssertionError here. */
    @Test
    void everyCommandIsHandled() {
        List<DecisionCommand> samples = List.of(
                new Open(GROW),
                new Approve("ann", "hash"),
                new Decline("ann", "hash"),
                new ReportChange(ID, VERIFIED),
                new Settle("id", Outcome.DONE),
                new Tick());
        assertThat(samples.stream().<Class<?>>map(Object::getClass).toList())
                .containsExactlyInAnyOrder(DecisionCommand.class.getPermittedSubclasses());
        samples.forEach(command -> new DecisionDesk().tell(command));
    }

    @Test
    void tellsItselfToLookAtTheClockAndLearnsOfEffectsBySettling() {
        var desk = DecisionDesk.reviewing(GROW);
        assertThat(desk.agent.deadline(desk.state)).contains(new Deadline<>(T0.plusSeconds(30), new Tick()));
        assertThat(desk.agent.settle("x", Outcome.DONE)).isEqualTo(new Settle("x", Outcome.DONE));
        assertThat(DecisionAgent.address("scaler/web/17")).isEqualTo("decision/scaler/web/17");
    }

    @Test
    void whatWasUnderWayForTooLongIsNotDecidedOn() {
        var open = new Open(proposal(scale(4, 10), 6, 0.9, T0.plusSeconds(600)));
        var desk = new DecisionDesk();
        desk.now = T0.plusSeconds(600);
        assertThat(desk.tell(open)).isEqualTo(Reply.refused("proposal_expired"));
        assertThat(desk.journal).isEmpty();
        desk.now = T0.plusSeconds(600).minusNanos(1);
        assertThat(desk.tell(open)).isEqualTo(Reply.of(new Progress.Pending()));
        desk.now = T0.plusSeconds(601);
        assertThat(desk.tell(open).accepted()).isTrue(); // a repeat, whatever the time
    }

    @Test
    void opensAtOnceWhereNobodyNeedsToAgree() {
        var desk = new DecisionDesk();
        assertThat(desk.tell(new Open(GROW)).answer()).isEqualTo(new Progress.Pending());
        assertThat(desk.journal)
                .containsExactly(new Opened(
                        T0,
                        GROW,
                        T0.plus(POLICY.reviewPatience()),
                        T0.plus(POLICY.reviewPatience()).plus(POLICY.answerGrace())));
    }

    @Test
    void aMalformedProposalIsRefusedAndTheDecisionStaysNew() {
        var desk = new DecisionDesk();
        assertThat(desk.tell(new Open(proposal(scale(4, 10), 6, Double.NaN))))
                .isEqualTo(Reply.refused("proposal_confidence_out_of_range"));
        assertThat(desk.tell(new Open(proposal(action(ActionClass.SCALE_OUT, "workload/web", 4, 4), 4))))
                .isEqualTo(Reply.refused("action_direction_wrong"));
        var other = new DecisionAgent("other", POLICY);
        assertThat(other.decide(other.initial(), new Open(GROW), T0).reply())
                .isEqualTo(Reply.refused("proposal_of_another_decision"));
        assertThat(desk.state).isEqualTo(DecisionState.INITIAL);
        assertThat(desk.tell(new Open(GROW)).accepted()).isTrue();
    }

    @Test
    void aRepeatIsToldHowFarItCameWhateverItSays() {
        var desk = DecisionDesk.reviewing(GROW);
        var other = proposal(scale(4, 5), 5);
        assertThat(desk.tell(new Open(other))).isEqualTo(Reply.of(new Progress.Pending()));
        var ended = closing();
        var told = Reply.of(new Progress.Ended(Verdict.APPROVED, "", VERIFIED));
        assertThat(ended.tell(new Open(GROW))).isEqualTo(told);
        ended.settleAll(Outcome.DONE);
        assertThat(ended.tell(new Open(GROW))).isEqualTo(told);
        assertThat(ended.state.phase()).isEqualTo(Phase.ENDED); // never a resurrection
    }

    @Test
    void peopleAreNeededBelowTheConfidenceFloorAndAboveTheCostLimitNotAtThem() {
        assertThat(reasons(POLICY, proposal(scale(4, 10), 6, 0.5))).isEmpty();
        assertThat(reasons(POLICY, proposal(scale(4, 10), 6, 0.499))).containsExactly("confidence_floor");
        assertThat(reasons(POLICY, proposal(scale(0, 1000), 1))).isEmpty(); // a dollar each
        assertThat(reasons(POLICY, proposal(scale(0, 1001), 1))).containsExactly("require_approval_above");
        assertThat(reasons(POLICY, proposal(scale(5000, 1), 4000))).isEmpty(); // what shrinks adds nothing
        assertThat(reasons(DecisionDesk.policy(true, true), proposal(scale(0, 1001), 1, 0.1)))
                .containsExactly("human_approval", "confidence_floor", "require_approval_above");
    }

    private static List<String> reasons(DecisionPolicy policy, Proposal proposal) {
        var desk = new DecisionDesk(policy);
        desk.tell(new Open(proposal));
        assertThat(desk.journal).hasSize(1);
        if (desk.journal.get(0) instanceof ApprovalRequested requested) {
            assertThat(requested.approversNeeded()).isEqualTo(policy.requireMultiApproval() ? 2 : 1);
            assertThat(requested.hash()).isEqualTo(proposal.hash());
            assertThat(requested.deadline()).isEqualTo(T0.plus(policy.approvalPatience()));
            return requested.reasons();
        }
        assertThat(desk.journal.get(0)).isInstanceOf(Opened.class);
        return List.of();
    }

    @Test
    void aLimitOfNothingStillLetsThroughWhatCostsNothing() {
        var policy = new DecisionPolicy(
                0,
                Money.ZERO,
                false,
                false,
                POLICY.approvalPatience(),
                POLICY.reviewPatience(),
                POLICY.answerGrace(),
                POLICY.askPatience(),
                POLICY.closingPatience(),
                POLICY.routes());
        assertThat(reasons(policy, proposal(action(ActionClass.RESTART_VM, "vm/1", 1, 1), 1, 0)))
                .isEmpty();
        assertThat(reasons(policy, proposal(scale(1, 2), 2))).containsExactly("require_approval_above");
    }
}
