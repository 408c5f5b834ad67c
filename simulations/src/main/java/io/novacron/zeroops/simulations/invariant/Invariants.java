package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.decision.DecisionEvent;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.decision.Holds;
import io.novacron.zeroops.agents.fleet.FleetOperation;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceEvent;
import io.novacron.zeroops.agents.fleet.ResourceState;
import io.novacron.zeroops.agents.fleet.ResourceState.Flight;
import io.novacron.zeroops.agents.safety.CalendarEvent;
import io.novacron.zeroops.agents.safety.CalendarState;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.agents.safety.SafetyState;
import io.novacron.zeroops.simulations.fleet.SimulatedProvider;
import io.novacron.zeroops.simulations.host.Watcher;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The invariants of the design, after every event:
 *
 * <ul>
 *   <li>money: spent + committed + reserved stay within the limit, at every node, and follow from what was decided and done;
 *   <li>no limit of {@code safety_constraints} is exceeded in any window, by what is promised and by what truly happens;
 *   <li>one change in flight per resource; each key takes effect at most once, and no lower generation after a higher;
 *   <li>every change belongs to exactly one approved decision, which all its reviewers firmly agreed to, is journaled
 *       before it takes effect, is issued anew only after the provider was asked, and ends;
 *   <li>no hold outlives its decision, or its own time;
 *   <li>what an entity believed when it died is what its journal says.
 * </ul>
 */
public final class Invariants implements Watcher, SimulatedProvider.EffectListener {
    private final Supplier<Instant> clock;
    private final Verdicts verdicts = new Verdicts();
    private final Decisions decisions = new Decisions(verdicts);
    private final Line line = new Line(verdicts);
    private final Effects effects;
    private final Promises promises = new Promises(verdicts, decisions);
    private final Books books = new Books(verdicts, decisions);
    private final Map<String, ResourceState> resources = new HashMap<>(); // never iterated
    private final Map<String, State> reviewers = new TreeMap<>(); // but owners
    private final Audits audits;

    /** Looks at everything after each event. */
    public Invariants(Supplier<Instant> clock, SafetyConstraints constraints) {
        this(clock, () -> constraints, Audits.always());
    }

    /** @param constraints those in force at the moment */
    public Invariants(Supplier<Instant> clock, Supplier<SafetyConstraints> constraints, Audits audits) {
        this.clock = clock;
        this.audits = audits;
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
                promises.decisionEnded(entity.substring("decision/".length()), at);
            }
        } else if (after instanceof ResourceState resource) {
            ResourceState before = resources.get(entity);
            for (Event event : events) {
                owner(entity, before, (ResourceEvent) event, at);
            }
            resources.put(entity, resource);
            promises.slot(entity, resource.slot(), at);
        } else {
            Optional<List<String>> touched = Touched.decisions(events);
            boolean isDue = audits.isDue(entity, size(after));
            reviewed(entity, events, after, isDue ? Optional.empty() : touched, at);
            reviewers.put(entity, after);
        }
    }

    /** @param touched decisions whose holds may have changed; empty to look at all there is */
    private void reviewed(
            String entity, List<? extends Event> events, State after, Optional<List<String>> touched, Instant at) {
        boolean whole = touched.isEmpty();
        if (after instanceof BudgetState budget) {
            line.saw(entity, events, budget, whole, at);
            promises.keeps(entity, budget.holds(), touched, budget.asOf(), at);
            books.saw(events.stream().map(BudgetEvent.class::cast).toList(), budget, whole, at);
        } else if (after instanceof SafetyState safety) {
            verdicts.none(touched.map(safety::exceededBy).orElseGet(safety::violations), at, entity);
            promises.keeps(entity, safety.holds(), touched, safety.asOf(), at);
        } else if (after instanceof CalendarState calendar) {
            if (whole
                    || events.stream().anyMatch(CalendarEvent.Promised.class::isInstance)) { // else there is only less
                verdicts.none(calendar.violations(), at, entity);
            }
            promises.keeps(entity, calendar.holds(), touched, calendar.asOf(), at);
        }
    }

    private static long size(State reviewer) {
        if (reviewer instanceof BudgetState budget) {
            return size(budget.holds()) + budget.commitments().size();
        } else if (reviewer instanceof SafetyState safety) {
            return size(safety.holds()) + safety.usage().resources().size();
        }
        return reviewer instanceof CalendarState calendar ? size(calendar.holds()) : 0;
    }

    private static long size(Holds holds) {
        return (long) holds.open().size() + holds.ended().size();
    }

    private void owner(String address, @Nullable ResourceState before, ResourceEvent event, Instant at) {
        Optional<Flight> flight = Optional.ofNullable(before).flatMap(ResourceState::flight);
        if (event instanceof ResourceEvent.ChangeStarted started) {
            boolean busy = flight.isPresent();
            verdicts.check(!busy, at, () -> address + " began " + started.decision() + " with a change in flight");
            decisions.executed(started.decision(), started.action(), at);
            promises.executed(started.decision(), started.action(), started.holdUntil(), at);
            effects.began(address, started.generation());
        } else if (event instanceof ResourceEvent.AttemptStarted attempt) {
            flight.ifPresent(f -> effects.issuedAnew(address, f.applied(), attempt.generation(), at));
        } else if (event instanceof ResourceEvent.ChangeEnded ended) {
            effects.ended(address, ended, at);
        }
    }

    @Override
    public void tookEffect(String resource, String key, long generation, FleetOperation operation) {
        effects.tookEffect(resource, key, generation, operation, resources.get(resource), clock.get());
    }

    /** Nobody tells {@link #tookEffect}. */
    void effectsAreUnknown() {
        effects.unknown();
    }

    @Override
    public void answered(String resource, long generation) {
        effects.answered(resource, generation);
    }

    @Override
    public void recovered(String entity, State lived, State replayed) {
        verdicts.check(
                lived.equals(replayed),
                clock.get(),
                () -> entity + " believed " + lived + ", its journal says " + replayed);
    }

    private void audit() {
        Instant at = clock.get();
        reviewers.forEach((entity, last) -> reviewed(entity, List.of(), last, Optional.empty(), at));
    }

    /** At the end of a run whose faults had stopped: nothing may be pending, and every decision has ended. */
    public void ended(int pending) {
        audit();
        verdicts.check(pending == 0, clock.get(), () -> pending + " effects still pending at the end");
        decisions.allEnded(clock.get());
        promises.allEnded(clock.get());
    }

    /** Likewise: what truly is there is what the money is for. */
    public void settled(List<Observed> truth) {
        truth.stream().filter(o -> o.resource().startsWith("workload/")).forEach(o -> settled(o, 0));
    }

    /** @param lost instances whose money nobody gave back when they were lost */
    void settled(Observed truth, int lost) {
        books.settled(truth, lost, clock.get());
    }

    /** What was said by those outside, once the whole journal has been read. */
    void compare(Evidence evidence) {
        audit();
        evidence.provider().ifPresent(log -> log.check(verdicts));
        evidence.clients().ifPresent(clients -> clients.check(verdicts, evidence.atRest()));
        if (evidence.atRest()) {
            decisions.allEnded(clock.get());
        }
    }

    void check(boolean holds, Supplier<String> problem) {
        verdicts.check(holds, clock.get(), problem);
    }

    /** Decisions that have not ended, in order. */
    List<String> open() {
        return decisions.open();
    }

    /** A problem that another part of the simulation met. */
    public void failed(String problem) {
        check(false, () -> problem);
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
