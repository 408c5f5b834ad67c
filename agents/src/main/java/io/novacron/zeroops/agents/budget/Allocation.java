package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import io.novacron.zeroops.agents.budget.BudgetCommand.Reallocate;
import io.novacron.zeroops.agents.budget.BudgetEvent.Allocated;
import io.novacron.zeroops.agents.core.Result;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sets limits as a person wants them, if they can be so. */
final class Allocation {
    private Allocation() {}

    static Result<BudgetEvent> allocate(BudgetState state, Allocate allocate, Instant now) {
        String defect = defect(state, allocate);
        if (!defect.isEmpty()) {
            return Result.refused(defect);
        }
        Tree tree = state.tree().with(allocate.nodes());
        if (tree.equals(state.tree())) {
            return Result.nothing();
        }
        Period period = state.period().isOpen() ? state.period() : Period.containing(now);
        var funded = Renewal.extensions(state.with(period).with(tree).summed());
        return Result.of(new Allocated(now, allocate.person(), allocate.nodes(), period, funded));
    }

    static Result<BudgetEvent> reallocate(BudgetState state, Reallocate move, Instant now) {
        Optional<Node> from = state.tree().node(move.from());
        Optional<Node> to = state.tree().node(move.to());
        if (from.isEmpty() || to.isEmpty()) {
            return Result.refused("unknown_node");
        } else if (move.from().equals(move.to())) {
            return Result.refused("same_node");
        } else if (!from.get().parent().equals(to.get().parent())) {
            return Result.refused("not_siblings");
        } else if (!move.amount().isPositive() || move.amount().exceeds(Node.LIMIT_MAX)) {
            return Result.refused("limit_out_of_range");
        } else if (!from.get().limit().equals(move.fromLimit())) {
            return Result.refused("limit_changed");
        }
        Node less = from.get().withLimit(from.get().limit().minus(move.amount()));
        Node more = to.get().withLimit(to.get().limit().plus(move.amount()));
        return allocate(state, new Allocate(move.person(), List.of(less, more)), now);
    }

    /** Why these nodes cannot be set, as a stable code; empty if they can. */
    private static String defect(BudgetState state, Allocate allocate) {
        List<Node> nodes = allocate.nodes();
        if (allocate.person().isBlank()) {
            return "person_missing";
        } else if (nodes.isEmpty()) {
            return "nodes_missing";
        } else if (nodes.stream().anyMatch(node -> node.id().isBlank())) {
            return "node_id_missing";
        } else if (nodes.stream().map(Node::id).distinct().count() < nodes.size()) {
            return "duplicate_node";
        } else if (nodes.stream().anyMatch(Allocation::isLimitOutOfRange)) {
            return "limit_out_of_range";
        }
        Tree tree = state.tree().with(nodes);
        if (tree.nodes().size() > Tree.NODES_MAX) {
            return "too_many_nodes";
        }
        for (Node node : nodes) {
            String defect = pathDefect(tree, node);
            if (!defect.isEmpty()) {
                return defect;
            }
        }
        if (tree.nodes().values().stream().anyMatch(node -> isTooDeep(tree, node))) {
            return "too_deep"; // also below a node that was moved down
        }
        BudgetState after = state.with(tree).summed();
        return tree.nodes().values().stream().anyMatch(node -> isBelowUse(state, after, node)) ? "limit_below_use" : "";
    }

    private static boolean isLimitOutOfRange(Node node) {
        return !node.limit().isPositive() || node.limit().exceeds(Node.LIMIT_MAX);
    }

    private static String pathDefect(Tree tree, Node node) {
        Set<String> seen = new HashSet<>();
        Node at = node;
        while (!at.isRoot()) {
            if (!seen.add(at.id())) {
                return "cycle";
            }
            var parent = tree.node(at.parent());
            if (parent.isEmpty()) {
                return "unknown_parent";
            }
            at = parent.get();
        }
        return "";
    }

    private static boolean isTooDeep(Tree tree, Node node) {
        return tree.path(node.id()).size() > Tree.DEPTH_MAX;
    }

    /** A node that was over its limit before, and that this does not touch, does not stand in the way of others. */
    private static boolean isBelowUse(BudgetState before, BudgetState after, Node node) {
        boolean touched = !before.tree().node(node.id()).equals(after.tree().node(node.id()))
                || !before.usageOf(node.id()).equals(after.usageOf(node.id()));
        return touched && after.usageOf(node.id()).total().exceeds(node.limit());
    }
}
