package io.novacron.zeroops.agents.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.FaultyHost;
import io.novacron.zeroops.agents.core.FaultyNetwork;
import io.novacron.zeroops.agents.core.Outcome;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import io.novacron.zeroops.agents.decision.OversightCommand.RecordIntervention;
import io.novacron.zeroops.agents.ops.OpsCommand.OverrideAutomation;
import io.novacron.zeroops.agents.ops.OpsCommand.Resume;
import io.novacron.zeroops.agents.ops.OpsCommand.SetMode;
import io.novacron.zeroops.agents.safety.Mode;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.safety.SafetyEvent;
import io.novacron.zeroops.agents.safety.SafetyGovernor;
import io.novacron.zeroops.agents.safety.SafetyState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is lost, repeated, late or killed: the governor ends in the mode that people last chose, and never goes back. */
class OpsPropertyTest {
    private static final Instant T0 = Instant.parse("2026-01-05T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration OVERRIDE_MAX = Duration.ofMinutes(5);

    /** The true governor behind the faulty network; sometimes it is gone for a while. */
    private static final class Governor {
        private final SafetyGovernor agent = new SafetyGovernor(SafetyConstraints.DEFAULTS);
        private final FaultyNetwork network;
        private final Set<String> delivered = new HashSet<>();
        private SafetyState state = agent.initial();
        private long highest;

        Governor(FaultyNetwork network) {
            this.network = network;
        }

        Outcome run(Effect effect) {
            if (network.unlucky(40)) {
                return new Outcome.Failed("gone", network.unlucky(90));
            } else if (effect instanceof Effect.Send send) {
                var taken = Turn.take(agent, state, send.command(), network.now());
                state = taken.after();
                for (SafetyEvent event : taken.result().events()) {
                    if (event instanceof SafetyEvent.ModeApplied applied) {
                        assertThat(applied.origin().sequence()).isGreaterThan(highest);
                        highest = applied.origin().sequence();
                    }
                }
                return taken.result().reply().asOutcome();
            }
            delivered.add(effect.id());
            return Outcome.DONE;
        }
    }

    private record Run(FaultyHost<Command, OpsEvent, OpsState> host, Governor governor) {}

    private static Run run(long seed) {
        var random = new SplittableRandom(seed);
        var network = new FaultyNetwork(random.split(), T0);
        var governor = new Governor(network);
        var host = new FaultyHost<>(new OpsCenterAgent(new OpsPolicy(OVERRIDE_MAX, PATIENCE)), network, governor::run);
        var modes = List.of(Mode.values());
        for (int i = 0; i < 120; i++) {
            int dice = random.nextInt(10);
            Instant until = network.now().plusSeconds(random.nextInt(400));
            Command command;
            if (dice < 4) {
                command = new SetMode("p1", modes.get(random.nextInt(4)));
            } else if (dice < 7) {
                command = new OverrideAutomation("p" + dice, "why", random.nextInt(5) > 0, until);
            } else if (dice < 8) {
                command = new Resume("p1");
            } else {
                command = new RecordIntervention("d" + i / 3, Intervention.APPROVED);
            }
            network.send(() -> host.receive(command));
            network.run(Duration.ofMillis(random.nextInt(i % 40 < 20 ? 2_000 : 30_000))); // in bursts
        }
        network.stopFaults();
        network.run(OVERRIDE_MAX.multipliedBy(3));
        return new Run(host, governor);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theGovernorEndsInTheModeThatPeopleChose(long seed) {
        Run run = run(seed);
        OpsState last = run.host().state();
        assertThat(last.override()).isEmpty();
        assertThat(last.awaited()).isEmpty();
        assertThat(last.page()).isEmpty();
        assertThat(run.governor().state.mode()).isEqualTo(last.mode());
        Set<String> counted = new HashSet<>();
        long overrides = 0;
        var state = OpsState.INITIAL;
        for (OpsEvent event : run.host().journal()) {
            var before = state;
            state = event.applyTo(state);
            assertThat(state.awaited()).hasSizeLessThanOrEqualTo(OpsState.AWAITED_MAX);
            assertThat(state.announced()).isGreaterThanOrEqualTo(before.announced());
            if (event instanceof OpsEvent.InterventionRecorded recorded) {
                assertThat(counted.add(recorded.decision())).isTrue();
            } else if (event instanceof OpsEvent.OverrideStarted started) {
                overrides++;
                assertThat(Duration.between(started.at(), started.until()))
                        .isBetween(Duration.ofNanos(1), OVERRIDE_MAX);
                assertThat(state.effectiveMode()).isEqualTo(Mode.PAUSED);
            } else if (event instanceof OpsEvent.OverrideEnded ended
                    && ended.person().isEmpty()) {
                assertThat(ended.at())
                        .isAfterOrEqualTo(before.override().orElseThrow().until());
            }
        }
        assertThat(last.ledger().count(Intervention.OVERRIDDEN)).isEqualTo(overrides);
        assertThat(last.ledger().total()).isEqualTo(overrides + counted.size());
    }

    static LongStream seeds() {
        return LongStream.range(0, 250);
    }

    @Test
    void everyEventHappens() {
        Set<Class<?>> seen = new HashSet<>();
        LongStream.range(0, 20).forEach(seed -> run(seed).host().journal().forEach(e -> seen.add(e.getClass())));
        assertThat(seen).containsExactlyInAnyOrder(OpsEvent.class.getPermittedSubclasses());
    }
}
