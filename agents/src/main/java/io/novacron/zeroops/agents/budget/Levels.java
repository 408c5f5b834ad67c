package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetEvent.Allocated;
import io.novacron.zeroops.agents.budget.BudgetEvent.Committed;
import io.novacron.zeroops.agents.budget.BudgetEvent.Metered;
import io.novacron.zeroops.agents.budget.BudgetEvent.PeriodRenewed;
import io.novacron.zeroops.agents.budget.BudgetEvent.Repricing;
import io.novacron.zeroops.agents.budget.BudgetState.Notice;
import io.novacron.zeroops.agents.budget.Watch.Reached;
import io.novacron.zeroops.agents.core.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which nodes have come to a level of their limit that was not told yet in this period. Looks at the paths that changed. */
final class Levels {
    /** One message names at most so many nodes; the event has all. */
    private static final int NAMED_MAX = 50;

    private Levels() {}

    static List<Reached> reached(BudgetState state, List<BudgetEvent> events, List<Integer> levels) {
        List<Reached> reached = new ArrayList<>();
        for (String id : changed(state, events)) {
            Optional<Node> node = state.tree().node(id);
            if (node.isPresent()) {
                Usage usage = state.usageOf(id);
                Money expected = usage.spent().plus(usage.committed());
                int told = state.watch().expected().getOrDefault(id, 0);
                level(expected, node.get(), levels, told).ifPresent(level -> reached.add(new Reached(id, true, level)));
                int toldSpent = state.watch().spent().getOrDefault(id, 0);
                level(usage.spent(), node.get(), levels, toldSpent)
                        .ifPresent(level -> reached.add(new Reached(id, false, level)));
            }
        }
        return reached;
    }

    /** The highest level that is reached, if it is above the one that was told. */
    private static Optional<Integer> level(Money used, Node node, List<Integer> levels, int told) {
        return levels.stream()
                .filter(level -> level > told && isReached(used, node, level))
                .max(Integer::compare);
    }

    static boolean isReached(Money used, Node node, int percent) {
        return used.times(100).micros() >= node.limit().times(percent).micros();
    }

    private static SortedSet<String> changed(BudgetState state, List<BudgetEvent> events) {
        SortedSet<String> changed = new TreeSet<>();
        for (BudgetEvent event : events) {
            if (event instanceof Committed committed) {
                committed.growth().map(Repricing::project).ifPresent(project -> addPath(state, project, changed));
            } else if (event instanceof Metered metered) {
                state.commitment(metered.resource()).ifPresent(c -> addPath(state, c.project(), changed));
            } else if (event instanceof Allocated || event instanceof PeriodRenewed) {
                changed.addAll(state.tree().nodes().keySet());
            }
        }
        return changed;
    }

    private static void addPath(BudgetState state, String project, SortedSet<String> to) {
        state.tree().path(project).forEach(node -> to.add(node.id()));
    }

    static Notice notice(String tree, BudgetState state, List<Reached> reached, Instant now, Duration patience) {
        Reached first = reached.get(0);
        String id = tree + "/level/" + now + "/" + first.node() + "/" + first.percent()
                + (first.isExpected() ? "/expected" : "/spent");
        String named =
                reached.stream().limit(NAMED_MAX).map(r -> text(state, r)).collect(Collectors.joining("; "));
        int more = reached.size() - NAMED_MAX;
        return new Notice(id, tree + ": " + named + (more > 0 ? "; and " + more + " more" : ""), now.plus(patience));
    }

    private static String text(BudgetState state, Reached reached) {
        Usage usage = state.usageOf(reached.node());
        Money limit = state.tree().node(reached.node()).map(Node::limit).orElse(Money.ZERO);
        return reached.isExpected()
                ? reached.node() + " comes to " + usage.spent().plus(usage.committed()) + " by "
                        + state.period().end() + " if all runs on, which is " + reached.percent() + " % of its limit "
                        + limit + " or more"
                : reached.node() + " has spent " + usage.spent() + ", which is " + reached.percent()
                        + " % of its limit " + limit + " or more";
    }
}
