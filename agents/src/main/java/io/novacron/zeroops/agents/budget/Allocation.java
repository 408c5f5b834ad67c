package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetCommand.Allocate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether limits can be set as a person wants them. */
final class Allocation {
    private Allocation() {}

    /** Why these nodes cannot be set, as a stable code; empty if they can. */
    static String defect(BudgetState state, Allocate allocate) {
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
