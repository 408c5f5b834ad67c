package io.novacron.zeroops.agents.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.FaultyNetwork;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Origin;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.safety.SafetyCommand.ApplyMode;
import io.novacron.zeroops.agents.safety.SafetyEvent.LeaseConfirmed;
import io.novacron.zeroops.agents.safety.SafetyEvent.QuotaLeased;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

/** Whatever races, is lost, repeated, late or killed: no limit is exceeded in any window, and every hold ends. */
class SafetyPropertyTest {
    static final int UNIT_DOLLARS = 2;
    private static final int RATE = 8;

    private record Run(RacingDecisions<SafetyEvent, SafetyState> decisions, ModelFleet fleet) {}

    /** Odd seeds leave minutes between decisions, so that a day passes; even ones seconds, so that they race. */
    private static Run run(long seed) {
        var random = new SplittableRandom(seed);
        var network = new FaultyNetwork(random.split(), Desk.T0);
        var limits = SafetyGovernorTest.limits(RATE, seed % 4 < 2 ? 30 : 60, seed % 4 < 2 ? 1000 : 50, 100);
        var fleet = new ModelFleet(network, random.split(), limits);
        var decisions = new RacingDecisions<>(new SafetyGovernor(limits), network, fleet);
        var priorities = List.of(Priority.values());
        var modes = List.of(Mode.values());
        int mode = 0;
        for (int i = 0; i < 200; i++) {
            if (i % 20 == 0) {
                var next = i == 0 || random.nextInt(4) > 0 ? Mode.FULL : modes.get(random.nextInt(4));
                decisions.tell(new ApplyMode(new Origin("ops", ++mode), next));
                decisions.tell(new ApplyMode(new Origin("ops", mode), next));
            }
            var priority = priorities.get(random.nextInt(5));
            decisions.start("d" + i, action(random, fleet), priority, Duration.ofSeconds(30));
            network.run(
                    seed % 2 == 0 ? Duration.ofMillis(random.nextInt(8_000)) : Duration.ofMinutes(random.nextInt(20)));
        }
        network.stopFaults();
        network.run(Duration.ofMinutes(10));
        return new Run(decisions, fleet);
    }

    private static Action action(SplittableRandom random, ModelFleet fleet) {
        String resource = "workload/" + random.nextInt(4);
        int from = fleet.level(resource);
        int dice = random.nextInt(10);
        if (dice < 2) {
            long bytes = random.nextInt(40);
            return new Action(ActionClass.DELETE_VM, "vm/" + dice, "shop", "eu", 0, 0, Money.ZERO, bytes, "");
        } else if (dice < 4 && from > 0) {
            return scale(ActionClass.SCALE_IN, resource, from, random.nextInt(from));
        }
        return scale(ActionClass.SCALE_OUT, resource, from, from + 1 + random.nextInt(4 * from + 4));
    }

    private static Action scale(ActionClass kind, String resource, int from, int to) {
        return Action.of(kind, resource, "shop", "eu", from, to, Money.dollars(UNIT_DOLLARS));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noLimitIsExceededAndEveryHoldEnds(long seed) {
        Run run = run(seed); // the fleet checks each change as it happens
        Set<String> confirmed = new HashSet<>();
        Map<String, Instant> firm = new HashMap<>();
        Map<String, Instant> leased = new HashMap<>();
        var state = SafetyState.INITIAL;
        for (SafetyEvent event : run.decisions().host.journal()) {
            state = event.applyTo(state);
            assertThat(state.violations()).as("%s", event).isEmpty();
            if (event instanceof QuotaLeased lease) {
                leased.put(lease.decision(), lease.at());
            } else if (event instanceof LeaseConfirmed confirm) {
                assertThat(confirmed.add(confirm.decision())).isTrue();
                Instant at = leased.get(confirm.decision());
                assertThat(at).isNotNull();
                firm.put(confirm.decision(), at);
            }
        }
        assertRate(new ArrayList<>(firm.values()));
        var last = run.decisions().host.state();
        assertThat(last.holds()).isEqualTo(Holds.NONE);
        assertThat(last.vmsUsed()).isEqualTo(run.fleet().vmsAdded()); // nothing lost, nothing leaked
        assertThat(last.perHourUsed())
                .isEqualTo(Money.dollars(UNIT_DOLLARS).times(run.fleet().vmsAdded()));
    }

    private static void assertRate(List<Instant> grants) {
        for (Instant end : grants) {
            Instant start = end.minus(Duration.ofMinutes(1));
            assertThat(grants.stream().filter(at -> at.isAfter(start) && !at.isAfter(end)))
                    .hasSizeLessThanOrEqualTo(RATE);
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 240);
    }

    /** A transition that the seeds never take is one that they never test. */
    @Test
    void everyEventHappensAndChangesAreMade() {
        Set<Class<?>> seen = new HashSet<>();
        int changes = 0;
        for (long seed = 0; seed < 8; seed++) {
            Run run = run(seed);
            run.decisions().host.journal().forEach(e -> seen.add(e.getClass()));
            changes += run.fleet().changes;
        }
        assertThat(seen).containsExactlyInAnyOrder(SafetyEvent.class.getPermittedSubclasses());
        assertThat(changes).isGreaterThan(100);
    }
}
