package io.novacron.zeroops.agents.ops;

import io.novacron.zeroops.agents.decision.OversightCommand.Intervention;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * How often people had a hand in a decision.
 *
 * @param counts by kind; a kind that never happened is absent
 * @param total of all kinds
 * @param seen what was counted last, and as which of the total; at most {@link #REMEMBERED_MAX}
 * @param order the same by their number, so that the oldest is found at once
 */
public record Ledger(
        PSortedMap<Intervention, Long> counts,
        long total,
        PSortedMap<String, Long> seen,
        PSortedMap<Long, String> order) {

    /** A repeat of what this many others followed counts again: senders give up long before. */
    public static final int REMEMBERED_MAX = 1024;

    static final Ledger EMPTY = new Ledger(TreePMap.empty(), 0, TreePMap.empty(), TreePMap.empty());

    public long count(Intervention kind) {
        return counts.getOrDefault(kind, 0L);
    }

    boolean isRepeat(String decision, Intervention kind) {
        return seen.containsKey(key(decision, kind));
    }

    Ledger plus(String decision, Intervention kind) {
        long number = total + 1;
        String key = key(decision, kind);
        var moreSeen = seen.plus(key, number);
        var moreOrder = order.plus(number, key);
        if (moreOrder.size() > REMEMBERED_MAX) {
            Long oldest = moreOrder.firstKey();
            moreSeen = moreSeen.minus(order.getOrDefault(oldest, key));
            moreOrder = moreOrder.minus(oldest);
        }
        return new Ledger(counts.plus(kind, count(kind) + 1), number, moreSeen, moreOrder);
    }

    private static String key(String decision, Intervention kind) {
        return kind + "/" + decision;
    }
}
