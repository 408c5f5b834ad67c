package io.novacron.zeroops.agents.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.ProposerCommand;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportUse;
import io.novacron.zeroops.agents.scaling.ScalerCommand.Settle;
import io.novacron.zeroops.agents.scaling.ScalerCommand.Tick;
import io.novacron.zeroops.agents.scaling.ScalerEvent.ProposalDoubted;
import io.novacron.zeroops.agents.scaling.ScalerEvent.ScalingEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalerAgentTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");
    private static final Duration REST = Duration.ofMinutes(1);
    private static final Change.Ended VERIFIED = new Change.Ended(Change.End.VERIFIED, 5, "");
    private final ScalerAgent agent = new ScalerAgent(
            new ScalerPolicy("web", "shop", "eu", 100, 1, 20, Money.dollars(0.5), ScalerPolicy.PATIENCE, REST));
    private final List<ScalerEvent> journal = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    private ScalerState state = agent.initial();
    private Instant now = T0;

    private Reply tell(Command command) {
        var before = agent.pending(state);
        var taken = Turn.take(agent, state, command, now);
        journal.addAll(taken.result().events());
        state = taken.after();
        before.stream().filter(e -> !agent.pending(state).contains(e)).forEach(e -> gone.add(e.id()));
        assertThat(agent.pending(state)).noneMatch(effect -> gone.contains(effect.id()));
        assertThat(agent.pending(state).isEmpty() || agent.deadline(state).isPresent())
                .isTrue();
        return taken.result().reply();
    }

    private static ReportDemand demand(double load, int instances) {
        return new ReportDemand(T0, load, load, load, load, instances, "holt/3", 0.04);
    }

    /** Needs five, has four. */
    private void propose() {
        assertThat(tell(demand(450, 4))).isEqualTo(Reply.DONE);
        assertThat(state.out()).isPresent();
    }

    private Effect.Send only() {
        assertThat(agent.pending(state)).hasSize(1);
        return (Effect.Send) agent.pending(state).get(0);
    }

    private Reply settle(Outcome outcome) {
        return tell(new Settle(only().id(), outcome));
    }

    private void handed() {
        propose();
        settle(new Outcome.Succeeded(new Progress.Pending()));
    }

    private void tickAtDeadline() {
        var deadline = agent.deadline(state).orElseThrow();
        now = deadline.at();
        tell(deadline.command());
    }

    private static DecisionEnded ended(int number, Change.End end) {
        return new DecisionEnded("scaler/web/" + number, Verdict.APPROVED, "", new Change.Ended(end, 5, ""));
    }

    @Test
    void tooFewAreProposedToADecisionOfItsOwn() {
        propose();
        var proposal = state.out().orElseThrow().proposal();
        assertThat(only())
                .isEqualTo(new Effect.Send("scaler/web/1/open/1", "decision/scaler/web/1", new Open(proposal)));
        assertThat(proposal.decision()).isEqualTo("scaler/web/1");
        assertThat(agent.deadline(state).orElseThrow().at()).isEqualTo(T0.plus(ScalerPolicy.PATIENCE));
    }

    @Test
    void enoughIsNoEvent() {
        assertThat(tell(demand(400, 4))).isEqualTo(Reply.DONE);
        assertThat(journal).isEmpty();
        assertThat(agent.deadline(state)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoQuantityIsRefused(double wrong) {
        for (ReportDemand demand : List.of(
                new ReportDemand(T0, wrong, 1, 1, 1, 4, "m", 0),
                new ReportDemand(T0, 1, wrong, 1, 1, 4, "m", 0),
                new ReportDemand(T0, 1, 1, wrong, 1, 4, "m", 0),
                new ReportDemand(T0, 1, 1, 1, wrong, 4, "m", 0),
                new ReportDemand(T0, 1, 1, 1, 1, 4, "m", wrong))) {
            assertThat(tell(demand)).isEqualTo(Reply.refused("demand_not_a_quantity"));
        }
        assertThat(tell(demand(1, -1))).isEqualTo(Reply.refused("demand_instances_negative"));
        assertThat(state).isEqualTo(ScalerState.INITIAL);
        assertThat(tell(demand(0, 0))).isEqualTo(Reply.DONE); // nothing is a quantity
        assertThat(state.out()).isPresent();
    }

    @Test
    void oneProposalIsOutAtATime() {
        propose();
        var before = state;
        assertThat(tell(demand(2000, 4))).isEqualTo(Reply.DONE);
        assertThat(state).isEqualTo(before);
        settle(new Outcome.Succeeded(new Progress.Pending()));
        assertThat(tell(demand(2000, 4))).isEqualTo(Reply.DONE);
        assertThat(journal).hasSize(2);
    }

    @Test
    void whatWasHandedOverIsWaitedForWithNothingPending() {
        propose();
        now = now.plusSeconds(10);
        settle(new Outcome.Succeeded(new Progress.Pending()));
        assertThat(agent.pending(state)).isEmpty();
        assertThat(agent.deadline(state).orElseThrow().at()).isEqualTo(now.plus(ScalerPolicy.PATIENCE));
        tell(new DecisionEnded("scaler/web/1", Verdict.APPROVED, "", VERIFIED));
        assertThat(state.out()).isEmpty();
        assertThat(agent.deadline(state)).isEmpty();
        assertThat(journal)
                .endsWith(new ScalingEnded(
                        now,
                        "scaler/web/1",
                        Optional.of(Verdict.APPROVED),
                        "",
                        Optional.of(VERIFIED),
                        now,
                        Instant.EPOCH));
    }

    @Test
    void afterASuccessTheNextMayFollowAtOnceUnderTheNextNumber() {
        handed();
        tell(ended(1, Change.End.VERIFIED));
        propose();
        assertThat(only().id()).isEqualTo("scaler/web/2/open/1");
    }

    @ParameterizedTest
    @EnumSource(Change.End.class)
    void restsAfterWhateverDidNotLeadToWhatWasWanted(Change.End end) {
        handed();
        tell(ended(1, end));
        Instant restUntil = end == Change.End.VERIFIED ? now : now.plus(REST);
        assertThat(state.restUntil()).isEqualTo(restUntil);
        now = restUntil.minusNanos(1);
        assertThat(tell(demand(450, 4))).isEqualTo(Reply.DONE);
        assertThat(state.out().isPresent()).isEqualTo(end == Change.End.VERIFIED); // time does not go back
        now = restUntil;
        tell(demand(450, 4));
        assertThat(state.out()).isPresent();
    }

    @Test
    void theEndMayOvertakeTheAnswerAndARepeatOrAnotherDecisionsCountsForNothing() {
        propose();
        assertThat(tell(ended(7, Change.End.VERIFIED))).isEqualTo(Reply.DONE);
        assertThat(state.out()).isPresent();
        tell(ended(1, Change.End.VERIFIED));
        assertThat(state.out()).isEmpty();
        assertThat(tell(new Settle("scaler/web/1/open/1", Outcome.DONE))).isEqualTo(Reply.refused("not_pending"));
        assertThat(tell(ended(1, Change.End.UNDONE))).isEqualTo(Reply.DONE);
        assertThat(journal).hasSize(2);
        propose();
        assertThat(tell(ended(1, Change.End.UNDONE))).isEqualTo(Reply.DONE);
        assertThat(state.out()).isPresent();
    }

    @Test
    void aDecisionThatRefusesLeavesItIdleAndResting() {
        propose();
        settle(new Outcome.Failed("proposal_too_large", false));
        assertThat(journal)
                .endsWith(new ScalingEnded(
                        now,
                        "scaler/web/1",
                        Optional.empty(),
                        "proposal_too_large",
                        Optional.empty(),
                        now.plus(REST),
                        Instant.EPOCH));
    }

    @Test
    void aDecisionThatHadEndedSaysSoWhenAsked() {
        propose();
        var change = new Change.Ended(Change.End.NO_EFFECT, 4, "mode_paused");
        settle(new Outcome.Succeeded(new Progress.Ended(Verdict.REJECTED, "mode_paused", change)));
        assertThat(journal)
                .endsWith(new ScalingEnded(
                        now,
                        "scaler/web/1",
                        Optional.of(Verdict.REJECTED),
                        "mode_paused",
                        Optional.of(change),
                        now.plus(REST),
                        Instant.EPOCH));
    }

    /** A limit over five minutes need not be asked every few seconds; growth is not held up by it. */
    @Test
    void aScaleInThatCameToNothingRestsForLongerAndGrowthDoesNot() {
        tell(demand(100, 4));
        assertThat(state.out().orElseThrow().proposal().action().kind()).isEqualTo(ActionClass.SCALE_IN);
        tell(ended(1, Change.End.NO_EFFECT));
        Instant refused = now;
        Instant again = refused.plus(REST.multipliedBy(ScalerAgent.RESTS_TO_SHRINK));
        now = again.minusMillis(1);
        tell(demand(100, 4));
        assertThat(state.out()).isEmpty();
        tell(demand(900, 4));
        assertThat(state.out().orElseThrow().proposal().action().kind()).isEqualTo(ActionClass.SCALE_OUT);
        tell(ended(2, Change.End.VERIFIED));
        tell(demand(100, 4));
        assertThat(state.out()).isEmpty();
        now = again;
        tell(demand(100, 4));
        assertThat(state.out().orElseThrow().proposal().action().kind()).isEqualTo(ActionClass.SCALE_IN);
    }

    @Test
    void theAnswerToAnEarlierQuestionIsNoAnswer() {
        propose();
        tickAtDeadline();
        assertThat(tell(new Settle("scaler/web/1/open/1", new Outcome.Failed("refused", false))))
                .isEqualTo(Reply.refused("not_pending"));
        assertThat(only().id()).isEqualTo("scaler/web/1/open/2");
    }

    @Test
    void whatIsNotFinalIsTriedAgainByTheHost() {
        propose();
        var before = state;
        assertThat(settle(new Outcome.Unknown("timeout"))).isEqualTo(Reply.DONE);
        assertThat(settle(new Outcome.Failed("busy", true))).isEqualTo(Reply.DONE);
        assertThat(state).isEqualTo(before);
        now = agent.deadline(state).orElseThrow().at().minusNanos(1);
        assertThat(tell(new Tick())).isEqualTo(Reply.DONE);
        assertThat(state).isEqualTo(before);
    }

    @Test
    void aSilentDecisionIsAskedManyTimesThenGivenUp() {
        handed();
        for (int ask = 2; ask <= ScalerAgent.ASKS_MAX; ask++) {
            tickAtDeadline();
            assertThat(journal).endsWith(new ProposalDoubted(now, now.plus(ScalerPolicy.PATIENCE)));
            assertThat(only().id()).isEqualTo("scaler/web/1/open/" + ask);
            if (ask % 2 == 0) {
                settle(new Outcome.Succeeded(new Progress.Pending()));
            }
        }
        tickAtDeadline();
        assertThat(journal)
                .endsWith(new ScalingEnded(
                        now,
                        "scaler/web/1",
                        Optional.empty(),
                        "decision_silent",
                        Optional.empty(),
                        now.plus(REST),
                        Instant.EPOCH));
        assertThat(tell(new Tick())).isEqualTo(Reply.DONE);
        assertThat(agent.deadline(state)).isEmpty();
    }

    @Test
    void everyCommandIsHandledAndTheJournalAloneBringsTheStateBack() {
        List<Command> samples = List.of(
                demand(450, 4),
                ReportUse.of(demand(450, 4)),
                ended(1, Change.End.VERIFIED),
                agent.settle("id", Outcome.DONE),
                new Tick());
        var known = Stream.of(ScalerCommand.class, ProposerCommand.class)
                .flatMap(vocabulary -> Stream.of(vocabulary.getPermittedSubclasses()))
                .toArray(Class<?>[]::new);
        assertThat(samples.stream().<Class<?>>map(Object::getClass).toList()).containsExactlyInAnyOrder(known);
        samples.forEach(command -> assertThat(tell(command).code()).isNotEqualTo("unknown_command"));
        assertThat(tell(new Command() {})).isEqualTo(Reply.refused("unknown_command"));
        var replayed = agent.initial();
        for (ScalerEvent event : journal) {
            replayed = agent.apply(replayed, event);
        }
        assertThat(replayed).isEqualTo(state);
    }
}
