package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.core.Money;

/**
 * One limit of the tree: an organisation, a team, a project.
 *
 * @param parent the id of the node whose limit this one also counts against; empty for a root
 * @param limit the most that this node and all below it may use in one calendar month (UTC); limits of children may add
 *     up to more than their parent's, which binds all the same
 * @param priority the higher, the more important: renewed first, and drained last
 */
public record Node(String id, String parent, Money limit, int priority) {
    /** Keeps every sum of the tree far within the range of {@link Money}. */
    public static final Money LIMIT_MAX = Money.dollars(1_000_000_000);

    Node withLimit(Money other) {
        return new Node(id, parent, other, priority);
    }

    public boolean isRoot() {
        return parent.isEmpty();
    }
}
