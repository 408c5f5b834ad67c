package io.novacron.zeroops.simulations.host;

import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Effect;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Reply;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.Turn;
import io.novacron.zeroops.agents.fleet.FleetProvider;
import io.novacron.zeroops.simulations.fault.CrashPoints;
import io.novacron.zeroops.simulations.fault.CrashPoints.Moment;
import io.novacron.zeroops.simulations.fault.Faults;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs agents on simulated nodes: each command is one turn, decide, journal, act, as in the Akka host. What is lost when
 * a node dies is what would be lost there: everything but the journal.
 */
public class SimulationHost {
    /** The least sleep, so that a clock that is behind its timer does not spin. */
    private static final long SLEEP_MIN_MS = 10;

    private final Scheduler scheduler;
    private final Faults faults;
    private final CrashPoints crashPoints;
    private final SimulatedJournal journal;
    private final Function<String, Optional<Agent<?, ?, ?>>> agents;
    private final Watcher watcher;
    private final Network network;
    private final Membership membership;
    private final EffectRunner effects;

    /** Everything that a host is given; {@code agents} makes the agent of an address, empty for one outside. */
    public record Parts(
            Scheduler scheduler,
            Faults faults,
            CrashPoints crashPoints,
            SimulatedJournal journal,
            FleetProvider provider,
            Function<String, Optional<Agent<?, ?, ?>>> agents,
            Outside outside,
            Watcher watcher,
            int nodes) {}

    // What it hands on is called by the scheduler, which runs nothing before this is complete.
    @SuppressWarnings("this-escape")
    public SimulationHost(Parts parts) {
        this.scheduler = parts.scheduler();
        this.faults = parts.faults();
        this.crashPoints = parts.crashPoints();
        this.journal = parts.journal();
        this.agents = parts.agents();
        this.watcher = parts.watcher();
        this.network = new Network(scheduler, faults);
        this.membership = new Membership(scheduler, faults, parts.nodes(), this::rebalance);
        this.effects = new EffectRunner(parts, network, membership, this::receive);
    }

    /** A command from outside, over the network like any other. */
    public void tell(String address, Command command) {
        network.send(() -> receive(membership.owner(address), address, command, EffectRunner.Receiver.NO_REPLY));
    }

    /** The same, and the reply, if it is not lost on its way. */
    public void ask(String address, Command command, Consumer<Reply> replied) {
        network.send(() -> receive(
                membership.owner(address), address, command, reply -> network.send(() -> replied.accept(reply))));
    }

    /** Ends all faults and outages; from here on everything that is pending has to end. */
    public void heal() {
        faults.stop();
        membership.heal();
    }

    /** The ids of all effects that are still pending, over all entities, in order. */
    public Set<String> pending() {
        Set<String> ids = new TreeSet<>();
        for (String address : journal.owing()) {
            pendingOf(recover(address)).forEach(effect -> ids.add(effect.id()));
        }
        return ids;
    }

    /** The state of an entity as its journal tells it. */
    public State state(String address) {
        return recover(address).state();
    }

    private static <S extends State> List<Effect> pendingOf(Entity<?, ?, S> entity) {
        return entity.agent.pending(entity.state());
    }

    private void receive(Node node, String address, Command command, Consumer<Reply> replyTo) {
        if (!node.up) {
            return; // the sender will try again
        } else if (node.pausedUntil > scheduler.now()) {
            scheduler.at(node.pausedUntil, () -> receive(node, address, command, replyTo));
            return;
        }
        Entity<?, ?, ?> entity = node.entity(address);
        if (entity == null) {
            if (membership.owner(address) != node) {
                return; // it has moved; the sender will find the new owner
            }
            entity = recover(address);
            node.put(entity);
            act(node, entity);
        }
        if (node.up) {
            turn(node, entity, command, replyTo);
        }
    }

    private Entity<?, ?, ?> recover(String address) {
        Agent<?, ?, ?> agent = agents.apply(address)
                .orElseThrow(() -> new IllegalStateException("no agent has the address '" + address + "'"));
        return Entity.recovered(address, agent, journal.events(address));
    }

