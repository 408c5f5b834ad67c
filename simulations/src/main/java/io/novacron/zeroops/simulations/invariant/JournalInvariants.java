package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.core.Agent;
import io.novacron.zeroops.agents.core.Command;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.agents.decision.DecisionState;
import io.novacron.zeroops.agents.fleet.Observed;
import io.novacron.zeroops.agents.fleet.ResourceState;
import io.novacron.zeroops.agents.safety.SafetyConstraints;
import io.novacron.zeroops.persistence.journal.JournalDatabase;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import io.novacron.zeroops.persistence.journal.OwingIndex;
import io.novacron.zeroops.persistence.journal.Position;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The {@link Invariants}, on the journal of a node that runs or has run: each event in the order in which it was written,
 * and where the fleet is simulated, what its ledger says truly happened. And of the journal itself:
 *
 * <ul>
 *   <li>an entity's rows are numbered from 1 without a gap, their epochs never go back, and no life of it writes after the
 *       next one has;
 *   <li>its newest snapshot is what its rows say;
 *   <li>where no node runs, the index of what is owed names exactly those who owe, and what runs is paid for.
 * </ul>
 *
 * Remembers all decisions, some 300 bytes each, and the states of whoever has not ended.
 */
public final class JournalInvariants {
    private final JournalDatabase database;
    private final JournalReader reader;
    private final Function<String, Rules> rules;
    private final Map<String, Rules> known = new HashMap<>(); // by the hash of settings; never iterated
    private Instant now = Instant.EPOCH;
    private Rules inForce = new Rules(address -> Optional.empty(), SafetyConstraints.DEFAULTS);
    private final Invariants invariants = new Invariants(() -> now, () -> inForce.constraints(), Audits.bySize());
    private final Evidence evidence;
    private final Truth truth;
    private final Lives lives = new Lives(invariants::check);
    private final Map<String, State> states = new TreeMap<>(); // by entity, but for decisions that have ended
    private final Map<String, JournalReader.Snapshot> snapshots = new HashMap<>(); // by entity; never iterated
    private Instant latest = Instant.EPOCH; // of all events
    private long rows;
    private long events;
    private long decisions;

    /**
     * What settings come to.
     *
     * @param agents the agent of an address, as the node's catalogue has it
     */
    public record Rules(Function<String, Optional<Agent<?, ?, ?>>> agents, SafetyConstraints constraints) {}

    private JournalInvariants(JournalDatabase database, Function<String, Rules> rules, Evidence evidence) {
        this.database = database;
        this.reader = new JournalReader(database);
        this.rules = rules;
        this.evidence = evidence;
        this.truth = evidence.provider()
                .map(log -> Truth.of(log.effects(), invariants))
                .orElseGet(() -> Truth.of(database.dataSource(), invariants));
    }

    /**
     * Reads and checks everything up to now.
     *
     * @param rules those under which a row was decided, by the hash of its settings
     * @param evidence to hold against the journal
     * @param progress told how much of the journal has been read, 0..1
     */
    public static JournalReport check(
            JournalDatabase database, Function<String, Rules> rules, Evidence evidence, DoubleConsumer progress) {
        Position last =
                new JournalReader(database).last(); // before the ledger, which has the effects of all until then
        return new JournalInvariants(database, rules, evidence).report(last, progress);
    }

    private JournalReport report(Position last, DoubleConsumer progress) {
        var page = new JournalReader.Page(List.of(), Position.START, 0, true);
        do {
            page = reader.page(page.upTo(), last, JournalReader.PAGE_MAX, entity -> true);
            page.entries().forEach(this::row);
            progress.accept(page.upTo().ordering() / (double) Math.max(1, last.ordering()));
        } while (page.isFull());
        boolean atRest = database.isOwned() || evidence.atRest();
        truth.end(atRest ? Instant.MAX : latest, this::at);
        at(latest);
        if (atRest) {
            owing();
            states.forEach(this::settled);
        }
        invariants.compare(evidence);
        return new JournalReport(
                rows,
                events,
                decisions,
                truth.effects(),
                invariants.checked(),
                invariants.violated(),
                invariants.problems(),
                invariants.open(),
                reserved());
    }

    private void at(Instant instant) {
        now = instant;
    }

    private void row(JournalEntry row) {
        rows++;
        at(row.events().get(0).at());
        inForce = known.computeIfAbsent(row.settings(), rules);
        lives.wrote(row.entity(), row.sequence(), row.writer(), row.epoch());
        Optional<Agent<?, ?, ?>> agent = inForce.agents().apply(row.entity());
        if (agent.isEmpty()) {
            invariants.failed("no agent has the address " + row.entity());
        } else {
            fold(row, agent.get());
        }
    }

