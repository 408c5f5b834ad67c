package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.budget.BudgetAgent;
import io.novacron.zeroops.agents.budget.BudgetEvent;
import io.novacron.zeroops.agents.budget.BudgetPolicy;
import io.novacron.zeroops.agents.budget.BudgetState;
import io.novacron.zeroops.agents.budget.Node;
import io.novacron.zeroops.agents.budget.Watch;
import io.novacron.zeroops.agents.core.Event;
import io.novacron.zeroops.persistence.journal.JournalEntry;
import io.novacron.zeroops.persistence.journal.JournalReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The books of the budget, in memory: what one node uses follows from all holds and commitments, so that nothing less than
 * the whole state will do. Immutable; bounded as the budget itself is.
 *
 * @param sequence of the last of the budget's rows that it says
 */
record BudgetProjection(BudgetState state, long sequence) {
    /** There is one tree. */
    static final String ENTITY = "budget/main";

    private static final String TREE = "main";

    static final BudgetProjection NEW = new BudgetProjection(new BudgetAgent(TREE, BudgetPolicy.DEFAULT).initial(), 0);

    /** From the newest snapshot, if there is one: it may be ahead of the other views for a moment. */
    static BudgetProjection begin(JournalReader reader) {
        return reader.snapshot(ENTITY)
                .filter(found -> found.state() instanceof BudgetState)
                .map(found -> new BudgetProjection((BudgetState) found.state(), found.sequence()))
                .orElse(NEW);
    }

    BudgetProjection plus(JournalEntry entry) {
        BudgetState after = state;
        for (Event event : entry.events()) {
            if (event instanceof BudgetEvent changed) {
                after = changed.applyTo(after);
            }
        }
        return new BudgetProjection(after, entry.sequence());
    }

    BudgetProjection plus(List<JournalEntry> page) {
        BudgetProjection after = this;
        for (JournalEntry entry : page) {
            if (entry.entity().equals(ENTITY) && entry.sequence() > after.sequence()) {
                after = after.plus(entry);
            }
        }
        return after;
    }

    /** The newest first. */
    List<Watch.Anomaly> anomalies() {
        List<Watch.Anomaly> newest = new ArrayList<>(state.watch().anomalies());
        Collections.reverse(newest);
        return newest;
    }

    /** Each node before those below it, siblings by id. */
    List<BudgetView> views() {
        Map<String, List<Node>> children = new TreeMap<>();
        for (Node node : state.tree().nodes().values()) {
            children.computeIfAbsent(node.parent(), parent -> new ArrayList<>()).add(node);
        }
        List<BudgetView> views = new ArrayList<>();
        addBelow("", children, views);
        return views;
    }

    /** As deep as {@code Tree.DEPTH_MAX} at most. */
    private void addBelow(String parent, Map<String, List<Node>> children, List<BudgetView> views) {
        for (Node node : children.getOrDefault(parent, List.of())) {
            views.add(new BudgetView(
                    TREE,
                    node.id(),
                    node.parent(),
                    node.limit(),
                    state.usageOf(node.id()),
                    state.watch().spent().getOrDefault(node.id(), 0),
                    state.watch().expected().getOrDefault(node.id(), 0)));
            addBelow(node.id(), children, views);
        }
    }
}
