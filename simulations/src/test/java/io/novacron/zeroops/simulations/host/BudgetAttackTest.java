package io.novacron.zeroops.simulations.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Confirm;
import io.novacron.zeroops.agents.decision.ReviewCommand.End;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.decision.Vote;
import io.novacron.zeroops.simulations.evaluation.JournalSink;
import io.novacron.zeroops.simulations.fault.CrashPoints;
import io.novacron.zeroops.simulations.fault.FaultProfile;
import io.novacron.zeroops.simulations.fault.Faults;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ten thousand proposals at once against a tree with money for one in a hundred, on three nodes that crash, over a network that
 * loses, repeats and delays: no limit is exceeded by a millionth of a dollar, no money is lost, and the most important project
 * gets what it asks for.
 */
class BudgetAttackTest {
    /** Ten hours before the month ends: ten dollars for each instance. */
    private static final Instant START = Instant.parse("2026-03-31T14:00:00Z");

    private static final int PROPOSALS = 10_000;
    private static final Money LIMIT = Money.dollars(1_000);
    private static final int AUDIT_EVERY = 500;
    private static final long DEADLINE_MS = 5 * 60_000;
    private static final String BUDGET = "budget/main";
    private static final FaultProfile HARSH = new FaultProfile(0.05, 0.05, 0.02, 0, 0, 0, 0, 0.002, 40, 20, 500);

    private final Scheduler scheduler = new Scheduler(START);
    private final Map<String, Client> clients = new TreeMap<>();
    private long turns;

    /** What one decision asks for, until it has its answer and has ended. */
    private final class Client {
        private final SimulationHost host;
        private final String decision;
        private final Action action;
        private final Priority priority;
        private final boolean isKept;
        private final Instant until = START.plusMillis(DEADLINE_MS);
        private boolean isGranted;
        private boolean isRefused;
        private boolean isConfirmed;
        private boolean isEnded;
        private int granted;

        Client(SimulationHost host, String decision, Action action, Priority priority, boolean isKept) {
            this.host = host;
            this.decision = decision;
            this.action = action;
            this.priority = priority;
            this.isKept = isKept;
        }

        /** Asks until it is answered, as a decision does. */
        void step(long retryMs) {
            if (isRefused || isEnded) {
                return;
            }
            if (!isGranted) {
                host.ask(BUDGET, new Hold(decision, action, priority, until), this::voted);
            } else if (!isConfirmed) {
                host.ask(BUDGET, new Confirm(decision), this::confirmed);
            } else {
                host.ask(BUDGET, new End(decision, isKept ? granted : 0, until), reply -> isEnded |= reply.accepted());
            }
            scheduler.after(retryMs, () -> step(Math.min(8_000, 2 * retryMs)));
        }

        private void voted(Reply reply) {
            if (!isGranted && reply.accepted() && reply.answer() instanceof Vote.Reject) {
                isRefused = true;
            } else if (!isGranted && reply.accepted() && reply.answer() instanceof Vote vote) {
                isGranted = true;
                granted = vote instanceof Vote.Counter counter ? counter.to() : action.to();
                step(1_000);
            } else if (!reply.accepted() && !reply.code().equals("not_now")) {
                isRefused = true;
            }
        }

        private void confirmed(Reply reply) {
            if (reply.accepted() && !isConfirmed) {
                isConfirmed = true;
                step(1_000);
            } else if (!reply.accepted()) {
                isRefused = true; // preempted, or lapsed
            }
        }
    }

    private record Time(Scheduler scheduler) implements SimulatedProvider.Clock {
        @Override
        public long now() {
            return scheduler.now();
        }

        @Override
        public void at(long millis, Runnable action) {
            scheduler.at(millis, action);
        }
    }