    /** All of one entity's events are its agent's, and each is checked by itself: a row may hold those of many turns. */
    private <C extends Command, E extends Event, S extends State> void fold(JournalEntry row, Agent<C, E, S> agent) {
        String entity = row.entity();
        State before = states.get(entity);
        @SuppressWarnings("unchecked")
        S state = before == null ? agent.initial() : (S) before;
        if (row.sequence() == 1) {
            begins(entity);
        }
        for (Event event : row.events()) {
            events++;
            at(event.at());
            latest = latest.isAfter(event.at()) ? latest : event.at();
            truth.before(entity, event);
            @SuppressWarnings("unchecked")
            E own = (E) event;
            state = agent.apply(state, own);
            invariants.journaled(entity, List.of(event), state);
            truth.journaled(entity, event, this::at);
            at(event.at());
        }
        if (state instanceof DecisionState decision) {
            String id = entity.substring("decision/".length());
            evidence.clients().ifPresent(clients -> clients.journaled(id, decision, now));
        }
        if (state instanceof DecisionState decision && decision.phase() == DecisionState.Phase.ENDED) {
            states.remove(entity);
        } else {
            states.put(entity, state);
        }
        compare(row, state);
    }

    private void begins(String entity) {
        if (entity.startsWith("decision/")) {
            decisions++; // these have no snapshots
        } else {
            reader.snapshot(entity).ifPresent(snapshot -> snapshots.put(entity, snapshot));
        }
    }

    private void compare(JournalEntry row, State replayed) {
        var snapshot = snapshots.get(row.entity());
        if (snapshot != null && snapshot.sequence() == row.sequence()) {
            invariants.recovered(row.entity(), snapshot.state(), replayed);
        }
    }

    private void owing() {
        Set<String> named = new TreeSet<>();
        var index = new OwingIndex(database);
        String last = "";
        for (List<String> page = index.after(last); !page.isEmpty(); page = index.after(last)) {
            named.addAll(page);
            last = page.get(page.size() - 1);
        }
        Set<String> owe = new TreeSet<>();
        states.forEach((entity, state) -> inForce.agents()
                .apply(entity)
                .filter(agent -> owes(agent, state))
                .ifPresent(agent -> owe.add(entity)));
        named.removeIf(entity -> inForce.agents().apply(entity).isEmpty()); // its workload is gone from the settings
        Set<String> forgotten = new TreeSet<>(owe);
        forgotten.removeAll(named);
        invariants.check(forgotten.isEmpty(), () -> forgotten + " owe something, and nobody would wake them");
        named.removeAll(owe);
        invariants.check(named.isEmpty(), () -> named + " owe nothing, and would be woken");
    }

    @SuppressWarnings("unchecked")
    private static <S extends State> boolean owes(Agent<?, ?, S> agent, State state) {
        S own = (S) state;
        return agent.deadline(own).isPresent() || !agent.pending(own).isEmpty();
    }

    /** What a resource at rest is, is what truly is there, and what the money is for. */
    private void settled(String entity, State state) {
        if (!(state instanceof ResourceState resource)) {
            return;
        }
        truth.fence(entity)
                .ifPresent(fence -> invariants.check(
                        fence <= resource.generation(),
                        () -> "the provider has seen generation " + fence + " of " + entity + ", which journaled "
                                + resource.generation()));
        Observed there = truth.levels().get(entity);
        if (there == null || resource.flight().isPresent() || isPromisedMoney(entity)) {
            return;
        }
        invariants.check(
                there.applied() == 0 || there.instances() == resource.instances(), // else what was lost is seen later
                () -> entity + " has " + there.instances() + " instances, its journal says " + resource.instances());
        invariants.settled(there, truth.lost(entity));
    }

    private boolean isPromisedMoney(String resource) {
        return budgets().anyMatch(budget -> budget.holds().open().values().stream()
                .anyMatch(entry -> entry.action().resource().equals(resource)));
    }

    private Stream<BudgetState> budgets() {
        return states.values().stream().filter(BudgetState.class::isInstance).map(BudgetState.class::cast);
    }

    private Money reserved() {
        return budgets()
                .flatMap(budget -> budget.tree().nodes().values().stream()
                        .filter(Node::isRoot)
                        .map(root -> budget.usageOf(root.id()).reserved()))
                .reduce(Money.ZERO, Money::plus);
    }
}