    /** Decides, journals and acts; returns whether anything was journaled. */
    private <E extends Event, S extends State> boolean turn(
            Node node, Entity<?, E, S> entity, Command command, Consumer<Reply> replyTo) {
        var taken = entity.take(command, clock(node));
        if (taken.result().events().isEmpty()) {
            replyTo.accept(taken.result().reply());
            return false;
        }
        List<Effect> newly = newlyPending(entity, taken);
        if (dies(node, newly, Moment.BEFORE_PERSIST) || !persist(node, entity, taken)) {
            return true;
        } else if (dies(node, newly, Moment.AFTER_PERSIST)) {
            return true;
        }
        act(node, entity);
        if (node.up) {
            replyTo.accept(taken.result().reply());
            if (entity.address.startsWith("decision/") && !entity.owes(entity.state())) {
                node.remove(entity.address); // it has ended; whoever still asks wakes it from the journal
            }
        }
        return true;
    }

    /** Writes, and only then believes; overridden by tests that plant a bug here. */
    <E extends Event, S extends State> boolean persist(Node node, Entity<?, E, S> entity, Turn.Taken<E, S> taken) {
        List<E> events = taken.result().events();
        boolean owes = entity.owes(taken.after());
        if (!journal.append(entity.address, entity.sequence(), events, owes, scheduler.instant())) {
            faults.count("stale_writer_refused");
            node.remove(entity.address);
            return false;
        }
        entity.become(taken.after(), events.size());
        watcher.journaled(entity.address, events, taken.after());
        return true;
    }

    private <E extends Event, S extends State> List<Effect> newlyPending(
            Entity<?, E, S> entity, Turn.Taken<E, S> taken) {
        if (faults.stopped() || faults.profile().crash() <= 0) {
            return List.of();
        }
        List<Effect> before = entity.agent.pending(entity.state());
        return entity.agent.pending(taken.after()).stream()
                .filter(effect -> !before.contains(effect))
                .toList();
    }

    private boolean dies(Node node, List<Effect> effects, Moment moment) {
        for (Effect effect : effects) {
            if (crashPoints.strikes(effect, moment)) {
                crash(node);
                return true;
            }
        }
        return false;
    }

    private void crash(Node node) {
        node.all().forEach(this::compare);
        membership.crash(node);
    }

    /** What an entity believed must be what its journal says. */
    private void compare(Entity<?, ?, ?> entity) {
        if (journal.events(entity.address).size() == entity.sequence()) {
            watcher.recovered(
                    entity.address, entity.state(), recover(entity.address).state());
        }
    }

    /** Runs what is due, and sets the one timer for what comes next. */
    void act(Node node, Entity<?, ?, ?> entity) {
        var plan = entity.plan(clock(node));
        long timer = entity.nextTimer();
        long life = node.life;
        plan.wakeAt().ifPresent(at -> {
            long wakeAt = Math.max(scheduler.millis(at) - node.skewMs, scheduler.now() + SLEEP_MIN_MS);
            scheduler.at(wakeAt, () -> wake(node, life, entity, timer));
        });
        for (Effect effect : plan.due()) {
            if (dies(node, List.of(effect), Moment.BEFORE_EFFECT)) {
                return;
            }
            effects.run(node, entity, effect);
            if (dies(node, List.of(effect), Moment.AFTER_EFFECT)) {
                return;
            }
        }
    }

    private void wake(Node node, long life, Entity<?, ?, ?> entity, long timer) {
        boolean isGone = !node.up || node.life != life || node.entity(entity.address) != entity;
        if (isGone || !entity.isCurrent(timer)) {
            return;
        } else if (node.pausedUntil > scheduler.now()) {
            scheduler.at(node.pausedUntil, () -> wake(node, life, entity, timer));
            return;
        }
        boolean journaled = entity.due(clock(node))
                .map(command -> turn(node, entity, command, EffectRunner.Receiver.NO_REPLY))
                .orElse(false);
        if (!journaled && node.up) {
            act(node, entity);
        }
    }

    /** Owners have changed, or a node is new: entities stop where they are no longer owned, and wake where they are. */
    private void rebalance() {
        List<String> owing = journal.owing();
        for (Node node : membership.nodes()) {
            if (!membership.isWell(node)) {
                continue;
            }
            for (Entity<?, ?, ?> entity : node.all()) {
                if (membership.owner(entity.address) != node) {
                    compare(entity);
                    node.remove(entity.address);
                }
            }
            for (String address : owing) {
                if (node.up && membership.owner(address) == node && node.entity(address) == null) {
                    Entity<?, ?, ?> entity = recover(address);
                    node.put(entity);
                    act(node, entity);
                }
            }
        }
    }

    private Instant clock(Node node) {
        return scheduler.instant().plusMillis(node.skewMs);
    }
}
