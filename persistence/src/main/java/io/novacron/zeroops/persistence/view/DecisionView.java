package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.decision.DecisionState;
import java.time.Instant;

/**
 * One decision as its journal tells it.
 *
 * @param decision its id, which is its address without {@code decision/}
 * @param ordering of the row that opened it: grows with time, and serves as a cursor
 */
public record DecisionView(String decision, long ordering, Instant openedAt, DecisionState state) {}
