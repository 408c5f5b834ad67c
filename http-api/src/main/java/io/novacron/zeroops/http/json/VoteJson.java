package io.novacron.zeroops.http.json;

import io.novacron.zeroops.agents.decision.DecisionState.Cast;
import io.novacron.zeroops.agents.decision.Reviewer;
import io.novacron.zeroops.agents.decision.Vote;
import java.time.Instant;
import java.util.Optional;

/**
 * One vote.
 *
 * @param answer {@code accept}, {@code counter}, with {@code to}, or {@code reject}
 * @param constraint the limit that binds, where one does
 */
public record VoteJson(
        Reviewer reviewer,
        String answer,
        Optional<Integer> to,
        Optional<String> constraint,
        Optional<String> detail,
        Instant at) {

    static VoteJson of(Cast cast) {
        if (cast.vote() instanceof Vote.Counter counter) {
            return new VoteJson(
                    cast.reviewer(),
                    "counter",
                    Optional.of(counter.to()),
                    Optional.of(counter.constraint()),
                    Optional.of(counter.detail()),
                    cast.at());
        } else if (cast.vote() instanceof Vote.Reject reject) {
            return new VoteJson(
                    cast.reviewer(),
                    "reject",
                    Optional.empty(),
                    Optional.of(reject.constraint()),
                    Optional.of(reject.detail()),
                    cast.at());
        }
        return new VoteJson(cast.reviewer(), "accept", Optional.empty(), Optional.empty(), Optional.empty(), cast.at());
    }
}
