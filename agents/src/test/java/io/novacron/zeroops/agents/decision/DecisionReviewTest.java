package io.novacron.zeroops.agents.decision;

import static io.novacron.zeroops.agents.decision.DecisionDesk.ID;
import static io.novacron.zeroops.agents.decision.DecisionDesk.POLICY;
import static io.novacron.zeroops.agents.decision.DecisionDesk.T0;
import static io.novacron.zeroops.agents.decision.DecisionDesk.action;
import static io.novacron.zeroops.agents.decision.DecisionDesk.proposal;
import static io.novacron.zeroops.agents.decision.DecisionDesk.scale;
import static io.novacron.zeroops.agents.decision.Reviewer.BUDGET;
import static io.novacron.zeroops.agents.decision.Reviewer.CALENDAR;
import static io.novacron.zeroops.agents.decision.Reviewer.GOVERNOR;
import static io.novacron.zeroops.agents.decision.Reviewer.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Answer;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Votes, counter-proposals and promises. */
class DecisionReviewTest {
    private static final Proposal GROW = proposal(scale(4, 10), 6);
    private static final Proposal SHRINK = proposal(scale(10, 4), 8);

    private static Proposal of(ActionClass kind) {
        return switch (kind) {
            case SCALE_OUT -> GROW;
            case SCALE_IN -> SHRINK;
            case START_VM -> proposal(action(kind, "vm/1", 0, 1), 1);
            case STOP_VM -> proposal(action(kind, "vm/1", 1, 0), 0);
            case RESTART_VM -> proposal(action(kind, "vm/1", 1, 1), 1);
            case SNAPSHOT_VM, DELETE_VM -> proposal(action(kind, "vm/1", 0, 0), 0);
            case CORDON_HOST, UNCORDON_HOST, DRAIN_HOST -> proposal(action(kind, "host/1", 0, 0), 0);
        };
    }

    private static String address(Reviewer reviewer, Action action) {
        return switch (reviewer) {
            case CALENDAR -> "calendar/main";
            case GOVERNOR -> "governor/main";
            case BUDGET -> "budget/main";
            case OWNER -> action.resource();
        };
    }

    @ParameterizedTest
    @EnumSource(ActionClass.class)
    void reviewersAreAskedOneAfterTheOtherThenConfirmTogetherThenTheOwnerExecutes(ActionClass kind) {
        var proposal = of(kind);
        var action = proposal.action();
        var desk = DecisionDesk.reviewing(proposal);
        for (Reviewer reviewer : kind.reviewers()) {
            assertThat(desk.only())
                    .isEqualTo(new Effect.Send(
                            ID + "/hold/" + reviewer,
                            address(reviewer, action),
                            new Hold(ID, action, Priority.P2, T0.plusSeconds(30))));
            desk.pass(Duration.ofSeconds(1));
            desk.answer(Vote.ACCEPT);
            assertThat(desk.state.deadline()).contains(T0.plusSeconds(30)); // one for all of them
        }
        List<Reviewer> toConfirm =
                kind.reviewers().stream().filter(r -> r != OWNER).toList();
        assertThat(desk.pending())
                .isEqualTo(toConfirm.stream()
                        .<Effect>map(r -> new Effect.Send(ID + "/confirm/" + r, address(r, action), new Confirm(ID)))
                        .toList());
        for (int i = toConfirm.size() - 1; i >= 0; i--) {
            assertThat(desk.state.phase()).isEqualTo(Phase.CONFIRMING);
            desk.settle(ID + "/confirm/" + toConfirm.get(i), Outcome.DONE);
        }
        assertThat(desk.only())
                .isEqualTo(new Effect.Send(
                        ID + "/execute/0",
                        action.resource(),
                        new OwnerCommand.Execute(ID, action, T0.plusSeconds(30))));
        assertThat(desk.state.deadline()).contains(T0.plusSeconds(90));
    }

