package io.novacron.zeroops.simulations.invariant;

import io.novacron.zeroops.agents.core.Money;
import java.util.List;

/**
 * What a journal was found to be.
 *
 * @param decisions that were opened
 * @param effects changes that truly happened at the simulated provider; 0 of a journal beside another one
 * @param problems the first of what was violated, in words
 * @param open decisions that have not ended, in order: of a node that works, those it works on
 * @param reservedUsd promised to decisions, and not firm
 */
public record JournalReport(
        long rows,
        long events,
        long decisions,
        long effects,
        long checked,
        long violated,
        List<String> problems,
        List<String> open,
        Money reservedUsd) {
    public JournalReport {
        problems = List.copyOf(problems);
        open = List.copyOf(open);
    }
}
