package io.novacron.zeroops.agents.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Expiries;
import io.novacron.zeroops.agents.core.FaultyHost;
import io.novacron.zeroops.agents.core.FaultyNetwork;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.ActionClass.OnFailure;
import io.novacron.zeroops.agents.decision.Change;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ChangeEnded;
import io.novacron.zeroops.agents.fleet.ResourceEvent.ChangeStarted;
import io.novacron.zeroops.agents.fleet.ResourceEvent.DriftObserved;
import io.novacron.zeroops.agents.fleet.ResourceState.Flight;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
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
class ResourcePropertyTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final ResourcePolicy POLICY = new ResourcePolicy(
            Duration.ofSeconds(20), Duration.ofSeconds(90), Duration.ofSeconds(60), Duration.ofMinutes(5));
    private static final List<ActionClass> OF_VM =
            List.of(ActionClass.START_VM, ActionClass.STOP_VM, ActionClass.RESTART_VM, ActionClass.RESTART_VM);
    private static final List<ActionClass> OF_HOST =
            List.of(ActionClass.CORDON_HOST, ActionClass.UNCORDON_HOST, ActionClass.DRAIN_HOST);

    private record Run(
            FakeFleet fleet, Askers askers, FaultyHost<Command, ResourceEvent, ResourceState> host, Lifecycle kind) {}

    private static Run run(long seed) {
        var random = new SplittableRandom(seed);
        var network = new FaultyNetwork(random.split(), T0);
        var kind = List.of(Lifecycle.values()).get((int) (seed % 3));
        String address =
                switch (kind) {
                    case WORKLOAD -> "workload/web";
                    case VM -> "vm/1";
                    case HOST -> "host/1";
                };
        var first =
                switch (kind) {
                    case WORKLOAD -> Condition.RUNNING;
                    case VM -> Condition.STOPPED;
                    case HOST -> Condition.ACTIVE;
                };
        var fleet = new FakeFleet(network, address, first, kind == Lifecycle.WORKLOAD ? 5 : 0);
        var agent = new ResourceAgent(address, kind, POLICY);
        var host = new FaultyHost<>(agent, network, fleet::run);
        var askers = new Askers(agent, network, host, fleet, random.split());
        for (int i = 0; i < 60; i++) {
            if (random.nextInt(3) > 0) {
                Observed seen = fleet.truth(); // as it is now, read later
                network.send(() -> host.receive(new Reconcile(seen)));
            }
            if (random.nextInt(12) == 0 && kind == Lifecycle.WORKLOAD) {
                fleet.drift(Condition.RUNNING, random.nextInt(10));
            } else if (random.nextInt(12) == 0 && kind == Lifecycle.VM) {
                fleet.drift(random.nextBoolean() ? Condition.STOPPED : Condition.FAILED, 0);
            }
            var priority = List.of(Priority.P0, Priority.P1, Priority.P2).get(random.nextInt(3));
            askers.start("d" + i, action(random, kind, address, host.state()), priority);
            network.run(Duration.ofMillis(random.nextInt(30_000)));
        }
        network.stopFaults();
        network.run(POLICY.longest().plus(Duration.ofMinutes(10)));
        return new Run(fleet, askers, host, kind);
    }

    /** Mostly one that could be. */
    private static Action action(SplittableRandom random, Lifecycle kind, String address, ResourceState known) {
        int from = known.instances();
        boolean grows = from == 0 || random.nextBoolean();
        ActionClass action =
                switch (kind) {
                    case WORKLOAD -> grows ? ActionClass.SCALE_OUT : ActionClass.SCALE_IN;
                    case VM ->
                        random.nextInt(100) == 0
                                ? ActionClass.DELETE_VM
                                : OF_VM.stream()
                                        .filter(a -> kind.allows(a, known.condition()))
                                        .skip(random.nextInt(2))
                                        .findFirst()
                                        .orElse(ActionClass.START_VM);
                    case HOST -> OF_HOST.get(random.nextInt(3));
                };
        int to = kind == Lifecycle.WORKLOAD
                ? grows ? from + 1 + random.nextInt(9) : random.nextInt(from)
                : action == ActionClass.START_VM || action == ActionClass.RESTART_VM ? 1 : 0;
        return Action.of(action, address, "shop", "eu", from, to, Money.dollars(1));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void actsAtMostOnceTellsTheTruthAndEnds(long seed) {
        Run run = run(seed);
        List<Long> effects = run.fleet().effects;
        assertThat(effects).doesNotHaveDuplicates().isSorted();
        Set<String> begun = new HashSet<>();
        Map<String, Change.Ended> ended = new HashMap<>();
        var state = ResourceState.INITIAL;
        long highestSeen = 0;
        for (ResourceEvent event : run.host().journal()) {
            if (event instanceof ChangeStarted started) {
                assertThat(state.flight()).isEmpty(); // one change in flight
                assertThat(state.slot().get(started.decision())).isPresent();
                assertThat(begun.add(started.decision())).isTrue();
                assertThat(run.askers().refused).doesNotContain(started.decision());
                assertThat(started.generation()).isGreaterThan(state.generation());
            } else if (event instanceof ChangeEnded done) {
                Flight flight = state.flight().orElseThrow();
                assertThat(done.at()).isBeforeOrEqualTo(flight.until().plus(Duration.ofMinutes(1)));
                assertTrue(run, flight, state.generation(), done);
                ended.put(flight.decision(), done.result());
                highestSeen = knownEffect(done) ? flight.applied() : highestSeen;
            } else if (event instanceof DriftObserved) {
                assertThat(state.flight()).isEmpty();
                assertThat(state.slot().open()).isEmpty();
                assertThat(state.last().map(ResourceState.Landed::applied).orElse(0L))
                        .isEqualTo(highestSeen);
            }
            state = event.applyTo(state);
            assertThat(state.slot().open()).hasSizeLessThanOrEqualTo(1);
            assertThat(state.asOf()).isEqualTo(event.at());
        }
        assertThat(state).isEqualTo(run.host().state());
        assertThat(state.flight()).isEmpty();
        assertThat(state.slot().open()).isEmpty();
        assertThat(state.slot().ended()).isEqualTo(Expiries.NONE);
        assertThat(ended.keySet()).isEqualTo(begun);
        run.askers().told.forEach((decision, told) -> assertThat(told).isEqualTo(ended.get(decision)));
    }

    private static boolean knownEffect(ChangeEnded done) {
        return !EnumSet.of(Change.End.ESCALATED, Change.End.NO_EFFECT)
                .contains(done.result().end());
    }

    /** What the journal says of a change against what the fleet did, then or at any later time. */
    private static void assertTrue(Run run, Flight flight, long generation, ChangeEnded done) {
        List<Long> mine = run.fleet().effects.stream()
                .filter(g -> g >= flight.first() && g <= generation)
                .toList();
        switch (done.result().end()) {
            case VERIFIED, UNDONE -> {
                assertThat(flight.undoing()).isEqualTo(done.result().end() == Change.End.UNDONE);
                assertThat(mine).as("%s", done).isNotEmpty();
                assertThat(run.fleet().history)
                        .anyMatch(shown -> shown.applied() >= flight.first()
                                && shown.applied() <= generation
                                && shown.condition() == done.condition()
                                && shown.instances() == done.result().level());
            }
            case NO_EFFECT -> {
                if (flight.action().kind().onFailure() != OnFailure.KEEP) {
                    assertThat(mine).as("%s", done).isEmpty(); // neither then nor ever after
                }
            }
            case PARTIAL -> {
                assertThat(flight.action().kind().onFailure()).isEqualTo(OnFailure.KEEP);
                assertThat(mine).as("%s", done).isNotEmpty();
            }
            case ESCALATED -> assertThat(done.result().detail()).isNotEmpty();
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    /** A transition that the seeds never take is one that they never test. */
    @Test
    void everyEventEveryEndAndEveryPhaseHappens() {
        Set<Class<?>> events = new HashSet<>();
        Set<Change.End> ends = EnumSet.noneOf(Change.End.class);
        Set<ResourceState.Phase> phases = EnumSet.noneOf(ResourceState.Phase.class);
        Set<Lifecycle> verified = EnumSet.noneOf(Lifecycle.class);
        int refused = 0;
        for (long seed = 0; seed < 60; seed++) {
            Run run = run(seed);
            var state = ResourceState.INITIAL;
            for (ResourceEvent event : run.host().journal()) {
                events.add(event.getClass());
                if (event instanceof ChangeEnded done) {
                    ends.add(done.result().end());
                    if (done.result().end() == Change.End.VERIFIED) {
                        verified.add(run.kind());
                    }
                }
                state = event.applyTo(state);
                state.flight().map(Flight::phase).ifPresent(phases::add);
            }
            refused += run.askers().refused.size();
        }
        assertThat(events).containsExactlyInAnyOrder(ResourceEvent.class.getPermittedSubclasses());
        assertThat(ends).isEqualTo(EnumSet.allOf(Change.End.class));
        assertThat(phases).isEqualTo(EnumSet.allOf(ResourceState.Phase.class));
        assertThat(verified).isEqualTo(EnumSet.allOf(Lifecycle.class));
        assertThat(refused).isPositive();
    }
}