    /** proposed from|to|least, countered to, goes on? */
    @ParameterizedTest
    @CsvSource({
        "4, 10, 6,  9, true",
        "4, 10, 6,  6, true",
        "4, 10, 6,  5, false",
        "4, 10, 4,  4, false",
        "4, 10, 6, 10, false",
        "4, 10, 6, 11, false",
        "10, 4, 8,  5, true",
        "10, 4, 8,  8, true",
        "10, 4, 8,  9, false",
        "10, 4, 10, 10, false",
        "10, 4, 8,  4, false",
        "10, 4, 8,  3, false",
    })
    void aCounterGoesOnIfItIsLessAndStillWorthHaving(int from, int to, int least, int counter, boolean goesOn) {
        var desk = DecisionDesk.reviewing(proposal(scale(from, to), least));
        desk.answer(new Vote.Counter(counter, "max_scale_percent", "half at most"));
        if (goesOn) {
            assertThat(desk.state.phase()).isEqualTo(Phase.REVIEWING);
            var next = (Hold) ((Effect.Send) desk.only()).command();
            assertThat(next.action()).isEqualTo(scale(from, to).withTo(counter));
        } else {
            assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.REJECTED);
            assertThat(desk.conclusion().constraint()).isEqualTo("max_scale_percent");
            assertThat(desk.conclusion().achieved()).isZero();
            assertThat(desk.conclusion().ends())
                    .contains(desk.state.votes().get(0).reviewer()); // it holds that much
        }
    }

    @Test
    void theSecondCounterLessensWhatTheFirstLeftAndTheOwnerExecutesThat() {
        var desk = DecisionDesk.reviewing(GROW);
        desk.answer(new Vote.Counter(8, "max_scale_up_percent", ""));
        desk.answer(new Vote.Counter(7, "budget_exceeded", ""));
        desk.answer(Vote.ACCEPT);
        desk.settleAll(Outcome.DONE);
        assertThat(desk.sent(ID + "/execute/0"))
                .isEqualTo(new OwnerCommand.Execute(ID, scale(4, 7), T0.plusSeconds(30)));
        assertThat(desk.state.course().orElseThrow().proposal()).isEqualTo(GROW); // what was proposed stays on record
    }

    @Test
    void aCounterThatTakesBackWhatAnotherTookAwayIsRejected() {
        var desk = DecisionDesk.reviewing(GROW);
        desk.answer(new Vote.Counter(7, "max_scale_up_percent", ""));
        desk.answer(new Vote.Counter(8, "budget_exceeded", ""));
        assertThat(desk.conclusion().constraint()).isEqualTo("budget_exceeded");
        assertThat(desk.conclusion().ends()).containsExactly(GOVERNOR, BUDGET);
    }

    @Test
    void whatCannotBeDoneByHalvesCannotBeCountered() {
        var desk = DecisionDesk.reviewing(of(ActionClass.RESTART_VM));
        desk.answer(new Vote.Counter(0, "why_not", ""));
        assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.REJECTED);
    }

    @Test
    void aRejectionEndsItAndAllWhoWereAskedAreTold() {
        var desk = DecisionDesk.reviewing(SHRINK);
        desk.answer(Vote.ACCEPT);
        desk.answer(new Vote.Reject("mode_paused", "by bob"));
        assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(desk.conclusion().constraint()).isEqualTo("mode_paused");
        assertThat(desk.conclusion().ends()).containsExactly(CALENDAR, GOVERNOR);
        assertThat(desk.ids()).containsExactlyInAnyOrder(ID + "/end/CALENDAR", ID + "/end/GOVERNOR", ID + "/tell");
        assertThat(desk.state.votes()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"false, frozen, frozen", "true, , no_vote"})
    void aRefusalOrAnAnswerThatIsNoVoteIsARejection(boolean answers, String code, String constraint) {
        var desk = DecisionDesk.reviewing(GROW);
        desk.settle(answers ? Outcome.DONE : new Outcome.Failed(code, false));
        assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(desk.conclusion().constraint()).isEqualTo(constraint);
        assertThat(desk.conclusion().ends()).containsExactly(GOVERNOR);
    }

    @Test
    void silenceUntilTheDeadlineIsARejectionAndTheSilentMayHoldSomething() {
        var desk = DecisionDesk.reviewing(GROW);
        desk.answer(Vote.ACCEPT);
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(T0.plusSeconds(30));
        assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(desk.conclusion().constraint()).isEqualTo("silent:BUDGET");
        assertThat(desk.conclusion().ends()).containsExactly(GOVERNOR, BUDGET);
        assertThat(desk.end(BUDGET)).isEqualTo(new ReviewCommand.End(ID, 0, T0.plusSeconds(30)));
        assertThat(desk.settle(ID + "/hold/BUDGET", new Outcome.Succeeded(Vote.ACCEPT)))
                .isEqualTo(Reply.refused("not_pending"));
    }

    @Test
    void aVoteThatComesTwiceCountsOnce() {
        var desk = DecisionDesk.reviewing(GROW);
        desk.answer(Vote.ACCEPT);
        assertThat(desk.settle(ID + "/hold/GOVERNOR", new Outcome.Succeeded(Vote.ACCEPT)))
                .isEqualTo(Reply.refused("not_pending"));
        assertThat(desk.state.votes()).hasSize(1);
    }

    @Test
    void aPromiseThatLapsedEndsItAndEverybodyGivesBack() {
        var desk = DecisionDesk.confirming(SHRINK);
        desk.settle(ID + "/confirm/CALENDAR", Outcome.DONE);
        desk.settle(ID + "/confirm/BUDGET", new Outcome.Failed("not_held", false));
        assertThat(desk.conclusion().verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(desk.conclusion().constraint()).isEqualTo("hold_lapsed:BUDGET");
        assertThat(desk.conclusion().ends()).containsExactly(CALENDAR, GOVERNOR, BUDGET, OWNER);
        assertThat(desk.send(ID + "/end/OWNER").to()).isEqualTo("workload/web");
    }

    @Test
    void whoDoesNotConfirmInTimeIsNamed() {
        var desk = DecisionDesk.confirming(SHRINK);
        desk.settle(ID + "/confirm/CALENDAR", Outcome.DONE);
        desk.settle(ID + "/confirm/CALENDAR", Outcome.DONE); // a repeat
        desk.tickAtDeadline();
        assertThat(desk.now).isEqualTo(T0.plusSeconds(30));
        assertThat(desk.conclusion().constraint()).isEqualTo("silent:GOVERNOR");
        assertThat(desk.conclusion().change().level()).isEqualTo(10);
    }

    @Test
    void anyAnswerConfirms() {
        var desk = DecisionDesk.confirming(GROW);
        Answer anything = Vote.ACCEPT;
        desk.settleAll(new Outcome.Succeeded(anything));
        assertThat(desk.state.phase()).isEqualTo(Phase.EXECUTING);
        assertThat(desk.state.deadline())
                .contains(T0.plus(POLICY.reviewPatience()).plus(POLICY.answerGrace()));
    }
}
