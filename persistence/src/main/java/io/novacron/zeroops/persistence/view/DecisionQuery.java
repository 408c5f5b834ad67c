package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.decision.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * Which decisions are meant; what is empty does not matter.
 *
 * @param resource its address, such as {@code workload/web}
 * @param agent the proposer's address, such as {@code scaler/web}
 * @param since opened at this instant or later
 * @param until opened before this instant
 * @param cause of the proposal, such as {@code forecast_above_capacity}
 * @param before only those whose {@link DecisionView#ordering} is lower, to page through
 * @param limit 1 to {@link #LIMIT_MAX}
 */
public record DecisionQuery(
        Optional<String> resource,
        Optional<String> agent,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<Verdict> verdict,
        Optional<String> cause,
        Optional<Long> before,
        int limit) {
    public static final int LIMIT_MAX = 1000;

    public DecisionQuery {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit=" + limit + ": use 1 to " + LIMIT_MAX);
        }
    }

    public static DecisionQuery newest(int limit) {
        return new DecisionQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }
}
