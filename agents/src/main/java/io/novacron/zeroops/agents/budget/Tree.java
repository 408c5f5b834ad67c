package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.core.Money;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The limits, and beside each the running total of what it and all below it use, so that a decision looks at one path
 * only.
 *
 * @param mostBelow the priority of the most important node below each, that has any
 */
public record Tree(
        PSortedMap<String, Node> nodes, PSortedMap<String, Usage> usage, PSortedMap<String, Integer> mostBelow) {
    public static final int NODES_MAX = 10_000;

    /** From a node up to its root, both counted. */
    public static final int DEPTH_MAX = 32;

    static final Tree EMPTY = new Tree(TreePMap.empty(), TreePMap.empty(), TreePMap.empty());

    public Optional<Node> node(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    public Usage usageOf(String id) {
        return usage.getOrDefault(id, Usage.NONE);
    }

    /** What the limit leaves; below zero where more was billed than was committed. */
    public Money headroom(Node node) {
        return node.limit().minus(usageOf(node.id()).total());
    }

    /** From this node up to its root; empty if there is no such node. */
    public List<Node> path(String id) {
        List<Node> path = new ArrayList<>();
        for (var node = node(id); node.isPresent(); node = node(node.get().parent())) {
            path.add(node.get());
        }
        return path;
    }

    /** The node of the path that leaves least, the lowest of several. */
    Optional<Node> tightest(String id) {
        return path(id).stream().min(Comparator.comparing(this::headroom));
    }

    /** What can still be used at this node, without breaking any limit above it. */
    Money available(String id) {
        return tightest(id).map(this::headroom).orElse(Money.ZERO);
    }

    int priority(String id) {
        return node(id).map(Node::priority).orElse(0);
    }

    /** Adds, or below zero takes, at a node and at all above it. */
    Tree using(String id, Usage more) {
        PSortedMap<String, Usage> sums = usage;
        for (Node node : path(id)) {
            sums = sums.plus(node.id(), usageOf(node.id()).plus(more));
        }
        return new Tree(nodes, sums, mostBelow);
    }

    /** The same limits, with all sums built anew from what each node uses by itself. */
    Tree summing(Map<String, Usage> own) {
        Tree tree = new Tree(nodes, TreePMap.empty(), mostBelow);
        for (var use : own.entrySet()) {
            tree = tree.using(use.getKey(), use.getValue());
        }
        return tree;
    }

    Tree with(List<Node> set) {
        PSortedMap<String, Node> all = nodes;
        for (Node node : set) {
            all = all.plus(node.id(), node);
        }
        Tree tree = new Tree(all, usage, TreePMap.empty());
        PSortedMap<String, Integer> most = TreePMap.empty();
        for (Node node : all.values()) {
            int bound = DEPTH_MAX; // of what is checked only after this
            for (var above = tree.node(node.parent()); above.isPresent() && bound > 0; bound--) {
                String id = above.get().id();
                most = most.plus(id, Math.max(node.priority(), most.getOrDefault(id, node.priority())));
                above = tree.node(above.get().parent());
            }
        }
        return new Tree(all, usage, most);
    }
}
