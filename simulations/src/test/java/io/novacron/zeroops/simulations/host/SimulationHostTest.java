package io.novacron.zeroops.simulations.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.OwnerCommand.Execute;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.ReviewCommand.Hold;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.Lifecycle;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceAgent;
import io.novacron.zeroops.agents.fleet.ResourceCommand.Reconcile;
import io.novacron.zeroops.agents.fleet.ResourceEvent.DriftObserved;
import io.novacron.zeroops.agents.fleet.ResourcePolicy;
import io.novacron.zeroops.agents.fleet.ResourceState;
import io.novacron.zeroops.simulations.evaluation.JournalSink;
import io.novacron.zeroops.simulations.fault.CrashPoints;
import io.novacron.zeroops.simulations.fault.FaultProfile;
import io.novacron.zeroops.simulations.fault.Faults;
import io.novacron.zeroops.simulations.fleet.BootTimes;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One VM's owner on two nodes: what a crash, a pause and a cut leave of it. */
class SimulationHostTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final String VM = "vm/a";

    private final Scheduler scheduler = new Scheduler(START);
    private final Faults faults = new Faults(FaultProfile.NONE, new SplittableRandom(1));
    private final SimulatedJournal journal = new SimulatedJournal("run", JournalSink.NONE);
    private final List<String> effects = new ArrayList<>();
    private final List<State> recovered = new ArrayList<>();
    private final Opened host = new Opened(parts());

    /** Shows on which node each write was tried. */
    private static final class Opened extends SimulationHost {
        final List<Node> writers = new ArrayList<>();

        Opened(Parts parts) {
            super(parts);
        }

        @Override
        <E extends Event, S extends State> boolean persist(Node node, Entity<?, E, S> entity, Turn.Taken<E, S> taken) {
            writers.add(node);
            return super.persist(node, entity, taken);
        }

        Node lastWriter() {
            return writers.get(writers.size() - 1);
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

    private SimulationHost.Parts parts() {
        var provider = new SimulatedProvider(
                new Time(scheduler), faults, (resource, key, generation, operation) -> effects.add(key));
        provider.addVm(VM, new BootTimes(1, 20, 20, 0));
        var watcher = new Watcher() {
            @Override
            public void journaled(String entity, List<? extends Event> events, State after) {}

            @Override
            public void recovered(String entity, State lived, State replayed) {
                assertThat(replayed).isEqualTo(lived);
                recovered.add(replayed);
            }
        };
        return new SimulationHost.Parts(
                scheduler,
                faults,
                new CrashPoints(faults, 1),
                journal,
                provider,
                SimulationHostTest::agent,
                Outside.SILENT,
                watcher,
                2);
    }

    private static Optional<Agent<?, ?, ?>> agent(String address) {
        return Lifecycle.ofAddress(address)
                .map(lifecycle -> new ResourceAgent(address, lifecycle, ResourcePolicy.DEFAULTS));
    }

    private void run(long millis) {
        scheduler.runUntil(scheduler.now() + millis);
    }

    /** Stops the VM, up to the provider's having begun; then the owner's node. */
    private Node stopping() {
        var action = Action.of(ActionClass.STOP_VM, VM, "shop", "eu-1", 1, 0, Money.ZERO);
        host.tell(VM, new Reconcile(new Observed(VM, 0, Condition.RUNNING, 1, 0)));
        run(10);
        host.tell(VM, new Hold("d/1", action, Priority.P2, START.plusSeconds(30)));
        run(10);
        host.tell(VM, new Execute("d/1", action, START.plusSeconds(30)));
        run(10);
        assertThat(effects).containsExactly("vm/a/APPLYING/1");
        return host.lastWriter();
    }

    private ResourceState state() {
        return (ResourceState) host.state(VM);
    }

    private void assertStopped() {
        assertThat(state().condition()).isEqualTo(Condition.STOPPED);
        assertThat(effects).containsExactly("vm/a/APPLYING/1");
    }

    @Test
    void withoutFaultsTheChangeIsVerifiedAndNothingIsOwed() {
        stopping();
        run(30_000);
        assertStopped();
        assertThat(host.pending()).isEmpty();
        assertThat(journal.owing()).isEmpty();
        assertThat(host.writers).containsOnly(host.lastWriter());
    }

    @Test
    void aCrashLosesTheMemoryAndNotTheJournal() {
        Node node = stopping();
        long life = node.life;
        long journaled = journal.size();
        node.die();
        assertThat(node.entity(VM)).isNull();
        assertThat(journal.size()).isEqualTo(journaled);
        host.heal();
        assertThat(node.up).isTrue();
        assertThat(node.life).isGreaterThan(life);
        assertThat(Optional.ofNullable(node.entity(VM)).orElseThrow().state()).isEqualTo(state());
        run(60_000);
        assertStopped();
    }

    @Test
    void whatComesToAPausedNodeWaitsUntilItWakes() {
        Node node = stopping();
        long journaled = journal.size();
        node.pausedUntil = scheduler.now() + 5_000;
        run(4_999);
        assertThat(journal.size()).isEqualTo(journaled);
        run(30_000);
        assertStopped();
    }

    @Test
    void aZombiesWriteIsRefusedAndItStepsBack() {
        Node zombie = stopping();
        var stale = Optional.ofNullable(zombie.entity(VM)).orElseThrow();
        List<Event> others = List.of(new DriftObserved(scheduler.instant(), Condition.RUNNING, 1));
        zombie.pausedUntil = scheduler.now() + 10_000;
        journal.append(VM, stale.sequence(), others, true, scheduler.instant()); // a new owner's
        run(60_000);
        assertThat(faults.counts()).containsEntry("stale_writer_refused", 1L);
        assertThat(zombie.entity(VM)).isNotSameAs(stale); // what it is asked next it answers by the journal
        assertStopped();
    }

    @Test
    void afterHealingWhoeverOwesWakes() {
        Node node = stopping();
        node.remove(VM); // nothing but the journal's index remembers
        assertThat(journal.owing()).containsExactly(VM);
        host.heal();
        assertThat(node.entity(VM)).isNotNull();
        run(60_000);
        assertStopped();
        assertThat(journal.owing()).isEmpty();
    }

    @Test
    void effectsOfADeadLifeFindNobody() {
        Node node = stopping();
        long journaled = journal.size();
        node.life++; // restarted meanwhile: what was set off before answers to the old life
        run(60_000);
        assertThat(journal.size()).isEqualTo(journaled);
        assertThat(effects).hasSize(1);
        assertThat(recovered).isEmpty();
    }

    @Test
    void pendingNamesEffectsById() {
        assertThat(host.pending()).isEmpty();
        stopping();
        assertThat(host.pending()).allMatch(id -> id.startsWith(VM));
        List<Effect> pending = new ResourceAgent(VM, Lifecycle.VM, ResourcePolicy.DEFAULTS).pending(state());
        assertThat(pending).extracting(Effect::id).containsExactlyElementsOf(host.pending());
    }
}
