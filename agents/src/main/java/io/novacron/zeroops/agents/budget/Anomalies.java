package io.novacron.zeroops.agents.budget;

import io.novacron.zeroops.agents.budget.BudgetEvent.Noted;
import io.novacron.zeroops.agents.budget.BudgetPolicy.Subscription;
import io.novacron.zeroops.agents.budget.BudgetState.Notice;
import io.novacron.zeroops.agents.budget.Watch.Anomaly;
import io.novacron.zeroops.agents.budget.Watch.News;
import io.novacron.zeroops.agents.core.Result;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Journals that a node spends too much, and owes it to people and to who can do something about it. */
final class Anomalies {
    private Anomalies() {}

    static Result<BudgetEvent> report(
            String tree, BudgetPolicy policy, BudgetState state, Anomaly anomaly, Instant now) {
        if (anomaly.id().isBlank()) {
            return Result.refused("anomaly_id_missing");
        } else if (state.tree().node(anomaly.node()).isEmpty()) {
            return Result.refused("unknown_node");
        } else if (!anomaly.billed().exceeds(anomaly.expected())
                || anomaly.expected().micros() < 0) {
            return Result.refused("anomaly_is_no_rise");
        } else if (state.watch().anomalies().stream().anyMatch(a -> a.id().equals(anomaly.id()))) {
            return Result.nothing();
        }
        String id = tree + "/anomaly/" + anomaly.id();
        Instant until = now.plus(policy.noticePatience());
        List<Notice> notices = state.notices().size() >= BudgetState.NOTICES_MAX
                ? List.of()
                : List.of(new Notice(id, text(tree, anomaly, now), until));
        return Result.of(new Noted(
                now,
                Optional.empty(),
                notices,
                List.of(),
                Optional.of(anomaly),
                news(policy, state, anomaly, id, until),
                Optional.empty()));
    }

    /** For each subscriber to the node or to one above it, once, as long as there is room. */
    private static List<News> news(BudgetPolicy policy, BudgetState state, Anomaly anomaly, String id, Instant until) {
        List<String> path =
                state.tree().path(anomaly.node()).stream().map(Node::id).toList();
        return policy.subscriptions().stream()
                .filter(subscription -> path.contains(subscription.node()))
                .map(Subscription::address)
                .distinct()
                .limit(Math.max(0, Watch.NEWS_MAX - state.watch().news().size()))
                .map(address -> new News(id + "/to/" + address, address, anomaly, until))
                .toList();
    }

    private static String text(String tree, Anomaly anomaly, Instant now) {
        return tree + ": " + anomaly.node() + (anomaly.to().isAfter(now) ? " is to cost " : " cost ")
                + anomaly.billed() + " from " + anomaly.from() + " to " + anomaly.to() + ", and " + anomaly.expected()
                + " was expected";
    }
}
