package io.novacron.zeroops.agents.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.FaultyHost;
import io.novacron.zeroops.agents.core.FaultyNetwork;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.decision.DecisionCommand.Approve;
import io.novacron.zeroops.agents.decision.DecisionCommand.Decline;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.ReportChange;
import io.novacron.zeroops.agents.decision.DecisionCommand.Settle;
import io.novacron.zeroops.agents.decision.DecisionEvent.ClosingAbandoned;
import io.novacron.zeroops.agents.decision.DecisionEvent.Concluded;
import io.novacron.zeroops.agents.decision.DecisionState.Conclusion;
import io.novacron.zeroops.agents.decision.DecisionState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is lost, repeated, late or killed. A failing seed is in the test's name and always fails the same way. */
class DecisionPropertyTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DECISIONS = 8;

    private record One(
            Proposal proposal,
            boolean proposerIsDead,
            FaultyHost<DecisionCommand, DecisionEvent, DecisionState> host,
            FakeReviewers others) {}

    private record Run(List<One> decisions, Instant end) {}

    private static DecisionPolicy policy(boolean people) {
        return new DecisionPolicy(
                0.5,
                Money.dollars(1000),
                true,
                people,
                Duration.ofMinutes(4),
                Duration.ofMinutes(5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(90),
                Duration.ofSeconds(20),
                DecisionPolicy.Routes.DEFAULTS);
    }

    private static Run run(long seed) {
        var random = new SplittableRandom(seed);
        var network = new FaultyNetwork(random.split(), T0);
        var decisions = LongStream.range(0, DECISIONS)
                .mapToObj(i -> start("d" + i, random, network))
                .toList();
        network.run(Duration.ofMinutes(40));
        network.stopFaults();
        network.run(Duration.ofHours(5)); // closing is given up after 511 times its patience
        return new Run(decisions, network.now());
    }

    private static One start(String id, SplittableRandom random, FaultyNetwork network) {
        boolean people = random.nextInt(4) == 0;
        boolean dead = random.nextInt(8) == 0;
        var agent = new DecisionAgent(id, policy(people));
        int from = random.nextInt(1, 20);
        boolean grows = from < 3 || random.nextBoolean();
        int to = grows ? from + random.nextInt(2, 12) : random.nextInt(from - 1);
        var kind = grows ? ActionClass.SCALE_OUT : ActionClass.SCALE_IN;
        var action = Action.of(kind, "workload/" + id, "shop", "eu", from, to, Money.dollars(1));
        var proposal = new Proposal(
                id,
                "scaler/" + id,
                action,
                grows ? from + 1 : from - 1,
                Priority.P2,
                List.of(),
                "",
                0.9,
                "",
                List.of(),
                T0,
                T0.plusSeconds(86_400),
                T0);
        var others = new FakeReviewers(network, random.split(), dead);
        var host = new FaultyHost<>(agent, network, others::run, DecisionPropertyTest::answers);
        others.reportTo(host::receive);
        for (int i = 0; i < 4; i++) {
            network.at(T0.plusSeconds(i * 5L), () -> network.send(() -> host.receive(new Open(proposal))));
        }
        if (people) {
            people(random, network, host, proposal.hash());
        }
        return new One(proposal, dead, host, others);
    }

    /** Reports and people bring the answer unasked; one promise that lapsed makes the others' confirmations void. */
    private static boolean answers(Object command) {
        return command instanceof ReportChange
                || command instanceof Approve
                || command instanceof Decline
                || (command instanceof Settle settle && settle.outcome() instanceof Outcome.Failed);
    }

    private static void people(
            SplittableRandom random,
            FaultyNetwork network,
            FaultyHost<DecisionCommand, DecisionEvent, DecisionState> host,
            String hash) {
        int dice = random.nextInt(10);
        for (int i = 0; i < 3; i++) { // some of it gets lost, some comes twice
            for (String person : List.of("ann", "bob")) {
                DecisionCommand answer = dice == 0 ? new Decline(person, hash) : new Approve(person, hash);
                if (dice > 1) {
                    network.at(
                            T0.plusSeconds(30 + random.nextInt(120)), () -> network.send(() -> host.receive(answer)));
                }
            }
        }
        if (dice == 0) {
            network.at(T0.plusSeconds(60), () -> network.send(() -> host.receive(new Decline("eve", hash))));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingHappensUnagreedNothingStaysHeldAndItEnds(long seed) {
        Run run = run(seed);
        for (One one : run.decisions()) {
            var state = DecisionState.INITIAL;
            for (DecisionEvent event : one.host().journal()) {
                assertThat(state.phase()).isNotEqualTo(Phase.ENDED);
                state = event.applyTo(state);
                assertThat(state.asOf()).isEqualTo(event.at());
                if (event instanceof ClosingAbandoned abandoned && one.proposerIsDead()) {
                    assertThat(abandoned.owed()).containsExactly(one.proposal().decision() + "/tell");
                }
            }
            assertThat(state).isEqualTo(one.host().state());
            assertThat(state.phase()).isIn(Phase.NEW, Phase.ENDED); // every Open may have been lost
            assertThat(one.others().holdsSomething(run.end())).isFalse();
            state.conclusion().ifPresent(conclusion -> check(one, conclusion));
        }
    }

    private static void check(One one, Conclusion conclusion) {
        var others = one.others();
        assertThat(one.host().journal().stream().filter(Concluded.class::isInstance))
                .hasSize(1);
        boolean escalated = conclusion.change().end() == Change.End.ESCALATED;
        if (others.begun.isPresent()) {
            assertThat(conclusion.verdict()).isEqualTo(Verdict.APPROVED);
            boolean gaveUp = escalated && conclusion.constraint().equals("outcome_unknown");
            assertThat(gaveUp || others.ended.equals(Optional.of(conclusion.change())))
                    .isTrue(); // no change is said to have had no effect that had one
            assertWorthHaving(one.proposal(), others.begun.get());
        } else {
            assertThat(conclusion.change().end()).isIn(Change.End.NO_EFFECT, Change.End.ESCALATED);
        }
        assertThat(others.ends).allMatch(end -> end.achieved() == conclusion.achieved());
        assertThat(others.told)
                .allMatch(told ->
                        told.verdict() == conclusion.verdict() && told.change().equals(conclusion.change()));
        assertThat(others.told.isEmpty()).isEqualTo(one.proposerIsDead());
    }

    private static void assertWorthHaving(Proposal proposal, Action done) {
        var wanted = proposal.action();
        boolean grows = wanted.delta() > 0;
        assertThat(done.to())
                .isBetween(grows ? proposal.leastTo() : wanted.to(), grows ? wanted.to() : proposal.leastTo());
        assertThat(done.withTo(wanted.to())).isEqualTo(wanted);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** A transition that the seeds never take is one that they never test. */
    @Test
    void everyEventEveryVerdictAndEveryEndHappens() {
        Set<Class<?>> events = new HashSet<>();
        Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
        Set<Change.End> ends = EnumSet.noneOf(Change.End.class);
        for (long seed = 0; seed < 40; seed++) {
            for (One one : run(seed).decisions()) {
                one.host().journal().forEach(event -> events.add(event.getClass()));
                one.host().state().conclusion().ifPresent(conclusion -> {
                    verdicts.add(conclusion.verdict());
                    ends.add(conclusion.change().end());
                });
            }
        }
        assertThat(events).containsExactlyInAnyOrder(DecisionEvent.class.getPermittedSubclasses());
        assertThat(verdicts).isEqualTo(EnumSet.allOf(Verdict.class));
        assertThat(ends).isEqualTo(EnumSet.allOf(Change.End.class));
    }
}
