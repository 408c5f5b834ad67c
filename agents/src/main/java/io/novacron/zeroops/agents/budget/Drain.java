package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.Watch.Draining;
import io.novacron.zeroops.agents.budget.Watch.Out;
import io.novacron.zeroops.agents.core.Money;
import io.novacron.zeroops.agents.decision.Action;
import io.novacron.zeroops.agents.decision.ActionClass;
import io.novacron.zeroops.agents.decision.Priority;
import io.novacron.zeroops.agents.decision.Proposal;
import io.novacron.zeroops.agents.decision.Proposal.Alternative;
import io.novacron.zeroops.agents.decision.Proposal.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is to be made smaller, one proposal at a time, through the same negotiation as any other change.
 *
 * <ol>
 *   <li>What has no money soon, because its renewal was refused or would be at the end of the period: all of it, the least
 *       important first, so that nothing is billed that was not committed.
 *   <li>Below a node that comes to the scale-down level: half of what is less important than the most important work
 *       there. That is never touched; where all is equally important, nothing is.
 * </ol>
 *
 * <p>Looks at all commitments, and so only now and then.
 */
final class Drain {
    static final String CONSTRAINT = "budget_scale_down";

    /** At the limit itself there is nothing left to share out. */
    private static final int OFF = 100;

    private static final Duration VALIDITY = Duration.ofMinutes(2);

    /** @param to instances to be left */
    private record Candidate(Commitment commitment, int to, String why) {}

    /** What a resource has, and how it came to it. */
    private record Size(Action grownBy, int instances) {}

    private final String tree;
    private final BudgetPolicy policy;
    private final BudgetState state;
    private final Instant now;

    Drain(String tree, BudgetPolicy policy, BudgetState state, Instant now) {
        this.tree = tree;
        this.policy = policy;
        this.state = state;
        this.now = now;
    }

    /** When to look by itself: before money that was refused runs out, and before the period's end. */
    static Optional<Instant> lookBefore(BudgetState state, Duration ahead, Instant now) {
        Instant end = state.period().end();
        return ahead.isZero()
                ? Optional.empty()
                : state.commitments().values().stream()
                        .map(Commitment::until)
                        .map(until -> until.isBefore(end) ? until.minus(ahead) : end.minus(ahead))
                        .min(Comparator.naturalOrder())
                        .map(at -> at.isBefore(now) ? now : at);
    }

    Draining look() {
        Draining before = state.watch().draining();
        List<Candidate> candidates = new ArrayList<>(withoutMoney());
        candidates.addAll(lessImportant(protectedBelow()));
        Optional<Candidate> chosen = candidates.stream()
                .filter(c -> size(c.commitment())
                        .filter(size -> size.instances() > c.to())
                        .isPresent())
                .min(Comparator.comparing(c -> c.commitment().resource().equals(before.failed())));
        if (chosen.isEmpty()) {
            Optional<Instant> next = lookBefore(state, policy.drainAhead(), now)
                    .map(at -> at.isAfter(now) ? at : now.plus(policy.drainRest()));
            return new Draining(before.sequence(), Optional.empty(), next, "");
        }
        long sequence = before.sequence() + 1;
        Size size = size(chosen.get().commitment()).orElseThrow();
        var out = new Out(proposal(chosen.get(), size, sequence), 1, false, now.plus(VALIDITY));
        return new Draining(sequence, Optional.of(out), Optional.empty(), before.failed());
    }

    /** In the order of draining. */
    private List<Candidate> withoutMoney() {
        Instant end = state.period().end();
        boolean isNear = !now.isBefore(end.minus(policy.drainAhead()));
        Map<String, Instant> untils = new TreeMap<>();
        for (Commitment commitment : state.commitments().values()) {
            if (commitment.until().isBefore(end)) {
                untils.put(commitment.resource(), commitment.until());
            }
        }
        if (isNear) {
            Renewal.refusedAfter(state).forEach(f -> untils.putIfAbsent(f.resource(), f.until()));
        }
        List<Commitment> due = new ArrayList<>();
        untils.forEach((resource, until) -> {
            if (!now.isBefore(until.minus(policy.drainAhead()))) {
                state.commitment(resource).map(c -> c.fundedTo(until)).ifPresent(due::add);
            }
        });
        due.sort(Comparator.comparing(Commitment::until)
                .thenComparing(c -> state.tree().priority(c.project())));
        return due.stream()
                .map(c -> new Candidate(c, 0, "no money from " + c.until() + " on"))
                .toList();
    }

