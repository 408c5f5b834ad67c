package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.fleet.Condition;
import io.novacron.zeroops.agents.fleet.FleetOperation.SetInstances;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceEvent;
import io.novacron.zeroops.simulations.live.JdbcFleetLedger;
import io.novacron.zeroops.simulations.live.Taken;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * What the ledger of a simulated fleet says truly happened, told in step with the journal: each change right after the
 * event that issued it. The order of the ledger is kept, so that one that came late is told late.
 *
 * <p>The ledger does not know of questions. That one was answered is taken from the owner's journal, which goes on only
 * then; that it fenced off what it asked about is checked against the instants of the ledger.
 */
final class Truth {
    /** The notes on the instances that ran before there was a journal, and on the fences of the provider. */
    private static final String FIRST = "adoption/";

    private static final String FENCE = "fence/";

    private final Invariants invariants;
    private final Map<String, Deque<Taken>> untold = new TreeMap<>(); // by resource
    private final Map<String, Taken> last = new HashMap<>(); // that was told, by resource; never iterated
    private final Map<String, Observed> levels = new TreeMap<>(); // by resource, at the ledger's end
    private final Map<String, Integer> lost = new HashMap<>(); // instances, by resource; never iterated
    private final Map<String, String> notes;
    private long effects;

    private Truth(Invariants invariants, Map<String, String> notes) {
        this.invariants = invariants;
        this.notes = notes;
    }

    /** Of nothing, where there is no simulated fleet. */
    static Truth of(DataSource database, Invariants invariants) {
        if (!JdbcFleetLedger.isIn(database)) {
            invariants.effectsAreUnknown();
            return new Truth(invariants, Map.of());
        }
        var ledger = new JdbcFleetLedger(database);
        var truth = new Truth(invariants, ledger.notes());
        truth.notes.forEach((name, note) -> {
            if (name.startsWith(FIRST)) {
                truth.level(name.substring(FIRST.length()), 0, Integer.parseInt(note.substring(note.indexOf(' ') + 1)));
            }
        });
        ledger.all().forEach(truth::add);
        return truth;
    }

    /** Of what a provider says took effect, in its order. */
    static Truth of(List<Taken> effects, Invariants invariants) {
        var truth = new Truth(invariants, Map.of());
        effects.forEach(truth::add);
        return truth;
    }

    private void level(String resource, long applied, int instances) {
        levels.put(resource, new Observed(resource, applied, Condition.RUNNING, instances, 0));
    }

    private void add(Taken taken) {
        String resource = taken.resource();
        Observed before = levels.get(resource);
        if (taken.generation() > 0) {
            untold.computeIfAbsent(resource, r -> new ArrayDeque<>()).add(taken);
            effects++;
        } else {
            int there = before == null ? 0 : before.instances();
            lost.merge(resource, Math.max(0, there - taken.instances()), Integer::sum);
        }
        level(resource, taken.generation(), taken.instances());
    }

    /** After this event of a resource was journaled, and checked. */
    void journaled(String resource, Event event, Consumer<Instant> clock) {
        if (event instanceof ResourceEvent.ChangeStarted started) {
            issued(resource, started.generation(), clock);
        } else if (event instanceof ResourceEvent.AttemptStarted attempt) {
            issued(resource, attempt.generation(), clock);
        } else if (event instanceof ResourceEvent.ChangeDoubted doubted) {
            invariants.answered(resource, doubted.generation());
        } else if (event instanceof ResourceEvent.CountStarted count) {
            invariants.answered(resource, count.generation());
        }
    }

    /** Before: whoever has an answer has it about all that could happen. */
    void before(String resource, Event event) {
        Taken taken = last.get(resource);
        if (taken != null
                && (event instanceof ResourceEvent.AttemptStarted || event instanceof ResourceEvent.ChangeStarted)) {
            invariants.check(
                    !taken.at().isAfter(event.at()),
                    () -> taken.key() + " took effect at " + taken.at() + ", after it was given up or had ended");
        }
    }

    private void issued(String resource, long generation, Consumer<Instant> clock) {
        Deque<Taken> waiting = untold.getOrDefault(resource, new ArrayDeque<>());
        while (!waiting.isEmpty() && waiting.getFirst().generation() <= generation) {
            tell(waiting.removeFirst(), clock);
        }
    }

    private void tell(Taken taken, Consumer<Instant> clock) {
        clock.accept(taken.at());
        last.put(taken.resource(), taken);
        invariants.tookEffect(taken.resource(), taken.key(), taken.generation(), new SetInstances(taken.instances()));
    }

    /** What no event issued, up to this instant: beyond it the journal may have gone on meanwhile. */
    void end(Instant until, Consumer<Instant> clock) {
        for (Deque<Taken> waiting : untold.values()) {
            waiting.stream().filter(taken -> !taken.at().isAfter(until)).forEach(taken -> tell(taken, clock));
        }
    }

    /** By resource, as it was left; those that never changed are not in it. */
    Map<String, Observed> levels() {
        return levels;
    }

    /** Instances that a resource lost, ever. */
    int lost(String resource) {
        return lost.getOrDefault(resource, 0);
    }

    /** The highest generation that the provider has seen. */
    OptionalLong fence(String resource) {
        String note = notes.get(FENCE + resource);
        return note == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(note));
    }

    long effects() {
        return effects;
    }
}
