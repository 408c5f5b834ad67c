package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.decision.DecisionEvent;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.ResourceEvent;
import io.novacron.zeroops.agents.fleet.ResourceState;
import io.novacron.zeroops.agents.safety.CalendarState;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.safety.SafetyState;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import io.novacron.zeroops.simulations.host.Watcher;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The invariants of the design, after every event:
 *
 * <ul>
 *   <li>money: spent + committed + reserved stay within the limit, at every node;
 *   <li>no limit of {@code safety_constraints} is exceeded in any window, by what is promised and by what truly happens;
 *   <li>one change in flight per resource; each key takes effect at most once, and no lower generation after a higher;
 *   <li>every change belongs to exactly one approved decision, is journaled before it takes effect, and ends;
 *   <li>no hold outlives its decision;
 *   <li>what an entity believed when it died is what its journal says.
 * </ul>
 */
public final class Invariants implements Watcher, SimulatedProvider.EffectListener {
    private final Supplier<Instant> clock;
    private final Verdicts verdicts = new Verdicts();
    private final Decisions decisions = new Decisions(verdicts);
    private final Line line = new Line(verdicts);
    private final Effects effects;
    private final Map<String, Holds> holds = new TreeMap<>();
    private final Map<String, ResourceState> resources = new HashMap<>(); // never iterated

    public Invariants(Supplier<Instant> clock, SafetyConstraints constraints) {
        this.clock = clock;
        this.effects = new Effects(verdicts, constraints);
    }

    @Override
    public void journaled(String entity, List<? extends Event> events, State after) {
        Instant at = clock.get();
        if (after instanceof DecisionState decision) {
            for (Event event : events) {
                decisions.saw(entity, (DecisionEvent) event, decision, at);
            }
            if (decision.phase() == DecisionState.Phase.ENDED) {
                String id = entity.substring("decision/".length());
                holds.forEach((reviewer, book) -> verdicts.check(
                        book.get(id).isEmpty(), at, () -> reviewer + " still holds for " + id + ", which has ended"));
            }
        } else if (after instanceof BudgetState budget) {
            line.saw(entity, events, budget, at);
            book(entity, budget.holds(), at);
        } else if (after instanceof SafetyState safety) {
            verdicts.none(safety.violations(), at, entity);
            book(entity, safety.holds(), at);
        } else if (after instanceof CalendarState calendar) {
            verdicts.none(calendar.violations(), at, entity);
            book(entity, calendar.holds(), at);
        } else if (after instanceof ResourceState resource) {
            for (Event event : events) {
                owner(entity, (ResourceEvent) event, at);
            }
            resources.put(entity, resource);
            book(entity, resource.slot(), at);
        }
    }

    private void book(String reviewer, Holds book, Instant at) {
        for (String decision : book.open().keySet()) {
            verdicts.check(
                    !decisions.hasEnded(decision), at, () -> reviewer + " holds for " + decision + ", which had ended");
        }
        holds.put(reviewer, book);
    }

    private void owner(String address, ResourceEvent event, Instant at) {
        if (event instanceof ResourceEvent.ChangeStarted started) {
            ResourceState before = resources.get(address);
            boolean busy = before != null && before.flight().isPresent();
            verdicts.check(!busy, at, () -> address + " began " + started.decision() + " with a change in flight");
            decisions.executed(started.decision(), started.action(), at);
            effects.began(address, started.generation());
        } else if (event instanceof ResourceEvent.ChangeEnded ended) {
            effects.ended(address, ended, at);
        }
    }

    @Override
    public void tookEffect(String resource, String key, long generation, FleetOperation operation) {
        effects.tookEffect(resource, key, generation, operation, resources.get(resource), clock.get());
    }

    @Override
    public void recovered(String entity, State lived, State replayed) {
        verdicts.check(
                lived.equals(replayed),
                clock.get(),
                () -> entity + " believed " + lived + ", its journal says " + replayed);
    }

    /** At the end of a run whose faults had stopped: nothing may be pending, and every decision has ended. */
    public void ended(int pending) {
        verdicts.check(pending == 0, clock.get(), () -> pending + " effects still pending at the end");
        decisions.allEnded(clock.get());
    }

    /** A problem that another part of the simulation met. */
    public void failed(String problem) {
        verdicts.check(false, clock.get(), () -> problem);
    }

    /** Decisions that reached a verdict. */
    public long verdictsReached() {
        return decisions.concluded();
    }

    /** Of these, those that people had a hand in. */
    public long interventions() {
        return decisions.interventions();
    }

    public long checked() {
        return verdicts.checked();
    }

    public long violated() {
        return verdicts.violated();
    }

    /** The first of what failed, in words. */
    public List<String> problems() {
        return verdicts.problems();
    }
}