    private Watcher watcher() {
        return new Watcher() {
            @Override
            public void journaled(String entity, List<? extends Event> events, State after) {
                if (after instanceof BudgetState budget) {
                    budget.tree().nodes().values().forEach(node -> assertThat(
                                    budget.usageOf(node.id()).total())
                            .isLessThanOrEqualTo(node.limit()));
                    if (++turns % AUDIT_EVERY == 0) {
                        assertThat(budget.violations()).isEmpty();
                    }
                }
            }

            @Override
            public void recovered(String entity, State lived, State replayed) {
                assertThat(replayed).isEqualTo(lived);
            }
        };
    }

    private static Optional<Agent<?, ?, ?>> agent(String address) {
        return address.equals(BUDGET) ? Optional.of(new BudgetAgent("main", BudgetPolicy.DEFAULT)) : Optional.empty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noLimitIsExceededAndTheMostImportantIsServed(long seed) {
        var random = new SplittableRandom(seed);
        var faults = new Faults(HARSH, random.split());
        var host = new SimulationHost(new SimulationHost.Parts(
                scheduler,
                faults,
                new CrashPoints(faults, seed),
                new SimulatedJournal("attack", JournalSink.NONE),
                new SimulatedProvider(new Time(scheduler), faults, (resource, key, generation, operation) -> {}),
                BudgetAttackTest::agent,
                Outside.SILENT,
                watcher(),
                3));
        host.tell(
                BUDGET,
                new Allocate(
                        "test",
                        List.of(
                                new Node("org", "", LIMIT, 0),
                                new Node("web", "org", LIMIT, 9),
                                new Node("batch", "org", LIMIT, 1))));
        scheduler.runUntil(1_000);
        faults.begin();
        List<Client> important = new ArrayList<>();
        for (int i = 0; i < PROPOSALS; i++) {
            boolean isImportant = i % 2_000 == 1_999; // five of them, the last of all among them
            String resource = "workload/" + (isImportant ? "web-" : "batch-") + i;
            Action action = Action.of(
                    ActionClass.SCALE_OUT,
                    resource,
                    isImportant ? "web" : "batch",
                    "eu-1",
                    0,
                    isImportant ? 1 : 1 + random.nextInt(3),
                    Money.dollars(1));
            var client = new Client(
                    host,
                    "d/" + i,
                    action,
                    isImportant ? Priority.P0 : Priority.P2,
                    isImportant || random.nextInt(4) > 0);
            clients.put(client.decision, client);
            if (isImportant) {
                important.add(client);
            }
            scheduler.after(random.nextInt(2_000), () -> client.step(1_000));
        }
        long begun = System.nanoTime();
        scheduler.runUntil(DEADLINE_MS / 2);
        host.heal();
        scheduler.runUntil(2 * DEADLINE_MS);
        double seconds = (System.nanoTime() - begun) / 1e9;

        var budget = (BudgetState) host.state(BUDGET);
        assertThat(budget.violations()).isEmpty();
        assertThat(budget.usageOf("org").reserved()).isEqualTo(Money.ZERO);
        assertThat(important).allSatisfy(client -> assertThat(client.isConfirmed && client.isEnded)
                .as(client.decision)
                .isTrue());
        long kept = clients.values().stream()
                .filter(client -> client.isEnded && client.isKept)
                .mapToLong(client -> client.granted)
                .sum();
        // What is committed is what was granted and kept, and no more: nothing leaked, nothing counted twice.
        long perHour = budget.commitments().values().stream()
                .mapToLong(c -> c.finalRatePerHour().micros())
                .sum();
        assertThat(perHour).isEqualTo(Money.dollars(kept).micros());
        assertThat(faults.counts()).containsKeys("message_lost");
        long served = clients.values().stream().filter(c -> c.isConfirmed).count();
        System.out.printf(
                "seed %d: %,d proposals, %,.0f/s, %,d served, %,d turns journaled, %s used of %s, faults %s%n",
                seed,
                PROPOSALS,
                PROPOSALS / seconds,
                served,
                turns,
                budget.usageOf("org").total(),
                LIMIT,
                faults.counts());
    }
}
