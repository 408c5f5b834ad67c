package io.novacron.zeroops.agents.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.FaultyHost;
import io.novacron.zeroops.agents.core.FaultyNetwork;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.DecisionCommand.Open;
import io.novacron.zeroops.agents.decision.DecisionCommand.Progress;
import io.novacron.zeroops.agents.decision.ProposerCommand.DecisionEnded;
import io.novacron.zeroops.agents.decision.Verdict;
import io.novacron.zeroops.agents.scaling.ScalerCommand.ReportDemand;
import io.novacron.zeroops.agents.scaling.ScalerEvent.ScalingEnded;
import io.novacron.zeroops.agents.scaling.ScalerEvent.ScalingProposed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is lost, repeated, late or killed. A failing seed is in the test's name and always fails the same way. */
class ScalerPropertyTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final ScalerPolicy POLICY = new ScalerPolicy(
            "web", "shop", "eu", 100, 2, 30, Money.dollars(0.5), Duration.ofMinutes(2), Duration.ofSeconds(20));

    /** Decisions that end some time after they were opened, with or without success, and tell it until it is heard. */
    private static final class Decisions {
        final Map<String, DecisionEnded> ended = new HashMap<>();
        final Set<String> opened = new HashSet<>();
        private final SplittableRandom random;
        private final FaultyNetwork network;
        final FaultyHost<Command, ScalerEvent, ScalerState> host;

        Decisions(SplittableRandom random) {
            this.random = random.split();
            network = new FaultyNetwork(random.split(), T0);
            host = new FaultyHost<>(new ScalerAgent(POLICY), network, this::run, DecisionEnded.class::isInstance);
        }

        private Outcome run(Effect effect) {
            if (network.unlucky(10)) {
                return new Outcome.Unknown("timeout");
            } else if (network.unlucky(5)) {
                return new Outcome.Failed("proposal_too_large", false);
            } else if (effect instanceof Effect.Send send && send.command() instanceof Open open) {
                String decision = open.proposal().decision();
                if (opened.add(decision)) {
                    var end = List.of(Change.End.values()).get(random.nextInt(5));
                    var change = new Change.Ended(end, open.proposal().action().to(), "");
                    network.at(network.now().plusSeconds(random.nextInt(200)), () -> {
                        var done = new DecisionEnded(decision, Verdict.APPROVED, "", change);
                        ended.put(decision, done);
                        network.send(() -> host.receive(done));
                    });
                }
                var done = ended.get(decision);
                return new Outcome.Succeeded(
                        done == null
                                ? new Progress.Pending()
                                : new Progress.Ended(done.verdict(), done.constraint(), done.change()));
            }
            throw new AssertionError(effect);
        }
    }

    private static Decisions run(long seed) {
        var random = new SplittableRandom(seed);
        var decisions = new Decisions(random);
        for (int i = 0; i < 200; i++) {
            var demand = new ReportDemand(
                    decisions.network.now(),
                    random.nextDouble(3500),
                    random.nextDouble(3500),
                    random.nextDouble(3500),
                    random.nextDouble(3500),
                    random.nextInt(35),
                    "m",
                    random.nextDouble(2));
            decisions.network.send(() -> decisions.host.receive(demand));
            decisions.network.run(Duration.ofMillis(random.nextInt(10_000)));
        }
        decisions.network.stopFaults();
        decisions.network.run(POLICY.patience().multipliedBy(4));
        return decisions;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void oneProposalIsOutAtATimeWithinTheLimitsAndEachEnds(long seed) {
        var decisions = run(seed);
        var state = ScalerState.INITIAL;
        for (ScalerEvent event : decisions.host.journal()) {
            if (event instanceof ScalingProposed proposed) {
                assertThat(state.out()).isEmpty();
                assertThat(proposed.at()).isAfterOrEqualTo(state.restUntil());
                assertThat(proposed.sequence()).isEqualTo(state.sequence() + 1);
                assertThat(proposed.proposal().defect()).isEmpty();
                assertThat(proposed.proposal().action().to()).isBetween(POLICY.minInstances(), POLICY.maxInstances());
            } else if (event instanceof ScalingEnded ended) {
                assertThat(state.out().orElseThrow().proposal().decision()).isEqualTo(ended.decision());
                ended.change().ifPresent(change -> assertThat(decisions.ended.get(ended.decision()))
                        .isEqualTo(new DecisionEnded(
                                ended.decision(), ended.verdict().orElseThrow(), ended.constraint(), change)));
            }
            state = event.applyTo(state);
        }
        assertThat(state).isEqualTo(decisions.host.state());
        assertThat(state.out()).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** A transition that the seeds never take is one that they never test. */
    @Test
    void everyEventHappens() {
        Set<Class<?>> seen = new HashSet<>();
        LongStream.range(0, 20).forEach(seed -> run(seed).host.journal().forEach(e -> seen.add(e.getClass())));
        assertThat(seen).containsExactlyInAnyOrder(ScalerEvent.class.getPermittedSubclasses());
    }
}
