package io.novacron.zeroops.agents.provisioning;

import static io.novacron.zeroops.agents.provisioning.SpotServicePolicy.ON_DEMAND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.OpenProposal;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Proposal.Alternative;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.provisioning.SpotCommand.Market;
import io.novacron.zeroops.agents.provisioning.SpotCommand.OnDemand;
import io.novacron.zeroops.agents.provisioning.SpotCommand.ReportMarkets;
import io.novacron.zeroops.agents.provisioning.SpotCommand.Settle;
import io.novacron.zeroops.agents.provisioning.SpotCommand.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpotAgentTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");
    private static final Duration UP = Duration.ofHours(10);
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final SpotSettings SETTINGS =
            new SpotSettings(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(2), STEP, 0.5, 0.999);

    private final SpotServicePolicy policy = SpotServicePolicy.of("web", "shop", "eu", Money.dollars(1), SETTINGS);
    private final SpotAgent agent = new SpotAgent(policy);
    private SpotState state = agent.initial();
    private Instant now = T0;

    private Reply tell(Command command) {
        var taken = Turn.take(agent, state, command, now);
        state = taken.after();
        assertThat(agent.pending(state).isEmpty() || agent.deadline(state).isPresent())
                .isTrue();
        return taken.result().reply();
    }

    /** Ready instances, at 30 cents. */
    private static Market market(String name, int ready) {
        return new Market(name, Money.dollars(0.3), true, UP, ready, 0, 0, Optional.empty());
    }

    private static Market priced(String name, double price, int ready) {
        return new Market(name, Money.dollars(price), true, UP, ready, 0, 0, Optional.empty());
    }

    private static Market full(String name, int ready) {
        return new Market(name, Money.dollars(0.3), false, UP, ready, 0, 0, Optional.empty());
    }

    private Market noticed(String name, int ready, int noticed) {
        return new Market(
                name, Money.dollars(0.3), true, UP, ready, 0, noticed, Optional.of(now.plus(SETTINGS.notice())));
    }

    private Reply report(int wanted, int onDemand, Market... markets) {
        return tell(new ReportMarkets(now, wanted, Arrays.asList(markets), new OnDemand(onDemand, 0)));
    }

    private Optional<Action> out(String market) {
        return proposal(market).map(Proposal::action);
    }

    private Optional<Proposal> proposal(String market) {
        return state.market(market).open().map(OpenProposal::proposal);
    }

    private List<String> allOut() {
        return state.markets().entrySet().stream()
                .filter(entry -> entry.getValue().open().isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void end(String market, Change.End end, String detail) {
        String decision = state.market(market).open().orElseThrow().decision();
        int level = out(market).orElseThrow().to();
        tell(new DecisionEnded(decision, Verdict.APPROVED, detail, new Change.Ended(end, level, detail)));
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    @Test
    void aServiceBeginsOnTheCheapestMarketsUpToTheShareOfEach() {
        report(10, 0, priced("c", 0.5, 0), priced("a", 0.2, 0), priced("b", 0.3, 0));
        Action first = out("a").orElseThrow();
        assertThat(first.kind()).isEqualTo(ActionClass.SCALE_OUT);
        assertThat(first.resource()).isEqualTo("workload/web-a");
        assertThat(first.from()).isZero();
        assertThat(first.to()).isEqualTo(5);
        assertThat(out("b").orElseThrow().to()).isEqualTo(5);
        assertThat(allOut()).containsExactly("a", "b");
    }

    @Test
    void moneyIsHeldAtTheBidWhichStaysTheSameAsLongAsThereAreAny() {
        report(10, 0, market("a", 0), market("b", 0));
        Money bid = new SpotPolicy(SETTINGS).bid(Money.dollars(1), UP);
        assertThat(out("a").orElseThrow().unitCostPerHour()).isEqualTo(bid);
        end("a", Change.End.VERIFIED, "");
        end("b", Change.End.VERIFIED, "");
        later(Duration.ofMinutes(1));
        Duration other = Duration.ofHours(2);
        var worse = new Market("a", Money.dollars(0.3), true, other, 5, 0, 0, Optional.empty());
        report(8, 0, worse, market("b", 5));
        assertThat(out("a").orElseThrow().kind()).isEqualTo(ActionClass.SCALE_IN);
        assertThat(out("a").orElseThrow().unitCostPerHour()).isEqualTo(bid);
    }

    @Test
    void atANoticeTheOtherMarketsReplaceAtOnceAndOnDemandWhatTheyDoNotHave() {
        report(12, 0, noticed("a", 6, 6), market("b", 4), market("c", 2));
        assertThat(out("b").orElseThrow().to()).isEqualTo(6);
        assertThat(out("c").orElseThrow().to()).isEqualTo(6);
        assertThat(allOut()).containsExactly("b", "c");
        Proposal proposal = proposal("b").orElseThrow();
        assertThat(proposal.priority()).isEqualTo(Priority.P1);
        assertThat(proposal.cause()).isEqualTo("interruption_notice");

        state = agent.initial();
        report(12, 0, noticed("a", 6, 6), market("b", 5), full("c", 1));
        assertThat(out("b").orElseThrow().to()).isEqualTo(6);
        assertThat(out(ON_DEMAND).orElseThrow().to()).isEqualTo(5);
        assertThat(out(ON_DEMAND).orElseThrow().unitCostPerHour()).isEqualTo(Money.dollars(1));
    }

    @Test
    void aProposalSaysWhatWasKnownOfEveryMarketAndWhyTheOthersWerePassedOver() {
        report(12, 0, noticed("a", 6, 6), full("b", 6));
        Proposal proposal = proposal(ON_DEMAND).orElseThrow();
        assertThat(proposal.defect()).isEmpty();
        assertThat(proposal.facts())
                .extracting(Proposal.Fact::name)
                .containsExactly("sampled_at", "wanted", "on-demand", "market/a", "market/b");
        assertThat(proposal.alternatives())
                .extracting(Alternative::why)
                .containsExactly("do nothing", "spot in a: under notice", "spot in b: none to be had");
    }

    @Test
    void whatIsUnderNoticeIsGivenBackOnceItIsReplaced() {
        report(12, 0, noticed("a", 6, 6), market("b", 6), market("c", 0));
        assertThat(allOut()).containsExactly("c");
        end("c", Change.End.VERIFIED, "");
        later(Duration.ofSeconds(40));
        var ending = new Market("a", Money.dollars(0.3), true, UP, 6, 0, 6, Optional.of(now.plusSeconds(80)));
        report(12, 0, ending, market("b", 6), market("c", 6));
        Action drain = out("a").orElseThrow();
        assertThat(drain.kind()).isEqualTo(ActionClass.SCALE_IN);
        assertThat(drain.from()).isEqualTo(6);
        assertThat(drain.to()).isZero();
        assertThat(allOut()).containsExactly("a");
    }

    @Test
    void orShortlyBeforeItIsTakenSoThatItsMoneyIsGivenBack() {
        var ending = new Market("a", Money.dollars(0.3), true, UP, 6, 0, 4, Optional.of(now.plusSeconds(30)));
        report(12, 0, ending, market("b", 6));
        assertThat(out("a").orElseThrow().to()).isEqualTo(2);
        assertThat(out(ON_DEMAND).orElseThrow().to()).isEqualTo(4);
    }

    @Test
    void whatTookInstancesAwayIsLeftAloneForAStep() {
        report(6, 0, noticed("a", 3, 3), market("b", 3), market("c", 3));
        end("a", Change.End.VERIFIED, "");
        later(Duration.ofSeconds(10));
        report(9, 0, priced("a", 0.1, 0), market("b", 3), market("c", 3));
        assertThat(allOut()).containsExactly("b", "c");
        end("b", Change.End.VERIFIED, "");
        end("c", Change.End.VERIFIED, "");
        later(STEP);
        report(12, 0, priced("a", 0.1, 0), market("b", 5), market("c", 4));
        assertThat(allOut()).contains("a");
    }

    @Test
    void aRefusalLeadsToTheNextChoiceAndToALongerRestEachTime() {
        var places = new Market[] {market("a", 0), full("b", 0)};
        report(4, 0, places);
        assertThat(out("a").orElseThrow().to()).isEqualTo(2);
        assertThat(out(ON_DEMAND).orElseThrow().to()).isEqualTo(2);
        end(ON_DEMAND, Change.End.VERIFIED, "");
        end("a", Change.End.NO_EFFECT, "insufficient_capacity");
        assertThat(state.market("a").restUntil()).isEqualTo(now.plus(SpotServicePolicy.REST));
        report(4, 2, places);
        assertThat(allOut()).containsExactly(ON_DEMAND);
        assertThat(out(ON_DEMAND).orElseThrow().to()).isEqualTo(4);
        assertThat(proposal(ON_DEMAND).orElseThrow().alternatives())
                .extracting(Alternative::why)
                .anyMatch(why -> why.startsWith("spot in a: rests after 1 failures"));
    }

    @Test
    void aMarketThatRefusesForAnHourIsAskedAFewTimes() {
        long asked = 0;
        for (int second = 0; second < 3600; second += 10) {
            long before = state.sequence();
            report(4, 2, market("a", 0));
            asked += state.sequence() - before;
            allOut().forEach(market -> end(market, Change.End.NO_EFFECT, "insufficient_capacity"));
            later(Duration.ofSeconds(10));
        }
        assertThat(asked).isBetween(10L, 30L); // two places, each at rests of 15 s to 8 min
    }

    @Test
    void itMovesBackToSpotWhereThatPaysAndGivesUpOnDemandOnlyOnceTheyAreReady() {
        report(10, 10, market("a", 0), market("b", 0));
        assertThat(allOut()).containsExactly("a", "b");
        assertThat(proposal("a").orElseThrow().cause()).isEqualTo("cheaper_elsewhere");
        assertThat(proposal("a").orElseThrow().priority()).isEqualTo(Priority.P3);
        end("a", Change.End.VERIFIED, "");
        report(10, 10, market("a", 5), market("b", 0));
        assertThat(out(ON_DEMAND).orElseThrow().to()).isEqualTo(5);
        end("b", Change.End.VERIFIED, "");
        end(ON_DEMAND, Change.End.VERIFIED, "");
        report(10, 5, market("a", 5), market("b", 5));
        assertThat(out(ON_DEMAND).orElseThrow().to()).isZero();
    }

    @Test
    void littleIsNotWorthAMove() {
        report(10, 10, priced("a", 0.95, 0), priced("b", 0.95, 0));
        assertThat(allOut()).isEmpty();
        report(10, 0, priced("a", 0.30, 5), priced("b", 0.31, 5), priced("c", 0.29, 0));
        assertThat(allOut()).isEmpty();
        report(10, 0, priced("a", 0.30, 5), priced("b", 0.31, 5), priced("c", 0.20, 0));
        assertThat(allOut()).containsExactly("c");
    }

    @Test
    void movesAreAStepApart() {
        report(10, 10, market("a", 0), full("b", 0));
        end("a", Change.End.VERIFIED, "");
        report(10, 5, market("a", 5), market("b", 0));
        assertThat(allOut()).isEmpty();
        later(STEP);
        report(10, 5, market("a", 5), market("b", 0));
        assertThat(allOut()).containsExactly("b");
    }

    @Test
    void nothingThatIsWantedIsGivenUpWhileWhatReplacesItBoots() {
        var boots = new Market("a", Money.dollars(0.3), true, UP, 0, 5, 0, Optional.empty());
        report(10, 10, boots, full("b", 0));
        assertThat(allOut()).isEmpty();
        report(10, 10, market("a", 5), full("b", 0));
        assertThat(out(ON_DEMAND).orElseThrow().to()).isEqualTo(5);
    }

    @Test
    void whatHasNoMoreToGiveKeepsWhatItHas() {
        report(10, 0, full("a", 5), full("b", 5), market("c", 0));
        assertThat(allOut()).isEmpty();
    }

    @Test
    void aReportOlderThanWhatIsKnownIsPassedOver() {
        report(4, 0, full("a", 0));
        later(Duration.ofSeconds(40));
        end(ON_DEMAND, Change.End.VERIFIED, "");
        var old = new ReportMarkets(now.minusSeconds(1), 4, List.of(full("a", 0)), new OnDemand(0, 0));
        assertThat(tell(old)).isEqualTo(Reply.DONE);
        assertThat(allOut()).isEmpty();
    }

    @Test
    void aDecisionIsToldUntilItAnswersAndAskedOnceItIsSilent() {
        report(4, 0, full("a", 0));
        var first = (Effect.Send) agent.pending(state).get(0);
        assertThat(first)
                .isEqualTo(new Effect.Send(
                        "spot/web/1/open/1",
                        "decision/spot/web/1",
                        new Open(proposal(ON_DEMAND).orElseThrow())));
        tell(agent.settle(first.id(), new Outcome.Failed("busy", true)));
        assertThat(agent.pending(state)).containsExactly(first);
        tell(agent.settle(first.id(), new Outcome.Succeeded(new Progress.Pending())));
        assertThat(agent.pending(state)).isEmpty();
        assertThat(tell(agent.settle(first.id(), Outcome.DONE))).isEqualTo(Reply.refused("not_pending"));
        tell(new Tick());
        assertThat(agent.pending(state)).isEmpty();
        now = agent.deadline(state).orElseThrow().at();
        tell(new Tick());
        assertThat(agent.pending(state)).extracting(Effect::id).containsExactly("spot/web/1/open/2");
        var ended = new Progress.Ended(Verdict.REJECTED, "budget", new Change.Ended(Change.End.NO_EFFECT, 0, ""));
        tell(agent.settle("spot/web/1/open/2", new Outcome.Succeeded(ended)));
        assertThat(allOut()).isEmpty();
        assertThat(state.market(ON_DEMAND).failures()).isEqualTo(1);
        assertThat(agent.deadline(state)).isEmpty();
    }

    @Test
    void whatWillNeverBeDecidedOnEnds() {
        report(4, 0, full("a", 0));
        tell(agent.settle("spot/web/1/open/1", new Outcome.Failed("proposal_expired", false)));
        assertThat(allOut()).isEmpty();
        report(4, 0, full("a", 0));
        assertThat(allOut()).as("it rests").isEmpty();
        later(SpotServicePolicy.REST);
        report(4, 0, full("a", 0));
        for (int ask = 1; ask <= OpenProposal.ASKS_MAX; ask++) {
            now = agent.deadline(state).orElseThrow().at();
            tell(new Tick());
        }
        assertThat(allOut()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Change.End.class,
            names = {"PARTIAL", "NO_EFFECT", "UNDONE", "ESCALATED"})
    void whateverIsNotVerifiedCountsAsAFailure(Change.End end) {
        report(4, 0, full("a", 0));
        end(ON_DEMAND, end, "x");
        assertThat(state.market(ON_DEMAND).failures()).isEqualTo(1);
        var repeat = new DecisionEnded("spot/web/1", Verdict.APPROVED, "", new Change.Ended(end, 0, ""));
        SpotState before = state;
        assertThat(tell(repeat)).isEqualTo(Reply.DONE);
        assertThat(state).isEqualTo(before);
    }

    @Test
    void nonsenseIsRefused() {
        assertThat(report(-1, 0)).isEqualTo(Reply.refused("wanted_out_of_range"));
        assertThat(report(1, -1)).isEqualTo(Reply.refused("on_demand_out_of_range"));
        assertThat(report(1, 0, market("a", 0), market("a", 0))).isEqualTo(Reply.refused("market_name_taken"));
        assertThat(report(1, 0, market(ON_DEMAND, 0))).isEqualTo(Reply.refused("market_name_taken"));
        assertThat(report(1, 0, market("", 0))).isEqualTo(Reply.refused("market_name_taken"));
        assertThat(report(1, 0, market("a", -1))).isEqualTo(Reply.refused("market_out_of_range"));
        assertThat(report(1, 0, noticed("a", 1, 2))).isEqualTo(Reply.refused("market_out_of_range"));
        Market[] many = Stream.iterate(0, i -> i <= SpotCommand.MARKETS_MAX, i -> i + 1)
                .map(i -> market("m" + i, 0))
                .toArray(Market[]::new);
        assertThat(report(1, 0, many)).isEqualTo(Reply.refused("too_many_markets"));
        assertThat(tell(new Settle("other", Outcome.DONE))).isEqualTo(Reply.refused("not_pending"));
        assertThat(tell(new Command() {})).isEqualTo(Reply.refused("unknown_command"));
        assertThatThrownBy(() -> SpotServicePolicy.of(" ", "p", "r", Money.dollars(1), SETTINGS))
                .hasMessageContaining("at least one character");
        assertThatThrownBy(() ->
                        new SpotServicePolicy("a", "p", "r", Money.dollars(1), SETTINGS, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("above zero");
    }

    @Test
    void everyCommandHasItsPlace() {
        for (Class<?> type : SpotCommand.class.getPermittedSubclasses()) {
            Command command = type == Tick.class
                    ? new Tick()
                    : type == Settle.class
                            ? new Settle("x", Outcome.DONE)
                            : new ReportMarkets(now, 0, List.of(), new OnDemand(0, 0));
            assertThat(type).isEqualTo(command.getClass());
            assertThat(tell(command)).isNotEqualTo(Reply.refused("unknown_command"));
        }
    }
}
