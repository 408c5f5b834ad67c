package io.novacron.zeroops.simulations.host;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.core.Turn;

/** Hosts with one planted bug each. */
public final class FlawedHosts {
    private FlawedHosts() {}

    /** Sets off what the state after the write wants done, and only then writes. */
    public static final class ActsBeforeItWrites extends SimulationHost {
        public ActsBeforeItWrites(Parts parts) {
            super(parts);
        }

        @Override
        <E extends Event, S extends State> boolean persist(Node node, Entity<?, E, S> entity, Turn.Taken<E, S> taken) {
            S before = entity.state();
            int events = taken.result().events().size();
            entity.become(taken.after(), events);
            act(node, entity);
            if (!node.up) {
                return false; // it died over it, and nothing was written
            }
            entity.become(before, -events);
            return super.persist(node, entity, taken);
        }
    }

    /** Believes what a deadline led to, and writes nothing of it. */
    public static final class KeepsDeadlinesToItself extends SimulationHost {
        private final Scheduler scheduler;

        public KeepsDeadlinesToItself(Parts parts) {
            super(parts);
            this.scheduler = parts.scheduler();
        }

        @Override
        <E extends Event, S extends State> boolean persist(Node node, Entity<?, E, S> entity, Turn.Taken<E, S> taken) {
            if (entity.due(scheduler.instant()).isPresent()) {
                entity.become(taken.after(), 0);
                return true;
            }
            return super.persist(node, entity, taken);
        }
    }

    /** Writes over what another has written meanwhile: a zombie's word counts as any other. */
    public static final class BelievesZombies extends SimulationHost {
        private final Parts parts;

        public BelievesZombies(Parts parts) {
            super(parts);
            this.parts = parts;
        }

        @Override
        <E extends Event, S extends State> boolean persist(Node node, Entity<?, E, S> entity, Turn.Taken<E, S> taken) {
            int behind = parts.journal().events(entity.address).size() - (int) entity.sequence();
            entity.become(entity.state(), behind);
            return super.persist(node, entity, taken);
        }
    }
}
