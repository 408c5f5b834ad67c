package io.novacron.zeroops.persistence.view;

import io.novacron.zeroops.agents.core.Money;
import java.time.Instant;

/**
 * What one resource was billed for one span of time.
 *
 * @param node of the budget that paid
 * @param parent of that node; empty for a root
 * @param region empty where nobody said
 * @param from the instant of the bill before, or from which money was held for it
 * @param billed dollars for all of the span
 * @param listPerHour the price per hour of what was bought at the end of the span
 */
public record CostRecord(
        String resource,
        String node,
        String parent,
        String region,
        Instant from,
        Instant to,
        Money billed,
        Money listPerHour) {
    /** Steps to which one bill is shared out at most. */
    private static final int STEPS_MAX = 1_000;

    /** Takes the dollars of one step of time. */
    @FunctionalInterface
    public interface Share {
        void add(long step, double dollars);
    }

    /** Shares it out to the steps, counted from the epoch, by how much of its span is in each; all to the last if it has no span. */
    public void spread(long stepMs, Share to) {
        long begin = from.toEpochMilli();
        long end = this.to.toEpochMilli();
        double dollars = billed.toDollars();
        if (end <= begin) {
            to.add(Math.floorDiv(end, stepMs), dollars);
            return;
        }
        // A bill over a longer time tells nothing of its steps: what is before counts with the first of them.
        long at = Math.max(begin, end - STEPS_MAX * stepMs);
        to.add(Math.floorDiv(at, stepMs), dollars * (at - begin) / (end - begin));
        while (at < end) {
            long step = Math.floorDiv(at, stepMs);
            long next = Math.min(end, (step + 1) * stepMs);
            to.add(step, dollars * (next - at) / (end - begin));
            at = next;
        }
    }
}
