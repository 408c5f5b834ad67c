package io.novacron.zeroops.agents.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.FaultyNetwork;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.safety.CalendarCommand.Freeze;
import io.novacron.zeroops.agents.safety.CalendarCommand.Thaw;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever races, is lost, repeated, late or killed: what is disrupted at once stays within the budget. */
class CalendarPropertyTest {
    private static final int IN_ALL = 4;
    private static final int PER_REGION = 2;

    /** What is truly being disrupted, counted without the calendar. */
    private static final class Disruptions implements RacingDecisions.Executor {
        private final FaultyNetwork network;
        private final SplittableRandom random;
        private final Set<String> going = new HashSet<>();
        private int most;

        Disruptions(FaultyNetwork network, SplittableRandom random) {
            this.network = network;
            this.random = random;
        }

        @Override
        public void execute(String decision, Action action, Consumer<Integer> achieved) {
            if (!action.kind().isDisruptive()) {
                achieved.accept(1);
                return;
            }
            String mine = action.region() + "/" + decision;
            going.add(mine);
            most = Math.max(most, going.size());
            assertThat(going).hasSizeLessThanOrEqualTo(IN_ALL);
            assertThat(going.stream().filter(d -> d.startsWith(action.region() + "/")))
                    .hasSizeLessThanOrEqualTo(PER_REGION);
            network.at(network.now().plusMillis(random.nextInt(40_000)), () -> {
                going.remove(mine);
                achieved.accept(1);
            });
        }
    }

    private record Run(RacingDecisions<CalendarEvent, CalendarState> decisions, Disruptions disruptions) {}

    private static Run run(long seed) {
        var random = new SplittableRandom(seed);
        var network = new FaultyNetwork(random.split(), Desk.T0);
        var disruptions = new Disruptions(network, random.split());
        var calendar = new ChangeCalendar(new CalendarPolicy(IN_ALL, PER_REGION));
        var decisions = new RacingDecisions<>(calendar, network, disruptions);
        var priorities = List.of(Priority.values());
        var regions = List.of("eu", "us", "asia");
        for (int i = 0; i < 150; i++) {
            String region = regions.get(random.nextInt(3));
            var kind = random.nextInt(10) == 0 ? ActionClass.RESTART_VM : ActionClass.STOP_VM;
            var action = Desk.vm(kind, "vm/" + i, region, 1, kind == ActionClass.STOP_VM ? 0 : 1);
            decisions.start("d" + i, action, priorities.get(random.nextInt(5)), Duration.ofSeconds(30));
            if (i % 10 == 0) {
                var until = network.now().plusSeconds(10 + random.nextInt(50));
                var scope = random.nextBoolean() ? new Scope.Everything() : new Scope.Region(region);
                decisions.tell(new Freeze("owner/" + random.nextInt(3), scope, "", until));
                decisions.tell(new Thaw("owner/" + random.nextInt(3)));
            }
            network.run(Duration.ofMillis(random.nextInt(10_000)));
        }
        network.stopFaults();
        network.run(Duration.ofMinutes(10));
        return new Run(decisions, disruptions);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theBudgetIsNeverExceededAndEverythingEnds(long seed) {
        Run run = run(seed);
        var state = CalendarState.INITIAL;
        for (CalendarEvent event : run.decisions().host.journal()) {
            state = event.applyTo(state);
            assertThat(state.violations()).as("%s", event).isEmpty();
        }
        assertThat(state.holds()).isEqualTo(Holds.NONE);
        assertThat(state.freezes()).isEmpty();
        assertThat(state.thawed()).isEmpty();
        assertThat(run.disruptions().going).isEmpty();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @Test
    void everyEventHappensAndTheBudgetIsReached() {
        Set<Class<?>> seen = new HashSet<>();
        int most = 0;
        boolean preempted = false;
        for (long seed = 0; seed < 10; seed++) {
            Run run = run(seed);
            for (CalendarEvent event : run.decisions().host.journal()) {
                seen.add(event.getClass());
                preempted |= event instanceof CalendarEvent.Promised p
                        && !p.preempted().isEmpty();
            }
            most = Math.max(most, run.disruptions().most);
        }
        assertThat(seen).containsExactlyInAnyOrder(CalendarEvent.class.getPermittedSubclasses());
        assertThat(most).isEqualTo(IN_ALL);
        assertThat(preempted).isTrue();
    }
}
