package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Holds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reckons from each single hold, commitment and payment, trusting no running total. */
final class Audit {
    private Audit() {}

    /** What each node uses by itself, without those below it. */
    static SortedMap<String, Usage> ownUsage(BudgetState state) {
        SortedMap<String, Usage> own = new TreeMap<>();
        state.spent().forEach((node, amount) -> own.merge(node, Usage.ofSpent(amount), Usage::plus));
        for (Commitment commitment : state.commitments().values()) {
            Money amount = commitment.committed(state.period().start());
            own.merge(commitment.project(), Usage.ofCommitted(amount), Usage::plus);
        }
        state.reservations().amounts().forEach((decision, amount) -> state.reservations()
                .get(decision)
                .ifPresent(entry -> own.merge(entry.action().project(), Usage.ofReserved(amount), Usage::plus)));
        return own;
    }

    static List<String> violations(BudgetState state) {
        List<String> violations = new ArrayList<>();
        SortedMap<String, Usage> own = ownUsage(state);
        Map<String, Usage> sums = new TreeMap<>();
        own.forEach((project, use) -> {
            if (use.isNegative()) {
                violations.add(project + ": negative: " + use);
            }
            if (state.tree().node(project).isEmpty()) {
                violations.add(project + ": is used, but no node");
            }
            state.tree().path(project).forEach(node -> sums.merge(node.id(), use, Usage::plus));
        });
        for (Node node : state.tree().nodes().values()) {
            Usage sum = sums.getOrDefault(node.id(), Usage.NONE);
            if (sum.total().exceeds(node.limit())) {
                violations.add(node.id() + ": " + sum + " exceed " + node.limit());
            }
            if (!sum.equals(state.usageOf(node.id()))) {
                violations.add(node.id() + ": running total " + state.usageOf(node.id()) + " is not the sum " + sum);
            }
        }
        if (!state.holds().isSound()) {
            violations.add("holds: the order of lapses does not agree with the holds");
        }
        if (!tentative(state.holds()).equals(state.reservations().amounts().keySet())) {
            violations.add("holds: money is reserved for what is no tentative hold, or none for what is");
        }
        return violations;
    }

    private static Set<String> tentative(Holds holds) {
        Set<String> tentative = new TreeSet<>(holds.open().keySet());
        tentative.removeIf(
                decision -> holds.get(decision).filter(Holds.Entry::firm).isPresent());
        return tentative;
    }
}