    private List<Candidate> lessImportant(Map<String, Integer> most) {
        List<Candidate> candidates = new ArrayList<>();
        for (Commitment commitment : state.commitments().values()) {
            int priority = state.tree().priority(commitment.project());
            Optional<Node> near = state.tree().path(commitment.project()).stream()
                    .filter(node -> priority < most.getOrDefault(node.id(), Integer.MIN_VALUE))
                    .findFirst();
            int has = size(commitment).map(Size::instances).orElse(0);
            if (near.isPresent() && has >= 2) {
                candidates.add(new Candidate(
                        commitment,
                        has / 2,
                        near.get().id() + " comes to " + policy.scaleDownPercent() + " % of its limit or more"));
            }
        }
        candidates.sort(Comparator.comparing(
                        (Candidate c) -> state.tree().priority(c.commitment().project()))
                .thenComparing(c -> Money.ZERO.minus(c.commitment().finalRatePerHour())));
        return candidates;
    }

    /** Nodes at the scale-down level, with the priority of the most important work below each. */
    private Map<String, Integer> protectedBelow() {
        Map<String, Integer> highest = new TreeMap<>();
        if (policy.scaleDownPercent() >= OFF) {
            return highest;
        }
        for (Commitment commitment : state.commitments().values()) {
            int priority = state.tree().priority(commitment.project());
            for (Node node : state.tree().path(commitment.project())) {
                if (isNear(state, node, policy.scaleDownPercent())) {
                    highest.merge(node.id(), priority, Math::max);
                }
            }
        }
        return highest;
    }

    private static boolean isNear(BudgetState state, Node node, int percent) {
        Usage usage = state.usageOf(node.id());
        return Levels.isReached(usage.spent().plus(usage.committed()), node, percent);
    }

    /**
     * The node near its limit because of which work of this project must not grow: what is left there is for more important
     * projects, also if they do not use it yet.
     */
    static Optional<Node> restrains(BudgetState state, String project, int percent) {
        int priority = state.tree().priority(project);
        return percent >= OFF
                ? Optional.empty()
                : state.tree().path(project).stream()
                        .filter(node -> priority < state.tree().mostBelow().getOrDefault(node.id(), Integer.MIN_VALUE)
                                && isNear(state, node, percent))
                        .findFirst();
    }

    /** Empty where nobody knows what an instance costs. */
    private Optional<Size> size(Commitment commitment) {
        return Optional.ofNullable(state.watch().actions().get(commitment.resource()))
                .filter(last -> last.unitCostPerHour().isPositive())
                .map(last -> new Size(last, (int) (commitment.finalRatePerHour().micros()
                        / last.unitCostPerHour().micros())));
    }

    private Proposal proposal(Candidate candidate, Size size, long sequence) {
        Commitment commitment = candidate.commitment();
        Action last = size.grownBy();
        int from = size.instances();
        ActionClass kind = last.kind() == ActionClass.START_VM ? ActionClass.STOP_VM : ActionClass.SCALE_IN;
        Action action = Action.of(
                kind,
                commitment.resource(),
                commitment.project(),
                last.region(),
                from,
                candidate.to(),
                last.unitCostPerHour());
        Money saved = last.unitCostPerHour().times(from - candidate.to());
        return new Proposal(
                address(tree) + "/" + sequence,
                address(tree),
                action,
                from - 1,
                Priority.P3,
                List.of(new Alternative(from, "do nothing: spend until the limit stops what comes next")),
                saved + " per hour less",
                1,
                candidate.why(),
                List.of(
                        new Fact("budget_node", commitment.project()),
                        new Fact("priority", String.valueOf(state.tree().priority(commitment.project()))),
                        new Fact("money_until", commitment.until().toString())),
                now,
                now.plus(VALIDITY),
                state.period().end());
    }

    static String address(String tree) {
        return tree.startsWith("budget/") ? tree : "budget/" + tree;
    }
}
